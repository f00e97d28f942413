"""Which offices speak for a body or a country, and which bodies are a country's own; the words are in voices.toml of the language."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from portavoce.graph.query.names import find_actor
from portavoce.graph.resolve import known_name, words
from portavoce.graph.resolve.names import body_of_country, country_of_adjective
from portavoce.graph.schema import ACTOR, actor_node, nodes_of
from portavoce.ids import actor_id, fold

if TYPE_CHECKING:
    import networkx as nx

Voice = Literal["spokesperson", "head", "minister", "envoy"]

_LISTS: Mapping[Voice, str] = {
    "spokesperson": "spokespersons", "head": "heads", "minister": "ministers", "envoy": "envoys",
}  # fmt: skip
VOICES: tuple[Voice, ...] = tuple(_LISTS)
"""The kinds of offices that speak for a body, those whose trade it is first."""


@lru_cache(maxsize=4096)
def voice_of(role: str) -> Voice | None:
    """What kind of voice an office is by its words: "nuovo portavoce", "ministro degli Esteri"; None for "ex ministro", "medico"."""
    told, before, joined = _words(role), words.voices("before"), sorted(words.voices("joined"))
    while told:
        fits = [(len(office), voice) for office, voice in _known().items() if told[: len(office)] == office]
        if fits:
            return max(fits)[1]
        first = next((told[0].removeprefix(b) for b in joined if told[0].startswith(b) and told[0] != b), None)
        if first:
            told = (first, *told[1:])
        elif told[0] in before:
            told = told[1:]
        else:
            return None
    return None


def country_or_body(graph: nx.MultiDiGraph, name: str) -> tuple[str, set[str]]:
    """The name of a body or country as somebody types it, and the nodes of all that speaks for it.

    States and bodies go by their other names and capitals (Mosca), a country by its adjective too (russo), a government by
    both ("governo russo"). A country's are its government, its organs and the residences by which they are called, a country
    need not be an actor of the graph itself. Raises `UnknownNameError` where nothing fits.
    """
    country = country_named(name)
    if country is not None:
        nodes = {node for node, d in nodes_of(graph, ACTOR) if speaks_for_country(country, d["names"], d["of_country"])}
        if own := actor_node(actor_id(country)) in graph:
            nodes.add(actor_node(actor_id(country)))
        if own or nodes:
            return country, nodes
    node = actor_node(find_actor(graph, name).id)
    return graph.nodes[node]["name"], {node}


def speaks_for_country(country: str, names: Collection[str], of_country: str | None) -> bool:
    """Whether an actor of some names and a country is this country itself, or one of its organs."""
    return country in names or (of_country == country and any(map(is_state_body, names)))


def country_named(name: str) -> str | None:
    """The country that somebody means by its name or capital, or by its adjective; None where it is none."""
    known = known_name(name, "country")
    if known and known.kind == "country":
        return known.canonical
    return country_of_adjective(name) if name.islower() else None


def is_state_body(name: str) -> bool:
    """Whether a body by its name is an organ of its state: the Kremlin, "governo russo"; no party, newspaper or company."""
    known = known_name(name, "organization")
    return (known.canonical if known else name) in words.voices("state_bodies") or body_of_country(name) is not None


def _words(role: str) -> tuple[str, ...]:
    """Folded words with their particles, which `fold` of a whole name drops."""
    return tuple(
        fold(word) for word in role.replace("’", " ").replace("'", " ").replace("-", " ").split() if fold(word)
    )


@cache
def _known() -> Mapping[tuple[str, ...], Voice]:
    return {_words(office): voice for voice, key in _LISTS.items() for office in words.voices(key)}
