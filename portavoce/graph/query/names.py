"""Finding an actor by a name as somebody types it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal

from portavoce.errors import UnknownNameError
from portavoce.graph.query.answers import ActorMatch
from portavoce.graph.resolve import bare_name, known_name
from portavoce.graph.schema import (
    ACTOR,
    MENTIONS,
    SAYS,
    actor_node,
    edges_from,
    edges_to,
    local_id,
    nodes_of,
)
from portavoce.ids import actor_id, fold

if TYPE_CHECKING:
    import networkx as nx

NEAREST = 5  # names that are shown when none fits

FOUND = "found"
"""Where a part of a graph keeps who is meant by the names that it was taken for: in the whole, others may have been nearer."""

How = Literal["name", "surname", "part", "prefix", "id"]


def find_actor(graph: nx.MultiDiGraph, name: str) -> ActorMatch:
    """The actor that a name means, accents, case, particles and titles aside.

    An id, a full name or an alias fits before a part of a name, that before a beginning that fits one actor only. A single word
    fits persons by surname as well as by full name: the one with most statements comes first and names the others.
    Raises `UnknownNameError` with the nearest names when nothing fits.
    """
    if match := graph.graph.get(FOUND, {}).get(name):
        known_match: ActorMatch = match
        return known_match
    if node := _by_id(graph, name):
        return _match(graph, node, "id")
    words = fold(bare_name(name)).split()
    if not words:
        raise UnknownNameError(name)
    known = known_name(name, "country")
    known_node = actor_node(actor_id(known.canonical)) if known else None
    fully: tuple[int, How] = (0, "name")
    fits = [
        (found, node)
        for node, attributes in nodes_of(graph, ACTOR)
        if (found := fully if node == known_node else fit(attributes["names"], attributes["actor_kind"], words))
    ]
    if not fits and (nodes := _by_beginning(graph, words)) and len(nodes) == 1:
        return _match(graph, nodes[0], "prefix")
    if not fits:
        raise UnknownNameError(name, nearest_names(graph, name))
    best = min(rank for (rank, _), _ in fits)
    pool = [_match(graph, node, how) for (rank, how), node in fits if rank == best]
    first, *others = sorted(pool, key=lambda m: (-m.statements, -_mentioned(graph, m.id), m.name, m.id))
    return replace(first, others=tuple(others))


def nearest_names(graph: nx.MultiDiGraph, name: str) -> tuple[str, ...]:
    """The names in the graph that look most like one, best first."""
    return nearest(name, ((attributes["name"], attributes["names"]) for _, attributes in nodes_of(graph, ACTOR)))


def nearest(name: str, actors: Iterable[tuple[str, Iterable[str]]]) -> tuple[str, ...]:
    """The names of actors (each with all its names) that look most like one, best first."""
    forms: dict[str, str] = {}
    for shown, names in actors:
        for form in sorted(names):
            for key in (fold(form), *fold(form).split()[-1:]):
                forms.setdefault(key, shown)
    close = get_close_matches(fold(name), sorted(forms), n=NEAREST * 2, cutoff=0.6)
    return tuple(dict.fromkeys(forms[key] for key in close))[:NEAREST]


def _by_id(graph: nx.MultiDiGraph, name: str) -> str | None:
    for node in (name, actor_node(name)):
        if node in graph and graph.nodes[node]["kind"] == ACTOR:
            return node
    return None


def fit(names: Iterable[str], kind: str, words: list[str]) -> tuple[int, How] | None:
    """How well words fit an actor's names: 0 fully, 1 as somebody's surname, 2 as a part; None when they do not.

    A person who has only one name in the whole corpus ("Rossi") is no better fit for it than all Rossis with a first name.
    """
    person = kind in {"person", "unknown"}
    fits: list[tuple[int, How]] = []
    for name in names:
        have = fold(bare_name(name)).split()
        if have == words or fold(name).split() == words:
            fits.append((1 if person and len(words) == 1 else 0, "name"))
        elif person and have[-len(words) :] == words:
            fits.append((1, "surname"))
        elif any(have[n : n + len(words)] == words for n in range(len(have))):
            fits.append((2, "part"))
    return min(fits, default=None)


def _by_beginning(graph: nx.MultiDiGraph, words: list[str]) -> list[str]:
    return [
        node
        for node, attributes in nodes_of(graph, ACTOR)
        if any(all(any(w.startswith(p) for w in fold(n).split()) for p in words) for n in attributes["names"])
    ]


def _match(graph: nx.MultiDiGraph, node: str, how: How) -> ActorMatch:
    said = sum(1 for _ in edges_from(graph, node, SAYS))
    return ActorMatch(local_id(node), graph.nodes[node]["name"], how, said)


def _mentioned(graph: nx.MultiDiGraph, actor: str) -> int:
    return sum(1 for _ in edges_to(graph, actor_node(actor), MENTIONS))
