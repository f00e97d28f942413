"""With whom an actor of a corpus has to do, and the chains from one actor to another: only what is told is read."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from portavoce.graph.project import Ties
from portavoce.graph.query.answers import Listing, PathAnswer
from portavoce.graph.query.chains import chains
from portavoce.graph.query.network import Neighbour, neighbour, weights_of
from portavoce.graph.query.paths import BELONGS, CHAINS, belongs_tie, path_answer
from portavoce.graph.schema import actor_node
from portavoce.graph.store.kept import Conditions
from portavoce.graph.store.linking import Links
from portavoce.graph.store.packing import packed
from portavoce.graph.store.proving import Surroundings, first_place, prove

if TYPE_CHECKING:
    from portavoce.graph.store.corpus import Corpus


def neighbours(
    corpus: Corpus, actor: str, *, since: str | None = None, until: str | None = None, topic: str | None = None,
    limit: int | None = None,
) -> Listing[Neighbour]:  # fmt: skip
    """With whom an actor has to do, as `portavoce.graph.query.neighbours` tells of a graph."""
    key = corpus.meant((actor,))[0][actor]
    conditions = Conditions(since, until, topic)
    conditions.check()
    around = Surroundings(corpus.db, key, conditions)
    weights = weights_of(around.there, around.back)
    rows = corpus.db.execute(
        "SELECT key, name, id FROM actors WHERE key IN (SELECT value FROM json_each(?))", (packed([*weights]),)
    )
    named = {other: (name, id_) for other, name, id_ in rows}
    ranked = sorted(weights, key=lambda other: (-weights[other], *named[other]))
    told = ranked[:limit]
    part, ties = prove(corpus.db, [(around, other) for other in told], [key, *told])
    node = _nodes(corpus, (key,))[key]
    answers = (
        neighbour(part, node, actor_node(named[other][1]), *both) for other, both in zip(told, ties, strict=True)
    )
    return Listing(answers, len(ranked))


def path(
    corpus: Corpus, a: str, b: str, *, since: str | None = None, until: str | None = None, topic: str | None = None,
    limit: int | None = CHAINS,
) -> PathAnswer:  # fmt: skip
    """The shortest chains from one actor to another, as `portavoce.graph.query.path` tells of a graph."""
    keys, _ = corpus.meant((a, b))
    conditions = Conditions(since, until, topic)
    conditions.check()
    links = Links(corpus.db, conditions)
    found = list(islice(chains(links, keys[a], keys[b]), limit or 1))
    met = {*keys.values(), *(actor for nodes in found for actor in nodes)}
    node = _nodes(corpus, met)
    steps = list(dict.fromkeys(_rarer_first(corpus, *step) for nodes in found for step in pairwise(nodes)))
    around = [(Surroundings(corpus.db, one, conditions, other=other), other) for one, other in steps]
    part, both = prove(corpus.db, around, met)
    ties: dict[tuple[str, str], Ties] = {}
    for (one, other), (there, back) in zip(steps, both, strict=True):
        ties[node[one], node[other]], ties[node[other], node[one]] = there, back
        if not there and not back:
            person, country = (one, other) if links.country_of(one) == other else (other, one)
            ties[node[person], node[country]] = _belongs(corpus, person, conditions)
    named = [[node[actor] for actor in nodes] for nodes in found]
    return path_answer(part, (node[keys[a]], node[keys[b]]), named, lambda one, other: ties[one, other])


def _rarer_first(corpus: Corpus, one: int, other: int) -> tuple[int, int]:
    """Two actors, the one first that stands in fewer articles, and whose surroundings are read sooner."""
    rows = corpus.db.execute("SELECT key FROM actors WHERE key IN (?, ?) ORDER BY articles, key", (one, other))
    (first,), (second,) = rows
    return first, second


def _nodes(corpus: Corpus, actors: Iterable[int]) -> dict[int, str]:
    rows = corpus.db.execute(
        "SELECT key, id FROM actors WHERE key IN (SELECT value FROM json_each(?))", (packed([*actors]),)
    )
    return {key: actor_node(id_) for key, id_ in rows}


def _belongs(corpus: Corpus, actor: int, conditions: Conditions) -> Ties:
    place = first_place(corpus.db, actor, conditions)
    return {} if place is None else {BELONGS: belongs_tie(place)}
