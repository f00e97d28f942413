"""The actors of one article: from the ids of its record to forms, and what resolution reads of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from portavoce.errors import RecordError
from portavoce.graph.resolve.appearances import Appearance, countries_in, title_words
from portavoce.graph.resolve.names import bare_name, identify, known_name
from portavoce.graph.resolve.offices import HeldOffice, offices_of
from portavoce.ids import article_node, fold
from portavoce.records import Actor, ActorKind, Article, Statement

_ID = re.compile(r".+-[0-9a-f]{8}")


def _titles(article: Article) -> dict[str, set[str]]:
    """The words right before its name by which an article calls each actor, by id, and the first word of each role."""
    out: dict[str, set[str]] = {}
    for role in article.roles:
        if first := role.role.split(" ", 1)[0]:
            out.setdefault(role.actor_id, set()).add(first)
    for statement in article.statements:
        name, told = statement.actor or "", statement.speaker.text if statement.speaker else ""
        if statement.actor_id and name and told.endswith(f" {name}"):
            out.setdefault(statement.actor_id, set()).update(told.removesuffix(name).split()[-1:])
    return out


class ArticleActors:
    """The actors of one article under ids that are a function of its record alone (their *forms*).

    Several who say something together are actors each; ``joint`` are the ids by which the record means them as one, which
    are nobody's. Raises `RecordError` when the record points to an actor's id that it does not hold.
    """

    def __init__(self, article: Article) -> None:
        self._article = article
        self.places = frozenset(countries_in(article.text))
        self._by_id: dict[str, str] = {}
        self._by_name: dict[str, str] = {}
        self._found: list[Actor] = []
        self._forms_of: dict[str, list[str]] = {}
        self._named: set[str] = set()
        self._titles = _titles(article)
        kinds = {s.actor_id: s.actor_kind for s in reversed(article.statements) if s.actor_kind != "unknown"}
        for actor in article.actors:
            known = actor if actor.kind != "unknown" else replace(actor, kind=kinds.get(actor.id, "unknown"))
            form = self._add(known)
            if actor.form:  # one of several names of the actor: a reference to this id means this name
                self._by_id[actor.form] = form
            self._by_id.setdefault(actor.id, form)
            self._forms_of.setdefault(actor.id, []).append(form)
        for statement in article.statements:
            self.speakers(statement)
        joint = {s.actor_id for s in article.statements if s.actor_ids and s.actor_id}
        self.joint = frozenset(joint - {s.actor_id for s in article.statements if not s.actor_ids})
        for mention in article.mentions:
            if mention.actor_id not in self.joint:
                self.of(mention.actor_id)
        self.offices = tuple(offices_of(article))
        for office in self.offices:
            self.of(office.holder)
            self.of_body(office)
        for relation in article.relations:
            self.of(relation.source)
            self.of(relation.target)

    def named(self) -> Iterator[Actor]:
        """What the record says of each actor that speaks, is mentioned, holds a role or stands in a relation."""
        return (actor for actor in self._found if actor.id in self._named)

    def speakers(self, statement: Statement) -> tuple[str, ...]:
        """Who says a statement: nobody whom the record knows, one, or several together."""
        if statement.actor_ids:
            return tuple(dict.fromkeys(self.of(id_) for id_ in statement.actor_ids))
        found = self._speaker(statement)
        return (found,) if found else ()

    def _speaker(self, statement: Statement) -> str | None:
        name, reference = statement.actor, statement.actor_id
        found = self._by_id.get(reference) if reference else None
        if found and name and len(forms := self._forms_of.get(reference or "", ())) > 1:
            called = self._by_name.get(fold(bare_name(name)))
            found = called if called in forms else found
        if found is None:
            if not name or not name.strip():
                return None
            found = self._add(Actor(reference or "", name, statement.actor_kind, wikidata=statement.wikidata))
            if reference:
                self._by_id[reference] = found
        self._named.add(found)
        return found

    def of(self, reference: str, *, kind: ActorKind = "unknown") -> str:
        """The actor that an id or a name of the record means."""
        found = self._by_id.get(reference) or self._by_name.get(fold(bare_name(reference)))
        if found is None:
            if _ID.fullmatch(reference) and " " not in reference:
                raise RecordError(f"the article {self._article.id!r} has no actor with the id {reference!r}")
            found = self._add(Actor("", reference, kind))
        self._named.add(found)
        return found

    def of_body(self, office: HeldOffice) -> str | None:
        """The organisation or the country of an office, or None when the article names neither."""
        if office.organization:
            return self.of(office.organization, kind="organization")
        return self.of(office.country, kind="country") if office.country else None

    def _add(self, actor: Actor) -> str:
        name = next((n for n in (actor.name, *actor.aliases) if n.strip()), actor.name)
        found = identify(self._titled(actor, name), kind=actor.kind, article=self._article.id)
        self._found.append(
            replace(
                found, aliases=(*found.aliases, *actor.aliases), wikidata=found.wikidata or actor.wikidata,
                of_country=found.of_country or actor.of_country,
            )
        )  # fmt: skip
        for alias in (actor.name, *actor.aliases):
            if key := fold(bare_name(alias)):
                self._by_name.setdefault(key, found.id)
        return found.id

    def _titled(self, actor: Actor, name: str) -> str:
        """A name with the title without which it is nobody's: "Francesco" whom the article calls "papa Francesco"."""
        if actor.kind not in ("person", "unknown") or known_name(name, "person"):
            return name
        titles = self._titles.get(actor.id, set()) | self._titles.get(actor.form or "", set())
        for title in sorted(titles):
            if known_name(f"{title} {name}", "person"):
                return f"{title} {name}"
        return name

    def appearances(self) -> Iterator[Appearance]:
        """Each named actor of the article with all that the article says of who it is."""
        article = self._article
        place = article_node(article.id).partition("/")[2]
        told: dict[str, list[Actor]] = {}
        for actor in self.named():
            told.setdefault(actor.id, []).append(actor)
        roles = self._roles()
        for form, actors in told.items():
            first = actors[0]
            yield Appearance(
                article=place, form=form, name=first.name,
                kind=next((a.kind for a in actors if a.kind != "unknown"), "unknown"),
                names=tuple(sorted({n for a in actors for n in (a.name, *a.aliases) if n.strip()})),
                wikidata=next((a.wikidata for a in actors if a.wikidata), None),
                of_country=next((a.of_country for a in actors if a.of_country), None),
                roles=tuple(sorted(roles.get(form, ()))), places=self.places, day=article.published,
            )  # fmt: skip

    def _roles(self) -> dict[str, set[str]]:
        """The roles and titles by which the article calls each form."""
        out: dict[str, set[str]] = {}
        for office in self.offices:
            words = f"{office.role} {office.organization}" if office.organization else office.role
            out.setdefault(self.of(office.holder), set()).add(words)
        for statement in self._article.statements:
            forms = self.speakers(statement)
            if len(forms) == 1 and statement.speaker and (title := title_words(statement.speaker.text)):
                out.setdefault(forms[0], set()).add(title)
        return out
