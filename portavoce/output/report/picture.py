"""The network of actors as a picture: who stands where, laid out the same for the same network."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from math import log1p
from typing import Literal

import networkx as nx

WIDTH, HEIGHT = 960, 600
MARGIN = 30
LETTER, LINE = 7, 18  # width of a letter and height of a line of a label, about
LONGEST = 26  # letters of a label
SEED = 7

Feeling = Literal["words", "office", "cooperation", "conflict"]

CONFLICT = frozenset("accuse reject threaten protest sanction mobilize coerce assault".split())
COOPERATION = frozenset("consult agree cooperate support aid concede retreat kin".split())


@dataclass(frozen=True, slots=True)
class Dot:
    """An actor in the picture; ``node`` is its name in the graph, ``rank`` its place by ties, from 1."""

    node: str
    name: str
    label: str
    kind: str
    ties: int
    rank: int
    x: int
    y: int
    radius: int


@dataclass(frozen=True, slots=True)
class Line:
    """A tie in the picture: what it is made of, most of it, how strong, and in words."""

    x1: int
    y1: int
    x2: int
    y2: int
    width: float
    feeling: Feeling
    title: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Dots and lines in a box of ``width`` and ``height``; ``total`` counts the actors with a tie, shown or not."""

    width: int
    height: int
    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    total: int


def picture_of(network: nx.MultiDiGraph, *, most: int, around: str | None = None) -> Picture:
    """The picture of the actors with most ties, or of one actor (by node) and those with most ties to it."""
    ties: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for source, target, weight in network.edges(data="weight"):
        if source != target:
            pairs[min(source, target), max(source, target)] += weight
            ties.update({source: weight, target: weight})
    if around is not None:
        near = Counter({a if b == around else b: n for (a, b), n in pairs.items() if around in {a, b}})
        total, ranked = len(near), _ranked(network, near)
        chosen = [around, *ranked[: most - 1]] if around in network else []
    else:
        total, ranked = len(ties), _ranked(network, ties)
        chosen = ranked[:most]
    if around is None:
        chosen = _tied(ranked, pairs, most)
    places = _places(chosen, {pair: n for pair, n in pairs.items() if set(pair) <= set(chosen)}, network)
    dots = tuple(
        Dot(n, network.nodes[n]["name"], _label(network, n), network.nodes[n]["actor_kind"], ties[n], rank, *places[n], _radius(ties[n]))
        for rank, n in enumerate(chosen, start=1)
    )  # fmt: skip
    lines = tuple(
        Line(*places[a], *places[b], round(1 + min(5.0, log1p(n)), 1), *_told(network, a, b))
        for (a, b), n in sorted(pairs.items())
        if a in places and b in places
    )
    return Picture(WIDTH, HEIGHT, dots, lines, total)


def _tied(ranked: list[str], pairs: Counter[tuple[str, str]], most: int) -> list[str]:
    """The first of a ranking who have a tie among themselves, and of the others the first with a tie to these."""
    near: dict[str, set[str]] = {node: set() for node in ranked}
    for a, b in pairs:
        near[a].add(b)
        near[b].add(a)
    first = set(ranked[:most])
    chosen = {node for node in first if near[node] & first}
    for node in ranked[most:]:
        if len(chosen) >= most:
            break
        if near[node] & chosen:
            chosen.add(node)
    return [node for node in ranked if node in chosen]


def _ranked(network: nx.MultiDiGraph, ties: Counter[str]) -> list[str]:
    return sorted(ties, key=lambda n: (-ties[n], network.nodes[n]["name"], n))


def _label(network: nx.MultiDiGraph, node: str) -> str:
    name: str = network.nodes[node]["name"]
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


def _radius(ties: int) -> int:
    return 5 + round(min(13.0, 2.2 * log1p(ties)))


def _told(network: nx.MultiDiGraph, a: str, b: str) -> tuple[Feeling, str]:
    """What most of a tie is made of, and all of it in words."""
    counts: Counter[Feeling] = Counter()
    words = []
    for source, target in ((a, b), (b, a)):
        names = f"{network.nodes[source]['name']} → {network.nodes[target]['name']}"
        for kind, edge in sorted((network.get_edge_data(source, target) or {}).items()):
            for feeling in _feelings(kind, edge):
                counts[feeling] += 1
            told = edge.get("types") or edge.get("roles") or (f"{edge['weight']} statements",)
            words.append(f"{names}: {', '.join(told)}")
    order: tuple[Feeling, ...] = ("conflict", "cooperation", "office", "words")
    return max(
        order, key=lambda f: (counts[f] if f in {"conflict", "cooperation"} else 0, counts[f] > 0, -order.index(f))
    ), "; ".join(words)


def _feelings(kind: str, edge: dict[str, object]) -> list[Feeling]:
    if kind != "relates":
        return ["office" if kind == "holds" else "words"]
    types = edge["types"]
    return [_feeling(type_) for type_ in types] if isinstance(types, tuple) else []


def _feeling(type_: str) -> Feeling:
    return "conflict" if type_ in CONFLICT else "cooperation" if type_ in COOPERATION else "office"


def _places(
    nodes: list[str], pairs: dict[tuple[str, str], int], network: nx.MultiDiGraph
) -> dict[str, tuple[int, int]]:
    """Where each stands: by the pull of ties, spread over the box, and moved until labels lie free."""
    if not nodes:
        return {}
    plain = nx.Graph()
    plain.add_nodes_from(nodes)
    plain.add_edges_from((a, b, {"weight": log1p(n)}) for (a, b), n in sorted(pairs.items()))
    raw = (
        nx.spring_layout(plain, seed=SEED, iterations=150, k=1.6 / len(nodes) ** 0.5)
        if len(nodes) > 1
        else {nodes[0]: (0.0, 0.0)}
    )
    x = _spread({n: float(raw[n][0]) for n in nodes}, WIDTH)
    y = _spread({n: float(raw[n][1]) for n in nodes}, HEIGHT)
    half = {n: max(20, LETTER * len(_label(network, n)) / 2 + 6) for n in nodes}
    for _ in range(300):
        moved = False
        for a, b in combinations(nodes, 2):
            wide, high = half[a] + half[b] - abs(x[a] - x[b]), 2.6 * LINE - abs(y[a] - y[b])
            if wide > 0 and high > 0:
                moved = True
                side = 1 if (y[a], a) > (y[b], b) else -1
                y[a], y[b] = y[a] + side * min(high, 6) / 2, y[b] - side * min(high, 6) / 2
                side = 1 if (x[a], a) > (x[b], b) else -1
                x[a], x[b] = x[a] + side * min(wide, 6) / 4, x[b] - side * min(wide, 6) / 4
        for n in nodes:
            x[n] = min(max(x[n], MARGIN + half[n] - 20), WIDTH - MARGIN - half[n] + 20)
            y[n] = min(max(y[n], MARGIN), HEIGHT - MARGIN - LINE)
        if not moved:
            break
    return {n: (round(x[n]), round(y[n])) for n in nodes}


def _spread(values: dict[str, float], length: int) -> dict[str, float]:
    """Coordinates over the whole box: half where the pull puts them, half by rank, which parts what clings together."""
    low, high = min(values.values()), max(values.values())
    if high - low < 1e-9:
        return dict.fromkeys(values, length / 2)
    ranks = {n: rank for rank, n in enumerate(sorted(values, key=lambda n: (values[n], n)))}
    room = length - 2 * MARGIN
    share = {n: (values[n] - low) / (high - low) for n in values}
    return {n: MARGIN + room * (0.5 * share[n] + 0.5 * ranks[n] / (len(values) - 1)) for n in values}
