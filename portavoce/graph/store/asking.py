"""Questions to a corpus: the same as to a graph, each answered from the part that it needs."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from portavoce.errors import InputError, UnknownNameError
from portavoce.graph import query
from portavoce.graph.query.answers import Listing, StatementAnswer
from portavoce.graph.query.names import FOUND, NEAREST
from portavoce.graph.query.selection import TextSearch, check_date, topic_words
from portavoce.graph.schema import HOLDS, STATEMENT
from portavoce.graph.store import doing
from portavoce.graph.store.active import actors_in
from portavoce.graph.store.choosing import SAID, choose, count
from portavoce.graph.store.connecting import neighbours, path
from portavoce.graph.store.copies import without_copies
from portavoce.graph.store.holding import count_offices, first_offices
from portavoce.graph.store.listing import topics
from portavoce.graph.store.reading import Reading
from portavoce.graph.store.relating import Relating
from portavoce.graph.store.selection import Selection, about
from portavoce.graph.store.spoken import changes, compare
from portavoce.graph.store.subjects import topics_in

if TYPE_CHECKING:
    from portavoce.graph.part import Part
    from portavoce.graph.query.answers import RelationsAnswer, ShowAnswer
    from portavoce.graph.query.who import WhoAnswer
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
        limit=None if once else limit,
    )  # fmt: skip
    keys, found = corpus.meant(selection.names)
    search = TextSearch(text) if text is not None else None
    chosen = choose(corpus.db, selection, keys, text=search)
    if once:
        chosen = without_copies(corpus.db, chosen)
    total = len(chosen)
    if once:
        chosen = chosen[:limit]
    elif limit is not None and total == limit:
        total = count(corpus.db, selection, keys, text=search)
    part = Reading(corpus.db, chosen).part([], Selection(), keys.values(), told=False)
    part.graph[FOUND] = found
    answers = query.statements(part)
    answers.total = total
    return answers


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
    days = {"since": since, "until": until}
    if actor is None and limit is not None and limit > 0:
        for date in days.values():
            check_date(date)
        reading = Reading(corpus.db, [])
        reading.tell(HOLDS, first_offices(corpus.db, since, until, limit))
        first = query.roles(reading.part([], Selection(), told=False), limit=limit)
        return Listing(first, count_offices(corpus.db, since, until))
    if actor is None:
        return query.roles(Reading(corpus.db, []).offices(since, until, None), **days, limit=limit)
    keys, found = corpus.meant((actor,))
    part = Reading(corpus.db, []).offices(since, until, keys[actor])
    part.graph[FOUND] = found
    return query.roles(part, actor, **days, limit=limit)


def _relations(
    corpus: Corpus, a: str, b: str | None = None, *, types: Collection[str] = (), since: str | None = None,
    until: str | None = None, topic: str | None = None, limit: int | None = None,
) -> RelationsAnswer:  # fmt: skip
    keys, _ = corpus.meant((a,) if b is None else (a, b))
    selection = Selection(since=since, until=until, topic=topic)
    selection.check()
    topic_words(topic)
    return Relating(corpus.db, selection, keys[a], None if b is None else keys[b]).answer(types, limit)


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
    keys, found = corpus.meant((actor,))
    selection.check()
    topic_words(topic)
    own = {key for (key,) in corpus.db.execute(SAID.format("d.statement"), (keys[actor],))}
    chosen = without_copies(corpus.db, choose(corpus.db, selection, keys), own=own)  # the first stand first in time
    part = Reading(corpus.db, chosen[:limit]).part([keys[actor]], selection, keys.values())
    part.graph.update(about(selection, found))
    events = query.timeline(part, actor, **days, limit=limit)
    events.total += len(chosen[limit:]) if limit is not None else 0
    return events


def _actors(
    corpus: Corpus,
    *,
    since: str | None = None,
    until: str | None = None,
    topic: str | None = None,
    limit: int | None = None,
) -> Any:
    for date in (since, until):
        check_date(date)
    words = topic_words(topic)
    return actors_in(corpus.db, since, until, words, limit) if since or until or words else corpus.actors(limit)


def _topics(
    corpus: Corpus,
    *,
    since: str | None = None,
    until: str | None = None,
    topic: str | None = None,
    limit: int | None = None,
) -> Any:
    for date in (since, until):
        check_date(date)
    words = topic_words(topic)
    return topics_in(corpus.db, since, until, words, limit) if since or until else topics(corpus.db, limit, words)


def _who(
    corpus: Corpus, *, says_about: str | None = None, accuses: str | None = None, speaks_for: str | None = None,
    since: str | None = None, until: str | None = None, topic: str | None = None, limit: int | None = None,
) -> Listing[WhoAnswer]:  # fmt: skip
    if sum(name is not None for name in (says_about, accuses, speaks_for)) != 1:
        raise InputError("ask one thing of: who says something about, who accuses, who speaks for")
    selection = Selection(since=since, until=until, topic=topic)
    selection.check()
    topic_words(topic)
    if speaks_for is not None:
        return doing.speaks_for(corpus.db, selection, speaks_for, limit)
    if accuses is not None:
        return doing.accuses(corpus.db, selection, accuses, limit)
    return doing.says_about(corpus.db, selection, says_about or "", limit)


_OWN: dict[str, Callable[..., Any]] = {
    "actors": _actors, "changes": changes, "compare": compare, "neighbours": neighbours, "path": path, "relations": _relations, "roles": _roles,
    "show": _show, "statements": _statements, "timeline": _timeline, "topics": _topics, "who": _who,
}  # fmt: skip
