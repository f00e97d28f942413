"""Names as an article gives them: what is a name and what a title, which actor a name means as a function of itself.

Named actors share an id when their names are one without titles, accents and case; states and large institutions are
joined through a table; descriptions that name nobody ("il portavoce", "testimoni") stay inside their article.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import cast

from portavoce.graph.resolve import words
from portavoce.ids import actor_id, fold, slug
from portavoce.records import Actor, ActorKind

_FIRST_WORD = re.compile(r"[\W_]*([^\W_]+)")
_WORDS = re.compile(r"[^\W_]+")
DETERMINERS = words.names("determiners")
_OF = words.one_of(words.names("of"), space=" ")
_BODY = re.compile(rf"(?P<body>[^\W\d_]+(?: {_OF}[^\W\d_]+)?) (?:{_OF}(?P<place>[A-Z].*)|(?P<adjective>[^\W\d_]+))")
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
    if (body := body_of_country(name)) and (own := known_name(body[0], "organization")) and own.of_country == body[1]:
        return Actor(actor_id(own.canonical), name, own.kind, (own.canonical,), own.wikidata, own.of_country)
    if body and kind in ("organization", "country", "unknown", "group"):
        organ, country = body
        return Actor(actor_id(f"{organ} {country}"), name, "organization", (), None, country)
    scope = article if is_local(name) else ""
    return Actor(actor_id(bare_name(name), scope), name, kind)


@lru_cache(maxsize=10_000)
def bare_name(name: str) -> str:
    """A name without the determiner and the titles in front of it: "il presidente Sergio Rossi" is "Sergio Rossi"."""
    start, kept = 0, 0
    titles = words.names("titles")
    while (found := _FIRST_WORD.match(name, start)) and (following := _FIRST_WORD.match(name, found.end())):
        if fold(found[1]) in titles:
            if following[1][0].isupper() and fold(following[1]) not in titles:
                kept = following.start(1)
        elif found[1] not in DETERMINERS:
            break
        elif kept == start:
            kept = following.start(1)
        start = following.start(1)
    return name[kept:].strip()


@lru_cache(maxsize=10_000)
def body_of_country(name: str) -> tuple[str, str] | None:
    """The state organ that a name means and its country: "governo tedesco" and "governo di Berlino" are one."""
    found = _BODY.fullmatch(bare_name(name))
    if found is None or fold(found["body"].split()[0]) not in words.names("organs"):
        return None
    head = fold(found["body"].split()[0])
    if adjective := found["adjective"]:
        country = _country_adjectives().get(adjective.lower())
    else:
        known = known_name(found["place"], "country" if head in words.names("governments") else "unknown")
        country = known.canonical if known and known.kind == "country" else None
    return (found["body"], country) if country else None


@lru_cache(maxsize=10_000)
def is_local(name: str) -> bool:
    """Whether a name describes somebody in its article ("i testimoni") rather than names an actor of the corpus."""
    bare = bare_name(name)
    told = _WORDS.findall(bare)
    if not told:
        return True
    if told[0].lower() in DETERMINERS and told[0][0].isupper() and len(told) > 1 and told[1][0].isupper():
        return False  # "Il Giornale": the article belongs to the name
    if told[0].lower() in DETERMINERS and len(told) > 1:
        told = told[1:]
    head, rest = fold(told[0]), told[1:]
    proper = any(w[0].isupper() for w in rest)
    if head in words.names("titles"):
        return True
    if head in words.names("bodies"):
        return not (proper or any(_is_demonym(w) for w in rest)) and (
            head in words.names("generic") or told[0].islower()
        )
    if head in words.names("generic"):
        return not (told[0][0].isupper() and rest and rest[0][0].isupper())
    if told[0].islower() or told[0][0].isdigit():
        return not (told[0] in words.names("beginnings") and proper)
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


@cache
def _country_adjectives() -> Mapping[str, str]:
    """The country of each form of an adjective: tedesco, tedesca, tedeschi, tedesche."""
    forms: dict[str, str] = {}
    hard = tuple(words.names("hard_endings"))
    for adjective, row in words.table("demonyms").items():
        known = known_name(row[0], "country")
        country = known.canonical if known else row[0]
        forms[adjective] = country
        for ending in words.endings().get(adjective[-1], ()):
            forms[adjective[:-1] + ending] = country
            if adjective.endswith(hard):
                forms[f"{adjective[:-1]}h{ending}"] = country
    return forms


def country_of_adjective(word: str) -> str | None:
    """The country whose adjective a word is, in any of its forms."""
    return _country_adjectives().get(word.lower())


def _is_demonym(word: str) -> bool:
    return any(fold(word).startswith(d) and len(word) <= len(d) + _ENDING for d in words.names("demonyms"))


@cache
def _known_names() -> Mapping[str, KnownName]:
    text = files("portavoce.graph").joinpath("gazetteer", "bodies.tsv").read_text(encoding="utf-8")
    return {
        fold(row["alias"]): KnownName(
            row["canonical"], cast("ActorKind", row["kind"]), row["wikidata"] or None, row["of_country"] or None,
            frozenset(row["when"].split()),
        )
        for row in csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    }  # fmt: skip
