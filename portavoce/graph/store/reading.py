"""From rows back to a graph: some statements with their articles, actors, topics and copies, as the whole graph has them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING

from portavoce.graph.part import Lazy, Part
from portavoce.graph.places import place_of
from portavoce.graph.query.selection import begin, within
from portavoce.graph.schema import (
    ABOUT,
    ACTOR,
    APPEARS,
    ARTICLE,
    COPY,
    ELSEWHERE,
    HOLDS,
    IN,
    MENTIONS,
    RELATES,
    SAYS,
    STATEMENT,
    TOPIC,
    UTTERANCE,
    Attributes,
    appears_key,
)
from portavoce.graph.store.packing import span_of, spans_of, unpacked

if TYPE_CHECKING:
    from portavoce.graph.store.selection import Selection

EdgeName = tuple[str, str, str]

_STATEMENTS = """
SELECT s.key, s.id, ar.node, s.kind, s.content, s.cue, s.cue_lemma, s.speaker, s.actor, s.about, s.category, s.polarity, s.certainty,
    s.act, s.tense, s.reported_by, s.rule, s.confidence, ar.language, s.context
FROM temp.chosen c CROSS JOIN statements s ON s.key = c.statement CROSS JOIN articles ar ON ar.key = s.article
"""
_ARTICLES = """
SELECT ar.key, ar.node, ar.id, ar.title, ar.url, ar.published, ar.publisher, ar.language, ar.text_digest, ar.text_length, {text}, ar.countries
FROM articles ar WHERE ar.key IN (SELECT article FROM temp.around)
"""
_SAID = """
SELECT s.id, f.form, p.actor, d.evidence FROM temp.chosen c CROSS JOIN said d ON d.statement = c.statement CROSS JOIN statements s ON s.key = c.statement
CROSS JOIN appearances p ON p.article = d.article AND p.form = d.form CROSS JOIN forms f ON f.key = d.form
"""
_MENTIONS = """
SELECT s.id, f.form, p.actor, m.evidence FROM temp.chosen c CROSS JOIN mentions m ON m.statement = c.statement AND m.statement > 0
CROSS JOIN statements s ON s.key = c.statement CROSS JOIN appearances p ON p.article = m.article AND p.form = m.form CROSS JOIN forms f ON f.key = m.form
"""
_ABOUT = """
SELECT s.id, t.id, t.label, t.scheme, t.concept, b.rank, b.evidence FROM temp.chosen c CROSS JOIN about b ON b.statement = c.statement
CROSS JOIN statements s ON s.key = c.statement CROSS JOIN topics t ON t.key = b.topic
"""
_COPIES = """
SELECT u.id, f.id, u.copies, s.words, s.id, s.content, ar.published FROM (SELECT DISTINCT p.utterance FROM temp.chosen c CROSS JOIN copies p ON p.statement = c.statement) x
CROSS JOIN utterances u ON u.key = x.utterance CROSS JOIN statements f ON f.key = u.first CROSS JOIN copies p ON p.utterance = u.key CROSS JOIN statements s ON s.key = p.statement
CROSS JOIN articles ar ON ar.key = s.article
"""
_OFFICES = """
SELECT o.edge, o.role, o.organization, o.evidence, ar.node, ar.published, h.actor, b.actor, hf.form, bf.form FROM offices o
CROSS JOIN articles ar ON ar.key = o.article CROSS JOIN appearances h ON h.article = o.article AND h.form = o.holder
CROSS JOIN appearances b ON b.article = o.article AND b.form = o.body CROSS JOIN forms hf ON hf.key = o.holder CROSS JOIN forms bf ON bf.key = o.body
WHERE o.key IN (SELECT key FROM temp.told WHERE kind = 'holds')
"""
_RELATIONS = """
SELECT r.edge, r.type, r.modality, r."trigger", r.statement, r.evidence, ar.node, s.actor, t.actor, sf.form, tf.form FROM relations r
CROSS JOIN articles ar ON ar.key = r.article CROSS JOIN appearances s ON s.article = r.article AND s.form = r.source
CROSS JOIN appearances t ON t.article = r.article AND t.form = r.target CROSS JOIN forms sf ON sf.key = r.source CROSS JOIN forms tf ON tf.key = r.target
WHERE r.key IN (SELECT key FROM temp.told WHERE kind = 'relates')
"""


class Reading:
    """Reads the surroundings of some statements."""

    def __init__(self, db: sqlite3.Connection, statements: Iterable[int]) -> None:
        self.db = db
        for table in (
            "chosen(statement INTEGER PRIMARY KEY)",
            "around(article INTEGER PRIMARY KEY)",
            "told(key INTEGER, kind TEXT, PRIMARY KEY (key, kind))",
        ):
            db.execute(f"CREATE TABLE IF NOT EXISTS temp.{table}")
            db.execute(f"DELETE FROM temp.{table.partition('(')[0]}")
        db.executemany("INSERT INTO temp.chosen VALUES (?)", ((s,) for s in statements))
        db.execute(
            "INSERT OR IGNORE INTO temp.around SELECT s.article FROM temp.chosen c CROSS JOIN statements s ON s.key = c.statement"
        )
        self.nodes: dict[str, Attributes] = {}
        self.edges: dict[EdgeName, Attributes] = {}
        self.actors: dict[int, str] = {}

    def part(
        self,
        asked: list[int],
        selection: Selection,
        meant: Iterable[int] = (),
        *,
        told: bool = True,
        whole: bool = False,
        reported: str | None = None,
    ) -> Part:
        """The part of the graph around the statements.

        ``asked`` are the actors that the selection names: their deeds and offices belong to it, unless nothing is ``told`` or only
        the deeds that one statement ``reported``. Those who are ``meant`` stand in it even where nothing leads to them. The
        ``whole`` of it has also how the articles know their actors, which no question asks.
        """
        if reported is not None:
            self.db.execute(
                "INSERT INTO temp.told SELECT key, 'relates' FROM relations WHERE statement = ?", (reported,)
            )
        elif told:
            self._tell(asked, selection)
        self._statements()
        self._copies(selection)
        self._told(selection.words if asked else [])
        if whole:
            self._appearances(asked)
        self._articles(texts=selection.texts)
        for key in meant:
            self._actor(key)
        return Part(self.nodes, self.edges)

    def tell(self, kind: str, keys: Iterable[int]) -> None:
        """Have the part hold some deeds (``RELATES``) or offices (``HOLDS``), by their keys."""
        self.db.executemany("INSERT OR IGNORE INTO temp.told VALUES (?, ?)", ((key, kind) for key in keys))

    def _actor(self, key: int) -> str:
        node = self.actors.get(key)
        if node is None:
            id_, name, names, kind, wikidata, country = self.db.execute(
                "SELECT id, name, names, kind, wikidata, of_country FROM actors WHERE key = ?", (key,)
            ).fetchone()
            node = self.actors[key] = f"{ACTOR}/{id_}"
            self.nodes[node] = {
                "kind": ACTOR, "names": tuple(unpacked(names)), "name": name, "actor_kind": kind, "wikidata": wikidata,
                "of_country": country,
            }  # fmt: skip
        return node

    def _edge(self, source: str, target: str, key: str, edge: Attributes) -> None:
        there = self.edges.get((source, target, key))
        if there is None:
            self.edges[source, target, key] = edge
            return
        for name in ("evidence", "forms"):  # an actor under two forms in one place
            there[name] = tuple(sorted({*there[name], *edge[name]}))

    def _statements(self) -> None:
        for row in self.db.execute(_STATEMENTS).fetchall():
            (_, id_, article, kind, content, cue, lemma, speaker, actor, about, category, polarity, certainty, act, tense,
             reported_by, rule, confidence, language, context) = row  # fmt: skip
            node = f"{STATEMENT}/{id_}"
            self.nodes[node] = Lazy({
                "kind": STATEMENT, "quote_type": kind, "cue_lemma": lemma, "actor": actor, "category": category,
                "polarity": polarity, "certainty": certainty, "act": act, "tense": tense, "reported_by": reported_by, "rule": rule,
                "confidence": confidence, "language": language,
            }, {"content": (spans_of, content), "cue": (span_of, cue), "speaker": (span_of, speaker), "about": (_tuple, about), "context": (_pairs, context)})  # fmt: skip
            self._edge(node, f"{ARTICLE}/{article}", IN, Lazy({"kind": IN}, {"evidence": (spans_of, content)}))
        for id_, form, actor, evidence in self.db.execute(_SAID).fetchall():
            edge = Lazy({"kind": SAYS}, {"evidence": (spans_of, evidence), "forms": (_forms, (form, evidence))})
            self._edge(self._actor(actor), f"{STATEMENT}/{id_}", SAYS, edge)
        for id_, form, actor, evidence in self.db.execute(_MENTIONS).fetchall():
            self._mention(f"{STATEMENT}/{id_}", form, actor, evidence)
        for id_, topic, label, scheme, concept, rank, evidence in self.db.execute(_ABOUT).fetchall():
            node = f"{TOPIC}/{topic}"
            if node not in self.nodes:
                self.nodes[node] = {"kind": TOPIC, "label": label, "scheme": scheme, "concept": concept}
            self._edge(
                f"{STATEMENT}/{id_}",
                node,
                ABOUT,
                Lazy({"kind": ABOUT, "rank": rank}, {"evidence": (spans_of, evidence)}),
            )

    def _mention(self, source: str, form: str, actor: int, evidence: str) -> None:
        edge = Lazy({"kind": MENTIONS}, {"evidence": (spans_of, evidence), "forms": (_forms, (form, evidence))})
        self._edge(source, self._actor(actor), MENTIONS, edge)

    def _copies(self, selection: Selection) -> None:
        dated, topic = selection.since or selection.until, selection.words
        for utterance, first, copies, words, id_, content, day in self.db.execute(_COPIES).fetchall():
            if dated and not within(day, selection.since, selection.until):
                continue
            if topic and not begin(topic, (words,)):
                continue
            node, statement = f"{UTTERANCE}/{utterance}", f"{STATEMENT}/{id_}"
            if (node, statement, COPY) in self.edges:  # of several who say it together
                continue
            self.nodes[node] = {"kind": UTTERANCE, "first": f"{STATEMENT}/{first}", "copies": copies}
            self.nodes.setdefault(statement, {"kind": ELSEWHERE})
            self._edge(node, statement, COPY, Lazy({"kind": COPY}, {"evidence": (spans_of, content)}))

    def _tell(self, asked: list[int], selection: Selection) -> None:
        """Note the deeds and offices of the actors asked for, in the days asked for; without any, those of the articles around."""
        for table, ends in (("offices", ("holder", "body")), ("relations", ("source", "target"))):
            kind = HOLDS if table == "offices" else RELATES
            if not asked:
                self.db.execute(
                    f"INSERT INTO temp.told SELECT key, '{kind}' FROM {table} WHERE article IN (SELECT article FROM temp.around)"
                )
                continue
            days = [(date, sign) for date, sign in ((selection.since, ">="), (selection.until, "<=")) if date]
            when = "".join(
                f" AND ar.published <> '' AND substr(ar.published, 1, {len(date)}) {sign} ?" for date, sign in days
            )
            for end in ends:
                for actor in asked:
                    self.db.execute(
                        f"INSERT OR IGNORE INTO temp.told SELECT o.key, '{kind}' FROM appearances p CROSS JOIN {table} o ON o.article = p.article AND o.{end} = p.form"
                        f" JOIN articles ar ON ar.key = p.article WHERE p.actor = ?{when}",
                        (actor, *(date for date, _ in days)),
                    )

    def _told(self, words: list[str]) -> None:
        for key, role, organization, evidence, article, day, holder, body, form, body_form in self.db.execute(
            _OFFICES
        ).fetchall():
            if words and not begin(words, (span.text for span in spans_of(evidence))):
                continue
            self._edge(self._actor(holder), self._actor(body), key, {
                "kind": HOLDS, "form": form, "body_form": body_form, "role": role, "organization": organization,
                "article": f"{ARTICLE}/{article}", "observed": day, "evidence": spans_of(evidence),
            })  # fmt: skip
        for key, type_, modality, trigger, statement, evidence, article, source, target, form, other in self.db.execute(
            _RELATIONS
        ).fetchall():
            if words and not (
                begin(words, (span.text for span in spans_of(evidence))) or self._is_about(statement, words)
            ):
                continue
            self._edge(self._actor(source), self._actor(target), key, {
                "kind": RELATES, "source_form": form, "target_form": other, "type": type_, "modality": modality, "trigger": span_of(trigger),
                "article": f"{ARTICLE}/{article}", "statement": statement, "evidence": spans_of(evidence),
            })  # fmt: skip

    def _is_about(self, statement: str | None, words: list[str]) -> bool:
        """Whether each word begins a word of a statement's topics or content."""
        id_ = (statement or "").partition("/")[2]
        row = self.db.execute("SELECT words FROM statements WHERE id = ?", (id_,)).fetchone() if id_ else None
        return row is not None and begin(words, row)

    def offices(self, since: str | None, until: str | None, actor: int | None) -> Part:
        """All offices of some days, or those that an actor holds or that are held there; for a country, at its bodies too."""
        days = [(date, sign) for date, sign in ((since, ">="), (until, "<=")) if date]
        when = "".join(
            f" AND ar.published <> '' AND substr(ar.published, 1, {len(date)}) {sign} ?" for date, sign in days
        )
        values = [date for date, _ in days]
        if actor is None:
            self.db.execute(
                f"INSERT INTO temp.told SELECT o.key, 'holds' FROM offices o JOIN articles ar ON ar.key = o.article WHERE 1{when}",
                values,
            )
        for key in [] if actor is None else self._bodies(actor):
            for end in ("holder", "body"):
                self.db.execute(
                    f"INSERT OR IGNORE INTO temp.told SELECT o.key, 'holds' FROM appearances p CROSS JOIN offices o ON o.article = p.article AND o.{end} = p.form"
                    f" JOIN articles ar ON ar.key = p.article WHERE p.actor = ?{when}",
                    (key, *values),
                )
            self._actor(key)
        self._told([])
        self._articles(texts=False)
        return Part(self.nodes, self.edges)

    def _bodies(self, actor: int) -> list[int]:
        """An actor, and for a country all that is known to be its own, persons aside."""
        kind, names = self.db.execute("SELECT kind, names FROM actors WHERE key = ?", (actor,)).fetchone()
        if kind != "country":
            return [actor]
        own = {
            key
            for name in unpacked(names)
            for (key,) in self.db.execute(
                "SELECT key FROM actors WHERE of_country = ? AND kind NOT IN ('person', 'unknown', 'group')", (name,)
            )
        }
        return sorted({actor, *own})

    def _appearances(self, asked: list[int]) -> None:
        """How the articles around know the actors asked for, or all."""
        only = f" AND p.actor IN ({', '.join(map(str, asked))})" if asked else ""
        rows = self.db.execute(
            "SELECT ar.node, f.form, p.actor, p.name, p.names, p.kind, p.wikidata, p.of_country, p.roles, p.evidence, p.rule, p.score"
            " FROM temp.around x CROSS JOIN appearances p ON p.article = x.article CROSS JOIN articles ar ON ar.key = x.article"
            f" JOIN forms f ON f.key = p.form WHERE 1{only}"
        ).fetchall()
        for node, form, actor, name, names, kind, wikidata, country, roles, evidence, rule, score in rows:
            self._edge(self._actor(actor), f"{ARTICLE}/{node}", appears_key(form), {
                "kind": APPEARS, "form": form, "name": name, "names": tuple(unpacked(names)), "actor_kind": kind, "wikidata": wikidata,
                "of_country": country, "roles": tuple(unpacked(roles)), "evidence": spans_of(evidence), "rule": rule, "score": score,
            })  # fmt: skip
        rows = self.db.execute(
            "SELECT ar.node, f.form, p.actor, m.evidence FROM temp.around x CROSS JOIN appearances p ON p.article = x.article"
            " CROSS JOIN mentions m ON m.article = p.article AND m.form = p.form AND m.statement = 0 JOIN articles ar ON ar.key = x.article"
            f" JOIN forms f ON f.key = p.form WHERE 1{only}"
        ).fetchall()
        for node, form, actor, evidence in rows:
            self._mention(f"{ARTICLE}/{node}", form, actor, evidence)

    def _articles(self, *, texts: bool) -> None:
        """The articles of the statements, and those that tell of the deeds and offices."""
        told = "SELECT o.article FROM temp.told x CROSS JOIN {} o ON o.key = x.key AND x.kind = ?"
        for table, kind in (("offices", HOLDS), ("relations", RELATES)):
            self.db.execute(f"INSERT OR IGNORE INTO temp.around {told.format(table)}", (kind,))
        articles = _ARTICLES.format(text="(SELECT text FROM texts t WHERE t.article = ar.key)" if texts else "NULL")
        for _, node, id_, title, url, day, publisher, language, digest, length, text, countries in self.db.execute(
            articles
        ).fetchall():
            self.nodes[f"{ARTICLE}/{node}"] = {
                "kind": ARTICLE, "id": id_, "title": title, "url": url, "published": day, "publisher": publisher, "language": language,
                "text_digest": digest, "text_length": length, "text": text, "countries": tuple(unpacked(countries)),
            }  # fmt: skip


def _tuple(column: str) -> tuple[str, ...]:
    return tuple(unpacked(column))


def _pairs(column: str) -> tuple[tuple[str, str], ...]:
    return tuple((before, after) for before, after in unpacked(column))


def _forms(columns: tuple[str, str]) -> tuple[str, ...]:
    form, evidence = columns
    return tuple(sorted(place_of(form, span) for span in spans_of(evidence)))
