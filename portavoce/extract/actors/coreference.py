"""Who is who in one article: names and the roles beside them become actors with the fullest name that the article gives."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from portavoce.extract.actors.actor import InArticleActor
from portavoce.extract.actors.name_clusters import NamedActors
from portavoce.extract.actors.name_nouns import organization_noun
from portavoce.extract.actors.names import Name, find_names
from portavoce.extract.actors.noun_phrases import modifiers, without_article
from portavoce.extract.actors.roles import RoleFinder, RoleNoun
from portavoce.extract.actors.words import SpeakerWords
from portavoce.extract.tokens import Tokens
from portavoce.ids import actor_id, fold
from portavoce.records import Actor, ActorKind, Mention, Role, Span, kind_together


class Actors:
    """The actors of one parsed article.

    ``actor_at`` gives the index of the actor that the name or role noun at a token stands for; ``name_at`` the name
    (as an index into ``names``) that holds a token, or -1; ``role_at`` the role noun at a token, ``role_of_name`` the role
    noun before the name that begins at a token. A place that is no
    country is no actor until it speaks (`speaking_place`); describing somebody who has no name (`describe`) adds an
    actor. No two actors have the same id, and `records` keeps their order.
    """

    def __init__(self, tokens: Tokens, language: str = "it", title: str | None = None) -> None:
        self.tokens = tokens
        self.language = language
        self.words = SpeakerWords.load(language)
        self.title = title
        self.names: list[Name] = find_names(tokens, self.words)
        self.name_at: list[int] = [-1] * tokens.n
        for k, name in enumerate(self.names):
            self.name_at[name.first : name.last + 1] = [k] * (name.last + 1 - name.first)
        named = NamedActors(tokens, self.words, self.names, self.name_at)
        self.actors, self.actor_at, self._of_name = named.actors, named.actor_at, named.of_name
        self.role_at: dict[int, RoleNoun] = {}
        self.role_of_name: dict[int, int] = {}
        self.role_counts: Counter[str] = Counter()
        self._index: dict[tuple[str, bool], int] = {}
        self._place_at: dict[int, InArticleActor] = {}
        self._speaking: dict[int, int] = {}
        self._noted: set[tuple[int, tuple[int, int]]] = set()
        self._nouns: dict[str, list[int]] | None = None
        self._find_roles()
        self._settle()

    def _find_roles(self) -> None:
        t = self.tokens
        for k, name in enumerate(self.names):
            actor = self.actors[self._of_name[k]]
            if actor.kind == "organization" and not actor.lemma:
                actor.lemma = organization_noun(t, self.words, name)
        finder = RoleFinder(
            t, self.words, self.names, self.name_at, lambda k: self.actors[self._of_name[k]].kind == "person"
        )
        for found in finder:
            i, last, index = found.head, found.last, self._of_name[found.name]
            actor, name = self.actors[index], self.names[found.name]
            if actor.kind not in ("person", "unknown"):
                continue
            actor.kind, actor.place = "person", False
            gender = self.words.nominal(t, i)
            if gender and gender[1] in ("f", "m") and not actor.gender:
                actor.gender = "Fem" if gender[1] == "f" else "Masc"
            beside = modifiers(t, i, i, last)
            (actor.former if finder.is_former(i, last) else actor.present).update(self._office_words(i, beside))
            if name.first > i:
                if name.first in self.role_of_name:
                    continue  # "il segretario del partito e ministro X": the first role holds the rest
                self.role_of_name[name.first] = i
            self.role_at[i] = RoleNoun(i, t.lemma[i], beside, index, (i, last), found.by_comma, (name.first, name.last))
            self.actor_at[i] = index
            self.role_counts[t.lemma[i]] += 1
            actor.offices.add(self.words.office(t.lemma[i], sorted(beside)))
            if finder.is_told(i, last):
                first = finder.first_of(i)
                actor.roles.append((*finder.role_words(first, last), t.start[first], t.end[last]))

    def _office_words(self, i: int, beside: frozenset[str]) -> set[str]:
        """The noun of a role and the office that it names; behind "ex" those of the nouns that follow."""
        nouns = {self.tokens.lemma[i]} | (beside if self.words.is_former(self.tokens, i) else set())
        offices = {self.words.office(noun, sorted(beside - {noun})) for noun in nouns}
        return (nouns | offices) - {""}

    def _settle(self) -> None:
        """Names that nobody gave a kind are organisations; capitals of countries that the article names are countries."""
        t = self.tokens
        for actor in self.actors:
            metonym = self.words.metonyms.get(actor.name)
            if metonym and metonym[0] == "capital" and actor.kind != "person":
                actor.of_country = metonym[1]
            if actor.kind == "unknown" and not actor.place:
                actor.kind = "organization"
        self._countries = {self.words.countries[a.name] for a in self.actors if a.name in self.words.countries}
        self._countries |= {
            self.words.demonyms[lemma] for lemma, pos in zip(t.lemma, t.pos, strict=True)
            if pos in ("ADJ", "NOUN") and lemma in self.words.demonyms
        }  # fmt: skip

        kept = [k for k, actor in enumerate(self.actors) if not actor.place]
        new = {old: k for k, old in enumerate(kept)}
        self._place_at = {i: self.actors[k] for i, k in self.actor_at.items() if k not in new}
        self.actor_at = {i: new[k] for i, k in self.actor_at.items() if k in new}
        for role in self.role_at.values():
            role.actor = new[role.actor]
        self.actors = [self.actors[k] for k in kept]
        self._index = {(fold(actor.name), True): k for k, actor in enumerate(self.actors)}
        self._country_index = {
            self.words.countries[actor.name]: k
            for k, actor in reversed(list(enumerate(self.actors)))
            if actor.name in self.words.countries
        }
        for k, actor in enumerate(self.actors):
            self._noted.update((k, span) for span in actor.mentions)

    def is_place(self, i: int) -> bool:
        """Whether the token belongs to the name of a place that is no actor until it speaks."""
        return i in self._place_at

    def place_name(self, i: int) -> str:
        """The name of the actor that `speaking_place` gives for the place named at ``i``."""
        place = self._place_at[i]
        metonym = self.words.metonyms.get(place.name)
        return metonym[1] if metonym and metonym[1] in self._countries else place.name

    def country(self, name: str) -> int:
        """The actor of a country that the article means without its name ("il presidente francese")."""
        return self._add(InArticleActor(name=name, kind="country"))

    def speaking_place(self, i: int) -> int:
        """The actor that speaks where the place named at ``i`` does: for a capital its country, if the article knows it."""
        place = self._place_at[i]
        known = self._speaking.get(id(place))
        if known is not None:
            return known
        metonym = self.words.metonyms.get(place.name)
        country = metonym[1] if metonym and metonym[1] in self._countries else None
        index = self._add(
            InArticleActor(
                name=country or place.name, kind="country" if country else "organization",
                aliases=[place.name, *place.aliases] if country else list(place.aliases), of_country=place.of_country,
            ),
        )  # fmt: skip
        for span, token in zip(place.mentions, place.tokens, strict=True):
            self._mention(index, span, token)
        self._speaking[id(place)] = index
        return index

    def _add(self, actor: InArticleActor) -> int:
        """The index of an actor, added where the article has none of that name yet."""
        known = self._country_index.get(actor.name) if actor.kind == "country" else None
        if known is not None:
            aliases = self.actors[known].aliases
            aliases += [a for a in actor.aliases if a not in aliases]
            return known
        key = (fold(actor.name), actor.proper)
        index = self._index.setdefault(key, len(self.actors))
        if index == len(self.actors):
            self.actors.append(actor)
        return index

    def describe(
        self, head: int, first: int, last: int, *, kind: ActorKind, proper: bool = False, name: str | None = None
    ) -> int:
        """The actor that a phrase (or ``name``) describes, added where the article has not described it so before."""
        t = self.tokens
        _, number, gender = self.words.agreement(t, first, head) if first <= head else ("", "", "")
        index = self._add(
            InArticleActor(
                name=name or without_article(t, self.words, first, last), kind=kind, number=number or "Sing",
                proper=proper, lemma=t.lemma[head], gender=gender,
            )
        )  # fmt: skip
        self.note_mention(index, head, first, last)
        return index

    def describe_fuller(self, index: int, head: int, first: int, last: int) -> None:
        """Call somebody whom one word describes by a phrase that tells more: "un migrante", later "questo migrante africano"."""
        actor = self.actors[index]
        if actor.proper or actor.members or " " in actor.name or not modifiers(self.tokens, head, first, last):
            return
        name = without_article(self.tokens, self.words, first, last)
        if self._index.setdefault((fold(name), False), index) == index:
            self._index.pop((fold(actor.name), False), None)
            actor.aliases = [a for a in [*actor.aliases, actor.name] if a != name]
            actor.name = name

    def join(self, members: Iterable[int], name: str, span: tuple[int, int], head: int) -> int:
        """The actor that several who speak together make ("PACE e Amnesty International")."""
        parts = tuple(dict.fromkeys(members))
        kind = kind_together(self.actors[m].kind for m in parts)
        index = self._add(InArticleActor(name=name, kind=kind, number="Plur", proper=False))
        if len(parts) > 1 and index not in parts:
            self.actors[index].members = parts
        self._mention(index, span, head)
        return index

    def nouns(self) -> dict[str, list[int]]:
        """Where each noun stands that can be a source, by lemma."""
        if self._nouns is None:
            t, self._nouns = self.tokens, defaultdict(list)
            for i in range(t.n):
                if t.pos[i] == "NOUN" and self.words.nominal(t, i) is not None:
                    self._nouns[t.lemma[i]].append(i)
        return self._nouns

    def note_mention(self, index: int, head: int, first: int, last: int) -> None:
        """Remember that a phrase stands for an actor."""
        self._mention(index, self.tokens.span(first, last), head)

    def _mention(self, index: int, span: tuple[int, int], head: int) -> None:
        actor = self.actors[index]
        if (index, span) not in self._noted:
            self._noted.add((index, span))
            actor.mentions.append(span)
            actor.tokens.append(head)

    def records(self, article_id: str) -> tuple[tuple[Actor, ...], tuple[Mention, ...], tuple[Role, ...]]:
        """The actors in the order of ``actors``, their mentions and roles; a description is this article's own actor."""
        text = self.tokens.text
        actors: list[Actor] = []
        mentions: set[Mention] = set()
        roles: set[Role] = set()
        for actor in self.actors:
            id_ = actor_id(actor.name, "" if actor.proper else article_id)
            actors.append(Actor(id_, actor.name, actor.kind, tuple(sorted(set(actor.aliases))), None, actor.of_country))
            mentions |= {Mention(a, b, text[a:b], id_) for a, b in actor.mentions}
            roles |= {Role(id_, role, org, Span.of(text, a, b)) for role, org, a, b in actor.roles}
        ordered = sorted(roles, key=lambda r: (r.evidence, r.actor_id, r.role))
        return tuple(actors), tuple(sorted(mentions)), tuple(ordered)
