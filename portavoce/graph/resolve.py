"""Whom an article means, across articles: every actor of a record gets an id that is good in the whole corpus.

A function of each record alone, so that shards agree: named actors share an id when their names are one without
titles, accents and case; states and large institutions are joined through a table; descriptions that name nobody
("il portavoce", "testimoni") stay inside their article.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import cast

from portavoce.errors import RecordError
from portavoce.ids import actor_id, fold, slug
from portavoce.records import Actor, ActorKind, Article, Role, Statement

_FIRST_WORD = re.compile(r"[\W_]*([^\W_]+)")
_WORDS = re.compile(r"[^\W_]+")
_ID = re.compile(r".+-[0-9a-f]{8}")
_DETERMINERS = frozenset("il lo la l i gli le un uno una".split())
_NAME_PARTICLES = frozenset("al el von van de di da del della dello d der bin ben ibn la le lo".split())
_ENDING = 3  # letters that may follow the beginning of a demonym: "tedesc-" + "hi", "american-" + "o"


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name of a state or a large institution, and what it stands for; ``when`` limits it to kinds of actor."""

    canonical: str
    kind: ActorKind
    wikidata: str | None
    of_country: str | None
    when: frozenset[str]


def known_name(name: str, kind: str = "unknown") -> KnownName | None:
    """What the table of states and institutions says about a name, for an actor of this kind."""
    entry = _known_names().get(fold(bare_name(name))) or _known_names().get(fold(name))
    return entry if entry and (not entry.when or kind in entry.when) else None


def identify(name: str, *, kind: ActorKind = "unknown", article: str) -> Actor:
    """The corpus-wide actor that a name means in an article; the canonical name of a known one is its alias."""
    if known := known_name(name, kind):
        return Actor(
            actor_id(known.canonical), name, known.kind, (known.canonical,), known.wikidata, known.of_country
        )  # fmt: skip
    scope = article if is_local(name) else ""
    return Actor(actor_id(bare_name(name), scope), name, kind)


@lru_cache(maxsize=10_000)
def bare_name(name: str) -> str:
    """A name without the determiner and the titles in front of it: "il presidente Sergio Rossi" is "Sergio Rossi"."""
    start, kept = 0, 0
    titles = _words_of_names()["titles"]
    while (found := _FIRST_WORD.match(name, start)) and (following := _FIRST_WORD.match(name, found.end())):
        if fold(found[1]) in titles:
            if following[1][0].isupper() and fold(following[1]) not in titles:
                kept = following.start(1)
        elif found[1] not in _DETERMINERS:
            break
        elif kept == start:
            kept = following.start(1)
        start = following.start(1)
    return name[kept:].strip()


@lru_cache(maxsize=10_000)
def is_local(name: str) -> bool:
    """Whether a name describes somebody in its article ("i testimoni") rather than names an actor of the corpus."""
    lists = _words_of_names()
    bare = bare_name(name)
    words = _WORDS.findall(bare)
    if not words:
        return True
    if words[0].lower() in _DETERMINERS and words[0][0].isupper() and len(words) > 1 and words[1][0].isupper():
        return False  # "Il Giornale": the article belongs to the name
    if words[0].lower() in _DETERMINERS and len(words) > 1:
        words = words[1:]
    head, rest = fold(words[0]), words[1:]
    proper = any(w[0].isupper() for w in rest)
    if head in lists["titles"]:
        return True
    if head in lists["bodies"]:
        return not (proper or any(_is_demonym(w) for w in rest)) and (head in lists["generic"] or words[0].islower())
    if head in lists["generic"]:
        return not (words[0][0].isupper() and rest and rest[0][0].isupper())
    if words[0].islower() or words[0][0].isdigit():
        return not (words[0] in _NAME_PARTICLES and proper)
    return False


def best_name(local_id: str, names: Iterable[str]) -> str:
    """The name to show for an actor: one that makes its id, the fullest of these, with accents rather than without."""

    def rank(name: str) -> tuple[int, bool, bool, int, int, str]:
        local, bare = is_local(name), bare_name(name)
        if known_name(name, "country") and local_id == actor_id(name):
            fit = 0
        elif not local and actor_id(bare) == local_id:
            fit = 1
        elif slug(bare) == local_id.rpartition("-")[0]:
            fit = 2 if local else 3
        else:
            fit = 4
        shouted = len(name) > 5 and name.isupper()
        return fit, bare != name, shouted, -len(fold(name).split()), -len(name.encode()), name

    return min(names, key=rank)


class ArticleActors:
    """The actors of one article under their corpus-wide ids.

    Raises `RecordError` when the record points to an actor's id that it does not hold.
    """

    def __init__(self, article: Article) -> None:
        self._article = article
        self._by_id: dict[str, str] = {}
        self._by_name: dict[str, str] = {}
        self._found: list[Actor] = []
        self._named: set[str] = set()
        kinds = {s.actor_id: s.actor_kind for s in reversed(article.statements) if s.actor_kind != "unknown"}
        for actor in article.actors:
            known = actor if actor.kind != "unknown" else replace(actor, kind=kinds.get(actor.id, "unknown"))
            self._by_id[actor.id] = self._add(known)
        for statement in article.statements:
            self.of_statement(statement)
        for mention in article.mentions:
            self.of(mention.actor_id)
        for role in article.roles:
            self.of(role.actor_id)
            self.of_body(role)
        for relation in article.relations:
            self.of(relation.source)
            self.of(relation.target)

    def named(self) -> Iterator[Actor]:
        """What the record says of each actor that speaks, is mentioned, holds a role or stands in a relation."""
        return (actor for actor in self._found if actor.id in self._named)

    def of_statement(self, statement: Statement) -> str | None:
        """Who says a statement, or None when the record does not say."""
        name, reference = statement.actor, statement.actor_id
        found = self._by_id.get(reference) if reference else None
        if found is None:
            if not name or not name.strip():
                return None
            found = self._add(Actor("", name, statement.actor_kind, wikidata=statement.wikidata))
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

    def of_body(self, role: Role) -> str | None:
        """The organisation of a role, or None when the role names none."""
        return self.of(role.organization, kind="organization") if role.organization else None

    def _add(self, actor: Actor) -> str:
        name = next((n for n in (actor.name, *actor.aliases) if n.strip()), actor.name)
        found = identify(name, kind=actor.kind, article=self._article.id)
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


def _is_demonym(word: str) -> bool:
    return any(fold(word).startswith(d) and len(word) <= len(d) + _ENDING for d in _words_of_names()["demonyms"])


@cache
def _words_of_names() -> Mapping[str, frozenset[str]]:
    text = files("portavoce.graph").joinpath("names_it.toml").read_text(encoding="utf-8")
    return {name: frozenset(words) for name, words in tomllib.loads(text).items()}


@cache
def _known_names() -> Mapping[str, KnownName]:
    text = files("portavoce.graph").joinpath("aliases_it.tsv").read_text(encoding="utf-8")
    return {
        fold(row["alias"]): KnownName(
            row["canonical"], cast("ActorKind", row["kind"]), row["wikidata"] or None, row["of_country"] or None,
            frozenset(row["when"].split()),
        )
        for row in csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    }  # fmt: skip
