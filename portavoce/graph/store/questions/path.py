"""`path` from a corpus: the shortest chains from one actor to another, of which only what is told is read."""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING

from portavoce.graph.project import Ties
from portavoce.graph.query.answers import PathAnswer
from portavoce.graph.query.chains import chains
from portavoce.graph.query.paths import BELONGS, CHAINS, belongs_tie, path_answer
from portavoce.graph.store.conditions import Conditions
from portavoce.graph.store.questions.links import Links
from portavoce.graph.store.questions.rows import actors_of
from portavoce.graph.store.questions.ties import Surroundings, first_place, prove

if TYPE_CHECKING:
    from portavoce.graph.store.corpus import Corpus


def path(
    corpus: Corpus, a: str, b: str, *, since: str | None = None, until: str | None = None, topic: str | None = None,
    limit: int | None = CHAINS,
) -> PathAnswer:  # fmt: skip
    """The answer of `portavoce.graph.query.path`."""
    keys, _ = corpus.meant((a, b))
    conditions = Conditions(corpus.db, since, until, topic)
    links = Links(conditions)
    found = list(islice(chains(links, keys[a], keys[b]), limit or 1))
    met = {*keys.values(), *(actor for nodes in found for actor in nodes)}
    node = {key: shown.node for key, shown in actors_of(corpus.db, met).items()}
    steps = list(dict.fromkeys(_rarer_first(corpus, *step) for nodes in found for step in pairwise(nodes)))
    around = [(Surroundings(one, conditions, other=other), other) for one, other in steps]
    part, both = prove(corpus.db, around, met)
    ties: dict[tuple[str, str], Ties] = {}
    for (one, other), (there, back) in zip(steps, both, strict=True):
        ties[node[one], node[other]], ties[node[other], node[one]] = there, back
        if not there and not back:
            person, country = (one, other) if links.country_of(one) == other else (other, one)
            ties[node[person], node[country]] = _belongs(
                person, Conditions(corpus.db, since, until, topic, actors=[person])
            )
    named = [[node[actor] for actor in nodes] for nodes in found]
    return path_answer(part, (node[keys[a]], node[keys[b]]), named, lambda one, other: ties[one, other])


def _rarer_first(corpus: Corpus, one: int, other: int) -> tuple[int, int]:
    """Two actors, the one first that stands in fewer articles, and whose surroundings are read sooner."""
    rows = corpus.db.execute("SELECT key FROM actors WHERE key IN (?, ?) ORDER BY articles, key", (one, other))
    (first,), (second,) = rows
    return first, second


def _belongs(actor: int, conditions: Conditions) -> Ties:
    place = first_place(actor, conditions)
    return {} if place is None else {BELONGS: belongs_tie(place)}
