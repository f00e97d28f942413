"""`statements` and `show` from a corpus: statements that meet conditions, and one of them with all that stands around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portavoce.errors import UnknownNameError
from portavoce.graph import query
from portavoce.graph.query.answers import Listing, StatementAnswer
from portavoce.graph.query.names import FOUND, NEAREST
from portavoce.graph.query.selection import TextSearch
from portavoce.graph.schema import STATEMENT
from portavoce.graph.store.choosing import choose, count
from portavoce.graph.store.conditions import Conditions
from portavoce.graph.store.questions.copies import without_copies
from portavoce.graph.store.reading import Reading
from portavoce.graph.store.selection import Selection

if TYPE_CHECKING:
    from portavoce.graph.query.answers import ShowAnswer
    from portavoce.graph.store.corpus import Corpus


def statements(
    corpus: Corpus, *, speaker: str | None = None, about: str | None = None, text: str | None = None, mentions: str | None = None,
    kind: str | None = None, polarity: str | None = None, since: str | None = None, until: str | None = None, once: bool = False,
    limit: int | None = None,
) -> Listing[StatementAnswer]:  # fmt: skip
    """The answer of `portavoce.graph.query.statements`."""
    selection = Selection(
        speaker=speaker, mentions=mentions, topic=about, kind=kind, polarity=polarity, since=since, until=until,
        limit=None if once else limit,
    )  # fmt: skip
    selection.check()
    if about is not None and not selection.words:
        return Listing()
    keys, found = corpus.meant(selection.names)
    search = TextSearch(text) if text is not None else None
    conditions = Conditions.of(corpus.db, selection, [*keys.values()])
    chosen = choose(conditions, selection, keys, text=search)
    if once:
        chosen = without_copies(corpus.db, chosen)
    total = len(chosen)
    if once:
        chosen = chosen[:limit]
    elif limit is not None and total == limit:
        total = count(conditions, selection, keys, text=search)
    part = Reading(corpus.db, chosen).part(keys.values())
    part.graph[FOUND] = found
    answers = query.statements(part)
    answers.total = total
    return answers


def show(corpus: Corpus, statement: str) -> ShowAnswer:
    """The answer of `portavoce.graph.query.show`."""
    beginning = statement.removeprefix(f"{STATEMENT}/").lower()
    rows = corpus.db.execute(
        "SELECT id, key FROM statements WHERE id >= ? AND id < ? ORDER BY id LIMIT ?",
        (beginning, f"{beginning}~", NEAREST + 1),
    ).fetchall()
    if len(rows) != 1 or not beginning:
        raise UnknownNameError(statement, tuple(id_ for id_, _ in rows[:NEAREST]) if beginning else ())
    id_, key = rows[0]
    reading = Reading(corpus.db, [key])
    reading.tell_reported(f"{STATEMENT}/{id_}")
    return query.show(reading.part(texts=True), id_)
