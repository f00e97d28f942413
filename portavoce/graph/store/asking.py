"""Questions to a corpus: the same as to a graph, each answered from the part that it needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from portavoce.errors import InputError, UnknownNameError
from portavoce.graph import query
from portavoce.graph.query.answers import Listing, StatementAnswer
from portavoce.graph.query.names import FOUND, NEAREST
from portavoce.graph.query.selection import TextSearch, check_date
from portavoce.graph.schema import STATEMENT
from portavoce.graph.store.choosing import choose, count
from portavoce.graph.store.connecting import neighbours, path
from portavoce.graph.store.packing import spans_of
from portavoce.graph.store.reading import Reading
from portavoce.graph.store.selection import Selection, about

if TYPE_CHECKING:
    from portavoce.graph.part import Part
    from portavoce.graph.query.answers import ShowAnswer
    from portavoce.graph.store.corpus import Corpus

WHOLE = frozenset({"central", "communities"})
"""Questions about everybody at once."""


def ask(corpus: Corpus, question: str, *args: Any, **conditions: Any) -> Any:
    """The answer to a question of `portavoce.graph.query`, by its name; the same as over the corpus's whole graph."""
    corpus.settle()
    own = _OWN.get(question)
    if own is not None:
        return own(corpus, *args, **conditions)
    asked: Callable[..., Any] = getattr(query, question)
    if question in WHOLE:
        return asked(corpus.graph(), *args, **conditions)
    return asked(_around(corpus, args, conditions), *args, **conditions)


def _around(corpus: Corpus, names: tuple[str | None, ...], conditions: dict[str, Any]) -> Part:
    """What stands around the actors of a question in its days and on its topic."""
    days: dict[str, Any] = {name: conditions.get(name) for name in ("since", "until", "topic")}
    return corpus.part(Selection(actors=tuple(dict.fromkeys(filter(None, names))), **days))


def _statements(
    corpus: Corpus, *, speaker: str | None = None, about: str | None = None, text: str | None = None, mentions: str | None = None,
    kind: str | None = None, polarity: str | None = None, since: str | None = None, until: str | None = None, once: bool = False,
    limit: int | None = None,
) -> Listing[StatementAnswer]:  # fmt: skip
    for date in (since, until):
        check_date(date)
    if about is not None and not Selection(topic=about).words:
        return Listing()
    selection = Selection(
        speaker=speaker, mentions=mentions, topic=about, kind=kind, polarity=polarity, since=since, until=until,
        limit=None if text or once else limit,
    )  # fmt: skip
    keys, found = corpus.meant(selection.names)
    chosen = choose(corpus.db, selection, keys, text=text)
    total = len(chosen)
    if text is not None:
        search = TextSearch(text)
        chosen = [key for key in chosen if search.finds(spans_of(_content(corpus, key)))]
    if once:
        chosen = _first_copies(corpus, chosen)
    if text or once:
        total = len(chosen)
        chosen = chosen[:limit]
    elif limit is not None and total == limit:
        total = count(corpus.db, selection, keys)
    part = Reading(corpus.db, chosen).part([], Selection(), keys.values(), told=False)
    part.graph[FOUND] = found
    answers = query.statements(part)
    answers.total = total
    return answers


def _content(corpus: Corpus, key: int) -> str:
    content: str = corpus.db.execute("SELECT content FROM statements WHERE key = ?", (key,)).fetchone()[0]
    return content


def _first_copies(corpus: Corpus, keys: list[int]) -> list[int]:
    """The statements without those whose utterance an earlier one reports."""
    seen: set[int] = set()
    out = []
    for key in keys:
        row = corpus.db.execute("SELECT utterance FROM copies WHERE statement = ?", (key,)).fetchone()
        if row is None:
            out.append(key)
        elif row[0] not in seen:
            seen.add(row[0])
            out.append(key)
    return out


def _show(corpus: Corpus, statement: str) -> ShowAnswer:
    beginning = statement.removeprefix(f"{STATEMENT}/").lower()
    rows = corpus.db.execute(
        "SELECT id, key FROM statements WHERE id >= ? AND id < ? ORDER BY id LIMIT ?",
        (beginning, f"{beginning}~", NEAREST + 1),
    ).fetchall()
    if len(rows) != 1 or not beginning:
        raise UnknownNameError(statement, tuple(id_ for id_, _ in rows[:NEAREST]) if beginning else ())
    id_, key = rows[0]
    reading = Reading(corpus.db, [key])
    return query.show(reading.part([], Selection(texts=True), reported=f"{STATEMENT}/{id_}"), id_)


def _roles(
    corpus: Corpus,
    actor: str | None = None,
    *,
    since: str | None = None,
    until: str | None = None,
    limit: int | None = None,
) -> Any:
    if actor is None:
        return query.roles(Reading(corpus.db, []).offices(since, until, None), since=since, until=until, limit=limit)
    keys, found = corpus.meant((actor,))
    part = Reading(corpus.db, []).offices(since, until, keys[actor])
    part.graph[FOUND] = found
    return query.roles(part, actor, since=since, until=until, limit=limit)


def _timeline(
    corpus: Corpus,
    actor: str,
    *,
    since: str | None = None,
    until: str | None = None,
    topic: str | None = None,
    limit: int | None = None,
) -> Any:
    days: dict[str, Any] = {"since": since, "until": until, "topic": topic}
    selection = Selection(actors=(actor,), **days)
    selection.check()
    if limit is None or (topic is not None and not selection.words):
        return query.timeline(_around(corpus, (actor,), days), actor, **days, limit=limit)
    keys, found = corpus.meant((actor,))
    chosen = _first_copies(corpus, choose(corpus.db, selection, keys))  # the first of them stand first in time
    part = Reading(corpus.db, chosen[:limit]).part([keys[actor]], selection, keys.values())
    part.graph.update(about(selection, found))
    events = query.timeline(part, actor, **days, limit=limit)
    events.total += max(0, len(chosen) - limit)
    return events


def _actors(
    corpus: Corpus,
    *,
    since: str | None = None,
    until: str | None = None,
    topic: str | None = None,
    limit: int | None = None,
) -> Any:
    if since or until or topic is not None:
        return query.actors(corpus.graph(), since=since, until=until, topic=topic, limit=limit)
    return corpus.actors(limit)


def _topics(
    corpus: Corpus,
    *,
    since: str | None = None,
    until: str | None = None,
    topic: str | None = None,
    limit: int | None = None,
) -> Any:
    if since or until or topic is not None:
        return query.topics(corpus.graph(), since=since, until=until, topic=topic, limit=limit)
    return corpus.topics(limit)


def _who(
    corpus: Corpus,
    *,
    says_about: str | None = None,
    accuses: str | None = None,
    speaks_for: str | None = None,
    **conditions: Any,
) -> Any:
    asked: dict[str, Any] = {"says_about": says_about, "accuses": accuses, "speaks_for": speaks_for}
    if sum(name is not None for name in asked.values()) != 1:
        raise InputError("ask one thing of: who says something about, who accuses, who speaks for")
    if speaks_for is not None:
        return query.who(corpus.graph(), **asked, **conditions)
    try:
        part = _around(corpus, (says_about, accuses), conditions)
    except UnknownNameError:
        if says_about is None:
            raise
        return query.who(corpus.graph(), **asked, **conditions)
    return query.who(part, **asked, **conditions)


_OWN: dict[str, Callable[..., Any]] = {
    "actors": _actors, "neighbours": neighbours, "path": path, "roles": _roles, "show": _show, "statements": _statements, "timeline": _timeline, "topics": _topics, "who": _who,
}  # fmt: skip
