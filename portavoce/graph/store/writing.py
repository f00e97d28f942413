"""From an article's records to rows: what `add_article` collects between forms, table by table."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from portavoce import __version__
from portavoce.graph.build import add_article
from portavoce.graph.identity import Edge
from portavoce.graph.merge import Parts
from portavoce.graph.schema import (
    ABOUT,
    APPEARS,
    ARTICLE,
    HOLDS,
    IN,
    MENTIONS,
    RELATES,
    SAYS,
    Attributes,
    local_id,
)
from portavoce.graph.store.counting import count_articles
from portavoce.graph.store.packing import packed, span_packed, spans_packed
from portavoce.graph.store.voices import mark_voices
from portavoce.graph.utterances import SHORTEST, signature
from portavoce.ids import fold
from portavoce.records import Article

_STATEMENT = (
    "id", "article", "start", "kind", "text", "actor", "cue_lemma", "category", "polarity", "certainty", "act", "tense",
    "reported_by", "rule", "confidence", "content", "cue", "speaker", "about", "context", "topic_words", "content_words",
    "signature",
)  # fmt: skip


def write_article(db: sqlite3.Connection, key: int, records: Iterable[Article]) -> None:
    """Write the rows of an article's records in the place of those that there were.

    Raises `RecordError` before anything is written when a record points to an actor or a statement that it does not hold.
    """
    parts = Parts()
    for record in records:
        add_article(parts, record)
    nodes, edges = parts.told()
    erase_rows(db, key)
    _Rows(db, key, nodes, edges).write()


def write_run(db: sqlite3.Connection, model: str | None) -> int:
    """Write that somebody begins to add articles now, and tell the key of the row."""
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    cursor = db.execute("INSERT INTO runs(started, version, model) VALUES (?, ?, ?)", (now, __version__, model))
    return int(cursor.lastrowid or 0)


def erase_rows(db: sqlite3.Connection, key: int) -> None:
    """Take away what an article says, and remember the names and the topics that this touches."""
    forms = [form for (form,) in db.execute("SELECT form FROM appearances WHERE article = ?", (key,))]
    if not forms:
        db.execute("DELETE FROM statements WHERE article = ?", (key,))
        return
    topics = {
        t
        for (t,) in db.execute(
            "SELECT DISTINCT topic FROM about JOIN statements s ON s.key = statement WHERE s.article = ?", (key,)
        )
    }
    mark_voices(db, article=key)
    db.execute(
        "INSERT OR IGNORE INTO unnamed SELECT actor FROM appearances WHERE article = ? AND actor IS NOT NULL", (key,)
    )
    count_articles(db, [key], -1)
    db.execute(
        "DELETE FROM utterances WHERE key IN (SELECT utterance FROM copies c JOIN statements s ON s.key = c.statement WHERE s.article = ?)",
        (key,),
    )
    db.executemany("INSERT OR REPLACE INTO unsettled(form, recount) VALUES (?, 1)", ((form,) for form in forms))
    db.execute("DELETE FROM appearances WHERE article = ?", (key,))
    db.execute("DELETE FROM statements WHERE article = ?", (key,))
    _recount_topics(db, topics)


def _recount_topics(db: sqlite3.Connection, topics: Iterable[int]) -> None:
    for topic in sorted(topics):
        count, label = db.execute("SELECT count(*), min(label) FROM about WHERE topic = ?", (topic,)).fetchone()
        if count:
            db.execute("UPDATE topics SET statements = ?, label = ? WHERE key = ?", (count, label, topic))
        else:
            db.execute("DELETE FROM topics WHERE key = ?", (topic,))


class _Rows:
    def __init__(self, db: sqlite3.Connection, key: int, nodes: dict[str, Attributes], edges: list[Edge]) -> None:
        self.db, self.key, self.nodes, self.edges = db, key, nodes, edges
        self.forms: dict[str, int] = {}
        self.statements: dict[str, int] = {}
        self.day = ""

    def write(self) -> None:
        article = next(d for d in self.nodes.values() if d["kind"] == ARTICLE)
        self.day = (article["published"] or "")[:10]
        self.db.execute(
            "UPDATE articles SET title = ?, url = ?, published = ?, publisher = ?, language = ?, countries = ? WHERE key = ?",
            (
                article["title"], article["url"], article["published"], article["publisher"], article["language"],
                packed(article["countries"]), self.key,
            ),
        )  # fmt: skip
        by_kind: dict[str, list[Edge]] = {}
        for edge in self.edges:
            by_kind.setdefault(edge[3]["kind"], []).append(edge)
        self._appearances(by_kind.get(APPEARS, []))
        self._statements(by_kind.get(IN, []), by_kind.get(ABOUT, []))
        self._said(by_kind.get(SAYS, []))
        self._mentions(by_kind.get(MENTIONS, []))
        self._topics(by_kind.get(ABOUT, []))
        self._offices(by_kind.get(HOLDS, []))
        self._relations(by_kind.get(RELATES, []))

    def _form(self, node: str) -> int:
        return self.forms[local_id(node)]

    def _appearances(self, edges: list[Edge]) -> None:
        names = [edge["form"] for *_, edge in edges]
        for form in names:
            found = self.db.execute("SELECT key FROM forms WHERE form = ?", (form,)).fetchone()
            if found is None:
                self.forms[form] = int(self.db.execute("INSERT INTO forms(form) VALUES (?)", (form,)).lastrowid or 0)
            else:
                self.forms[form] = found[0]
        self.db.executemany(
            "INSERT INTO appearances(article, form, name, names, kind, wikidata, of_country, roles, evidence, day)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    self.key, self.forms[e["form"]], e["name"], packed(e["names"]), e["actor_kind"], e["wikidata"],
                    e["of_country"], packed(e["roles"]), spans_packed(e["evidence"]), self.day,
                )
                for *_, e in edges
            ),
        )  # fmt: skip
        self.db.executemany(
            "INSERT OR IGNORE INTO unsettled(form, recount) VALUES (?, 0)", ((f,) for f in self.forms.values())
        )

    def _statements(self, inside: list[Edge], about: list[Edge]) -> None:
        labels: dict[str, list[tuple[int, str]]] = {}
        for statement, topic, _, edge in about:
            labels.setdefault(statement, []).append((edge["rank"], topic))
        marks = ", ".join("?" * len(_STATEMENT))
        insert = f"INSERT INTO statements({', '.join(_STATEMENT)}) VALUES ({marks})"
        placed = sorted((self.nodes[node]["content"][0].start, node) for node, *_ in inside)
        for _, node in placed:
            d = self.nodes[node]
            ranked = [self.nodes[topic]["label"] for _, topic in sorted(labels.get(node, ()))]
            said = " ".join(span.text for span in d["content"])
            topics, content = fold(" ".join([*ranked, *d["about"]])), fold(said)
            row = (
                local_id(node), self.key, d["content"][0].start, d["quote_type"], " […] ".join(s.text for s in d["content"]),
                d["actor"], d["cue_lemma"], d["category"], d["polarity"], d["certainty"], d["act"], d["tense"], d["reported_by"],
                d["rule"], d["confidence"], spans_packed(d["content"]), span_packed(d["cue"]), span_packed(d["speaker"]),
                packed(d["about"]), packed(d["context"]), topics, content, signature(said) if len(said) >= SHORTEST else None,
            )  # fmt: skip
            self.statements[node] = int(self.db.execute(insert, row).lastrowid or 0)

    def _said(self, edges: list[Edge]) -> None:
        self.db.executemany(
            "INSERT INTO said(article, form, statement, evidence) VALUES (?, ?, ?, ?)",
            (
                (self.key, self._form(u), self.statements[v], spans_packed(e["evidence"]))
                for u, v, _, e in edges
            ),
        )  # fmt: skip

    def _mentions(self, edges: list[Edge]) -> None:
        self.db.executemany(
            "INSERT INTO mentions(article, form, statement, evidence) VALUES (?, ?, ?, ?)",
            (
                (self.key, self._form(v), self.statements.get(u, 0), spans_packed(e["evidence"]))
                for u, v, _, e in edges
            ),
        )  # fmt: skip

    def _topics(self, edges: list[Edge]) -> None:
        keys: dict[str, int] = {}
        rows: list[tuple[Any, ...]] = []
        counts: dict[int, int] = {}
        for _, topic, _, _ in edges:
            if topic not in keys:
                keys[topic] = self._topic(topic)
        for statement, topic, _, e in edges:
            label = self.nodes[topic]["label"]
            rows.append((self.statements[statement], keys[topic], e["rank"], label, spans_packed(e["evidence"])))
            counts[keys[topic]] = counts.get(keys[topic], 0) + 1
        self.db.executemany("INSERT INTO about VALUES (?, ?, ?, ?, ?)", rows)
        self.db.executemany(
            "UPDATE topics SET statements = statements + ? WHERE key = ?", ((n, key) for key, n in counts.items())
        )

    def _topic(self, node: str) -> int:
        d = self.nodes[node]
        found = self.db.execute("SELECT key, label FROM topics WHERE id = ?", (local_id(node),)).fetchone()
        if found is None:
            cursor = self.db.execute(
                "INSERT INTO topics(id, label, scheme, concept) VALUES (?, ?, ?, ?)",
                (local_id(node), d["label"], d["scheme"], d["concept"]),
            )
            return int(cursor.lastrowid or 0)
        if d["label"] < found[1]:
            self.db.execute("UPDATE topics SET label = ? WHERE key = ?", (d["label"], found[0]))
        return int(found[0])

    def _offices(self, edges: list[Edge]) -> None:
        self.db.executemany(
            "INSERT INTO offices(article, holder, body, edge, role, organization, evidence, words)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    self.key, self._form(u), self._form(v), key, e["role"], e["organization"], spans_packed(e["evidence"]),
                    _words(e),
                )
                for u, v, key, e in edges
            ),
        )  # fmt: skip

    def _relations(self, edges: list[Edge]) -> None:
        self.db.executemany(
            'INSERT INTO relations(article, source, target, edge, type, modality, "trigger", statement, reported_in, evidence, words)'
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    self.key, self._form(u), self._form(v), key, e["type"], e["modality"], span_packed(e["trigger"]),
                    e["statement"], self.statements.get(e["statement"]), spans_packed(e["evidence"]), _words(e),
                )
                for u, v, key, e in edges
            ),
        )  # fmt: skip


def _words(edge: Attributes) -> str:
    """The folded words of the evidence of a deed or an office."""
    return fold(" ".join(span.text for span in edge["evidence"]))
