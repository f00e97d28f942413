"""`neighbours` from a corpus: with whom an actor has to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portavoce.graph.query.answers import Listing
from portavoce.graph.query.network import Neighbour, neighbour, weights_of
from portavoce.graph.store.conditions import Conditions
from portavoce.graph.store.questions.rows import actors_of
from portavoce.graph.store.questions.ties import Surroundings, prove

if TYPE_CHECKING:
    from portavoce.graph.store.corpus import Corpus


def neighbours(
    corpus: Corpus, actor: str, *, since: str | None = None, until: str | None = None, topic: str | None = None,
    limit: int | None = None,
) -> Listing[Neighbour]:  # fmt: skip
    """The answer of `portavoce.graph.query.neighbours`."""
    key = corpus.meant((actor,))[0][actor]
    around = Surroundings(key, Conditions(corpus.db, since, until, topic, actors=[key]))
    weights = weights_of(around.there, around.back)
    shown = actors_of(corpus.db, [key, *weights])
    ranked = sorted(weights, key=lambda other: (-weights[other], shown[other].name, shown[other].id))
    told = ranked[:limit]
    part, ties = prove(corpus.db, [(around, other) for other in told], [key, *told])
    answers = (
        neighbour(part, shown[key].node, shown[other].node, *both) for other, both in zip(told, ties, strict=True)
    )
    return Listing(answers, len(ranked))
