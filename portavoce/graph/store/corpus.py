"""A corpus on disk: articles come and go, each in a transaction of its own or of a few, and the corpus answers.

What the file holds of an article is its record as it was extracted. Who is who is a function of the set of articles and is
settled behind them, for those names alone that an article touches.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from portavoce.errors import InputError, RecordError
from portavoce.graph.schema import local_id
from portavoce.graph.store.opening import connect, transaction
from portavoce.graph.store.who_is_who import WhoIsWho
from portavoce.ids import article_node, text_digest
from portavoce.records import Article, Reject

if TYPE_CHECKING:
    import networkx as nx

    from portavoce.graph.part import Part
    from portavoce.graph.query.answers import ActorAnswer, Listing, TopicAnswer
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


class Corpus(WhoIsWho):
    """A corpus in a file. Use it as a context manager, or close it."""

    def __init__(self, path: str | os.PathLike[str], *, create: bool = False) -> None:
        """Open the corpus in a file; raises `GraphFileError` when there is none and ``create`` does not ask for one."""
        self.path = os.fspath(path)
        self.db = connect(path, create=create)
        self._run: int | None = None
        self._model: str | None = None

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
        from portavoce.graph.store.packing import record_packed, records_of, source_digest
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
                    (
                        local_id(article_node(article.id)),
                        article.id,
                        text_digest(article.text),
                        len(article.text),
                        self._this_run(),
                    ),
                )
                known = int(cursor.lastrowid or 0)
                self.db.execute("INSERT INTO texts VALUES (?, ?)", (known, article.text))
            write_article(self.db, known, [*records_of(self.db, known, article.text), article])
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
        there = "SELECT 1 FROM runs WHERE key = ?"
        if self._run is None or self.db.execute(there, (self._run,)).fetchone() is None:
            from portavoce.graph.store.writing import write_run

            self._run = write_run(self.db, self._model)
        return self._run

    # -- what is there -------------------------------------------------------------------------------------------------

    def records(self) -> Iterator[Article]:
        """The records of all articles as they came, in the order of the articles' ids."""
        from portavoce.graph.store.packing import record_of

        each = "SELECT r.record, t.text FROM articles a JOIN texts t ON t.article = a.key JOIN records r ON r.article = a.key"
        for record, text in self.db.execute(f"{each} ORDER BY a.id, r.digest"):
            yield record_of(record, text)

    def graph(self) -> nx.MultiDiGraph:
        """The graph of the whole corpus, the same as of its records in any other file."""
        from portavoce.graph.build import build_graph

        return build_graph(self.records(), gazetteer=self.gazetteer(), judgements=self.judgements())

    def __len__(self) -> int:
        """The number of articles."""
        return int(self.db.execute("SELECT count(*) FROM articles").fetchone()[0])

    # -- questions -----------------------------------------------------------------------------------------------------

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
