"""`timeline` and `changes` from a corpus: what an actor says and does in the order of time, and where it says something new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portavoce.graph import query
from portavoce.graph.query.answers import Listing
from portavoce.graph.query.timeline import change_answer, compared
from portavoce.graph.store.acts import ACTS
from portavoce.graph.store.choosing import SAID, choose
from portavoce.graph.store.conditions import Conditions
from portavoce.graph.store.questions.copies import without_copies
from portavoce.graph.store.questions.speech import Speech
from portavoce.graph.store.reading import Reading
from portavoce.graph.store.selection import Selection, about

if TYPE_CHECKING:
    from portavoce.graph.query.timeline import ChangeAnswer, Event
    from portavoce.graph.store.corpus import Corpus


def timeline(
    corpus: Corpus, actor: str, *, since: str | None = None, until: str | None = None, topic: str | None = None,
    limit: int | None = None,
) -> Listing[Event]:  # fmt: skip
    """The answer of `portavoce.graph.query.timeline`."""
    keys, found = corpus.meant((actor,))
    key = keys[actor]
    conditions = Conditions(corpus.db, since, until, topic, actors=[key])
    selection = Selection(actors=(actor,), since=since, until=until, topic=topic)
    own = {statement for (statement,) in corpus.db.execute(SAID.format("d.statement", ""), {"actor": key})}
    chosen = without_copies(corpus.db, choose(conditions, selection, keys), own=own)  # the first stand first in time
    reading = Reading(corpus.db, chosen[:limit], conditions)
    for acts in ACTS.values():
        reading.tell_of(acts, [key])
    part = reading.part([key])
    part.graph.update(about(selection, found))
    events = query.timeline(part, actor, since=since, until=until, topic=topic, limit=limit)
    events.total += len(chosen[limit:]) if limit is not None else 0
    return events


def changes(
    corpus: Corpus, actor: str, *, topic: str | None = None, since: str | None = None, until: str | None = None,
    limit: int | None = None,
) -> Listing[ChangeAnswer]:  # fmt: skip
    """The answer of `portavoce.graph.query.changes`."""
    speech = Speech(corpus, (actor,), since, until, topic)
    pairs = compared(speech.of(actor), always=topic is not None)
    told = pairs[:limit]
    part = speech.part(node for pair in told for node in (pair.statement, pair.earlier) if node)
    return Listing((change_answer(part, pair) for pair in told), len(pairs))
