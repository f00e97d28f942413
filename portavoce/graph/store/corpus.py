"""A corpus on disk: articles come and go, each in a transaction of its own or of a few, and the corpus answers.

What the file holds of an article is its record as it was extracted. Who is who is a function of the set of articles and is
settled behind them, for those names alone that an article touches.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from portavoce.errors import InputError, RecordError
from portavoce.graph.store.opening import connect, transaction
from portavoce.ids import article_node, text_digest
from portavoce.records import Article, Reject

if TYPE_CHECKING:
    import networkx as nx

    from portavoce.graph.judgements import Judgement, Judgements
    from portavoce.graph.part import Part
    from portavoce.graph.query.answers import ActorAnswer, ActorMatch, Listing, TopicAnswer
    from portavoce.graph.resolve import Gazetteer
    from portavoce.graph.store.selection import Selection

TOGETHER = 64
"""Articles in one transaction at most: what is not written yet when the process dies."""

SOON = 0.5
"""Seconds after which what was added is written, however few articles it is."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of an article: added, or there already; told only when it is written for good."""

    article: Article
    new: bool


class Corpus:
    """A corpus in a file. Use it as a context manager, or close it."""

    def __init__(self, path: str | os.PathLike[str], *, create: bool = False) -> None:
        """Open the corpus in a file; raises `GraphFileError` when there is none and ``create`` does not ask for one."""
        self.path = os.fspath(path)
        self.db = connect(path, create=create)
        self._run: int | None = None
        self._model: str | None = None
        self._gazetteer: Gazetteer | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self.db.close()

    # -- articles come and go ------------------------------------------------------------------------------------------

    def add(
        self,
        articles: Iterable[Article],
        *,
        model: str | None = None,
        on_reject: Callable[[Reject], None] | None = None,
    ) -> Iterator[Added]:
        """Add records, and tell of each when it is written for good; a record that is there already changes nothing.

        A reference to an actor or a statement that a record does not hold, and an id that is there with another text raise
        `RecordError`, or go to ``on_reject`` when it is given. Two different records of one article are united.
        """
        self._model = model
        waiting: list[Added] = []
        since = time.monotonic()
        try:
            for article in articles:
                if not self.db.in_transaction:
                    self.db.execute("BEGIN IMMEDIATE")
                try:
                    waiting.append(Added(article, new=self._add(article)))
                except RecordError as error:
                    if on_reject is None:
                        raise
                    on_reject(Reject(stage="build", reason=str(error), id=article.id))
                    continue
                if len(waiting) >= TOGETHER or time.monotonic() - since > SOON:
                    yield from self._written(waiting)
                    since = time.monotonic()
            yield from self._written(waiting)
        finally:
            if self.db.in_transaction:
                self.db.execute("COMMIT")

    def _written(self, waiting: list[Added]) -> Iterator[Added]:
        if self.db.in_transaction:
            self.db.execute("COMMIT")
        yield from waiting
        waiting.clear()

    def _add(self, article: Article) -> bool:
        try:
            return self._add_known(article, self._known(article))
        except UnicodeEncodeError as error:
            raise RecordError(
                f"the article {article.id!r} holds half a character (a surrogate), which a corpus cannot"
            ) from error

    def _add_known(self, article: Article, known: int | None) -> bool:
        from portavoce.graph.store.packing import record_packed, source_digest
        from portavoce.graph.store.writing import write_article

        digest, record = record_packed(article)
        if known is not None:
            found = self.db.execute("SELECT 1 FROM records WHERE article = ? AND digest = ?", (known, digest))
            if found.fetchone():
                return False
        self.db.execute("SAVEPOINT article")
        try:
            if known is None:
                cursor = self.db.execute(
                    "INSERT INTO articles(node, id, text_digest, text_length, countries, run) VALUES (?, ?, ?, ?, '[]', ?)",
                    (_local(article.id), article.id, text_digest(article.text), len(article.text), self._this_run()),
                )
                known = int(cursor.lastrowid or 0)
                self.db.execute("INSERT INTO texts VALUES (?, ?)", (known, article.text))
            write_article(self.db, known, [*self._records_of(known, article.text), article])
            self.db.execute(
                "INSERT INTO records(article, digest, source, record) VALUES (?, ?, ?, ?)",
                (known, digest, source_digest(article), record),
            )
            self.db.execute("INSERT OR IGNORE INTO uncounted VALUES (?)", (known,))
            self.db.execute("UPDATE runs SET articles = articles + 1 WHERE key = ?", (self._this_run(),))
        except BaseException:
            self.db.execute("ROLLBACK TO article")
            self.db.execute("RELEASE article")
            raise
        self.db.execute("RELEASE article")
        return True

    def _known(self, article: Article) -> int | None:
        found = self.db.execute("SELECT key, text_digest FROM articles WHERE id = ?", (article.id,)).fetchone()
        if found is None:
            return None
        if found[1] != text_digest(article.text):
            raise RecordError(f"the article {article.id!r} comes with two different texts")
        return int(found[0])

    def holds(self, article: Article) -> bool:
        """Whether an article that nobody has looked at yet is there, with its statements.

        Raises `RecordError` when it is there with another text.
        """
        from portavoce.graph.store.packing import source_digest

        key = self._known(article)
        if key is None:
            return False
        found = self.db.execute("SELECT 1 FROM records WHERE article = ? AND source = ?", (key, source_digest(article)))
        return found.fetchone() is not None

    def remove(self, ids: Iterable[str]) -> int:
        """Take articles out with all that only they say, and tell how many; raises `InputError` for one that is not there."""
        from portavoce.graph.store.writing import erase_rows

        with transaction(self.db):
            keys = []
            for id_ in dict.fromkeys(ids):
                found = self.db.execute("SELECT key FROM articles WHERE id = ? OR node = ?", (id_, id_)).fetchone()
                if found is None:
                    raise InputError(f"{self.path} holds no article {id_!r}; nothing was removed")
                keys.append(found[0])
            for key in keys:
                erase_rows(self.db, key)
                self.db.execute("DELETE FROM uncounted WHERE article = ?", (key,))
                self.db.execute("DELETE FROM articles WHERE key = ?", (key,))
            self.settle()
        return len(keys)

    def _this_run(self) -> int:
        """The row of this run, made when it adds its first article."""
        if self._run is not None and self.db.execute("SELECT 1 FROM runs WHERE key = ?", (self._run,)).fetchone():
            return self._run
        from portavoce import __version__

        now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        cursor = self.db.execute(
            "INSERT INTO runs(started, version, model) VALUES (?, ?, ?)", (now, __version__, self._model)
        )
        self._run = int(cursor.lastrowid or 0)
        return self._run

    # -- what is there -------------------------------------------------------------------------------------------------

    def records(self) -> Iterator[Article]:
        """The records of all articles as they came, in the order of the articles' ids."""
        from portavoce.graph.store.packing import record_of

        rows = self.db.execute(
            "SELECT r.record, t.text, a.id FROM articles a JOIN texts t ON t.article = a.key JOIN records r ON r.article = a.key"
            " ORDER BY a.id, r.digest"
        )
        for record, text, _ in rows:
            yield record_of(record, text)

    def _records_of(self, key: int, text: str) -> list[Article]:
        from portavoce.graph.store.packing import record_of

        rows = self.db.execute("SELECT record FROM records WHERE article = ? ORDER BY digest", (key,))
        return [record_of(record, text) for (record,) in rows]

    def graph(self) -> nx.MultiDiGraph:
        """The graph of the whole corpus, the same as of its records in any other file."""
        from portavoce.graph.build import build_graph

        return build_graph(self.records(), gazetteer=self.gazetteer(), judgements=self.judgements())

    def __len__(self) -> int:
        """The number of articles."""
        return int(self.db.execute("SELECT count(*) FROM articles").fetchone()[0])

    # -- who is who ----------------------------------------------------------------------------------------------------

    def judgements(self) -> Judgements:
        """What people decided, in the order in which they did."""
        from portavoce.graph.judgements import Judgement, Judgements

        rows = self.db.execute(
            'SELECT id, "left", "right", verdict, by, "when", undoes, note FROM judgements ORDER BY key'
        )
        return Judgements(Judgement(*row) for row in rows)

    def judge(self, *lines: Judgement) -> None:
        """Add lines to the log; who is who is settled anew where they speak of it."""
        told = {line.id: line for line in self.judgements().lines}
        with transaction(self.db):
            for line in lines:
                if line.id in told:
                    continue
                self.db.execute(
                    'INSERT INTO judgements(id, "left", "right", verdict, by, "when", undoes, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
                    (line.id, line.left, line.right, line.verdict, line.by, line.when, line.undoes, line.note),
                )
                told[line.id] = line
                about = told.get(line.undoes or "", line)
                self._unsettle(about.pair)

    def _unsettle(self, references: Iterable[str]) -> None:
        for reference in references:
            self.db.execute(
                "INSERT OR IGNORE INTO unsettled SELECT key, 0 FROM forms WHERE form = ?",
                (reference.partition("@")[0],),
            )

    def gazetteer(self) -> Gazetteer:
        """The package's gazetteer with the entries that the user gave to this corpus."""
        if self._gazetteer is None:
            from portavoce.graph.resolve import Gazetteer
            from portavoce.graph.resolve.gazetteer import own_entry

            rows = self.db.execute("SELECT entry FROM gazetteer ORDER BY key").fetchall()
            own = tuple(own_entry(entry, self.path) for (entry,) in rows)
            base = Gazetteer.default()
            self._gazetteer = Gazetteer((*own, *base.entries)) if own else base
        return self._gazetteer

    def keep_gazetteer(self, gazetteer: Gazetteer) -> None:
        """Put a gazetteer's own entries in the place of those that the corpus has; all who is who is settled anew."""
        from portavoce.graph.store.packing import packed

        own = [packed(entry.to_json()) for entry in gazetteer.entries if entry.own]
        if not own or own == [e for (e,) in self.db.execute("SELECT entry FROM gazetteer ORDER BY key")]:
            return
        with transaction(self.db):
            self.db.execute("DELETE FROM gazetteer")
            self.db.executemany("INSERT OR IGNORE INTO gazetteer(entry) VALUES (?)", ((entry,) for entry in own))
            self.db.execute("INSERT OR REPLACE INTO unsettled SELECT key, 1 FROM forms")
        self._gazetteer = None

    @property
    def is_unsettled(self) -> bool:
        """Whether articles or judgements have come since who is who was settled."""
        waiting = " UNION ALL ".join(f"SELECT 1 FROM {t}" for t in ("unsettled", "uncounted", "unheard", "unnamed"))
        return self.db.execute(f"{waiting} LIMIT 1").fetchone() is not None

    def settle(self) -> None:
        """Decide who is who for the names that articles or judgements have touched since, and count anew."""
        if self.is_unsettled:
            from portavoce.graph.store.settling import Settling

            Settling(self.db, self.gazetteer(), self.judgements()).settle()

    def meant(self, names: Iterable[str]) -> tuple[dict[str, int], dict[str, ActorMatch]]:
        """The actors that names mean, by name: their keys in the tables, and how each fits; raises `UnknownNameError`."""
        found = {name: self.find_actor(name) for name in names}
        rows = {
            name: self.db.execute("SELECT key FROM actors WHERE id = ?", (m.id,)).fetchone()
            for name, m in found.items()
        }
        return {name: int(row[0]) for name, row in rows.items()}, found

    # -- questions -----------------------------------------------------------------------------------------------------

    def find_actor(self, name: str) -> ActorMatch:
        """The actor that a name means, as `portavoce.graph.query.find_actor` finds it; raises `UnknownNameError`."""
        from portavoce.graph.store.finding import find_actor

        self.settle()
        return find_actor(self.db, name)

    def select(self, selection: Selection) -> nx.MultiDiGraph:
        """The part of the graph that a selection means; questions about what it names have the same answers as of the whole."""
        return self.part(selection, whole=True).networkx()

    def part(self, selection: Selection, *, whole: bool = False) -> Part:
        """The same, as little of it as the questions need: they take it for a graph."""
        from portavoce.graph.store.selection import select

        self.settle()
        return select(self, selection, whole=whole)

    def ask(self, question: str, *args: Any, **conditions: Any) -> Any:
        """The answer to a question of `portavoce.graph.query` by its name, as over the graph: ``ask("timeline", "Peskov", limit=20)``."""
        from portavoce.graph.store.questions.asking import ask

        return ask(self, question, *args, **conditions)

    def actors(self, limit: int | None = None) -> Listing[ActorAnswer]:
        """The actors with most statements, as `portavoce.graph.query.actors` lists them."""
        found: Listing[ActorAnswer] = self.ask("actors", limit=limit)
        return found

    def topics(self, limit: int | None = None) -> Listing[TopicAnswer]:
        """The topics with most statements, as `portavoce.graph.query.topics` lists them."""
        found: Listing[TopicAnswer] = self.ask("topics", limit=limit)
        return found


def _local(article_id: str) -> str:
    return article_node(article_id).partition("/")[2]
