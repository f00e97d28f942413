"""From rows back to a graph: some statements with their articles, actors, topics and copies, as the whole graph has them."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable

from portavoce.graph.part import Lazy, Part
from portavoce.graph.schema import (
    ABOUT,
    APPEARS,
    ARTICLE,
    COPY,
    ELSEWHERE,
    HOLDS,
    IN,
    RELATES,
    SAYS,
    STATEMENT,
    TOPIC,
    UTTERANCE,
    appears_key,
)
from portavoce.graph.store.acts import ACTS, ActTable
from portavoce.graph.store.assembling import Assembly
from portavoce.graph.store.conditions import Conditions
from portavoce.graph.store.opening import empty_tables
from portavoce.graph.store.packing import span_of, spans_of, unpacked

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
SELECT u.id, f.id, u.copies, s.id, s.content FROM (SELECT DISTINCT p.utterance FROM temp.chosen c CROSS JOIN copies p ON p.statement = c.statement) x
CROSS JOIN utterances u ON u.key = x.utterance CROSS JOIN statements f ON f.key = u.first CROSS JOIN copies p ON p.utterance = u.key CROSS JOIN statements s ON s.key = p.statement
CROSS JOIN articles ar ON ar.key = s.article WHERE 1{conditions}
"""
_OFFICES = """
SELECT o.edge, o.role, o.organization, o.evidence, ar.node, ar.published, h.actor, b.actor, hf.form, bf.form FROM offices o
CROSS JOIN articles ar ON ar.key = o.article CROSS JOIN appearances h ON h.article = o.article AND h.form = o.holder
CROSS JOIN appearances b ON b.article = o.article AND b.form = o.body CROSS JOIN forms hf ON hf.key = o.holder CROSS JOIN forms bf ON bf.key = o.body
WHERE o.key IN (SELECT key FROM temp.told WHERE kind = 'holds')
"""
_AROUND = "INSERT INTO temp.told SELECT key, '{acts.kind}' FROM {acts.table} WHERE article IN (SELECT article FROM temp.around)"
_OF_ACTOR = """
INSERT OR IGNORE INTO temp.told SELECT o.key, '{acts.kind}' FROM appearances p CROSS JOIN {acts.table} o ON o.article = p.article AND o.{end} = p.form
CROSS JOIN articles ar ON ar.key = p.article WHERE p.actor = :actor{conditions}
"""
_RELATIONS = """
SELECT r.edge, r.type, r.modality, r."trigger", r.statement, r.evidence, ar.node, s.actor, t.actor, sf.form, tf.form FROM relations r
CROSS JOIN articles ar ON ar.key = r.article CROSS JOIN appearances s ON s.article = r.article AND s.form = r.source
CROSS JOIN appearances t ON t.article = r.article AND t.form = r.target CROSS JOIN forms sf ON sf.key = r.source CROSS JOIN forms tf ON tf.key = r.target
WHERE r.key IN (SELECT key FROM temp.told WHERE kind = 'relates')
"""


class Reading:
    """Reads some statements with what stands around them, and the deeds and offices that it is told to read."""

    def __init__(
        self, db: sqlite3.Connection, statements: Iterable[int] = (), conditions: Conditions | None = None
    ) -> None:
        """Only copies of the statements that meet the conditions are read with them."""
        self.db, self._conditions, self._part = db, conditions or Conditions(db), Assembly(db)
        empty_tables(
            db,
            "chosen(statement INTEGER PRIMARY KEY)",
            "around(article INTEGER PRIMARY KEY)",
            "told(key INTEGER, kind TEXT, PRIMARY KEY (key, kind))",
        )
        db.executemany("INSERT INTO temp.chosen VALUES (?)", ((s,) for s in statements))
        db.execute(
            "INSERT OR IGNORE INTO temp.around SELECT s.article FROM temp.chosen c CROSS JOIN statements s ON s.key = c.statement"
        )

    def tell(self, kind: str, keys: Iterable[int]) -> None:
        """Have the part hold some deeds (``RELATES``) or offices (``HOLDS``), by their keys."""
        self.db.executemany("INSERT OR IGNORE INTO temp.told VALUES (?, ?)", ((key, kind) for key in keys))

    def tell_around(self) -> None:
        """Have it hold the deeds and offices of which the articles of the statements tell."""
        for acts in ACTS.values():
            self.db.execute(_AROUND.format(acts=acts))

    def tell_of(self, acts: ActTable, actors: Iterable[int]) -> None:
        """Have it hold the deeds or offices of some actors that meet the conditions."""
        meets = self._conditions.days + self._conditions.of_acts(acts, "o")
        for actor in actors:
            for end in acts.ends:
                query = _OF_ACTOR.format(acts=acts, end=end, conditions=meets)
                self.db.execute(query, {**self._conditions.values, "actor": actor})

    def tell_reported(self, statement: str) -> None:
        """Have it hold the deeds of which a statement tells, by its node."""
        deeds = f"SELECT key, '{RELATES}' FROM relations WHERE statement = ?"
        self.db.execute(f"INSERT INTO temp.told {deeds}", (statement,))

    def part(self, meant: Iterable[int] = (), *, texts: bool = False) -> Part:
        """What is read, as a part of the graph; those who are ``meant`` stand in it even where nothing leads to them."""
        self._statements()
        self._copies()
        self._told()
        self._articles(texts=texts)
        for key in meant:
            self._part.actor(key)
        return self._part.part()

    def _statements(self) -> None:
        for row in self.db.execute(_STATEMENTS).fetchall():
            (_, id_, article, kind, content, cue, lemma, speaker, actor, about, category, polarity, certainty, act, tense,
             reported_by, rule, confidence, language, context) = row  # fmt: skip
            node = f"{STATEMENT}/{id_}"
            self._part.nodes[node] = Lazy({
                "kind": STATEMENT, "quote_type": kind, "cue_lemma": lemma, "actor": actor, "category": category,
                "polarity": polarity, "certainty": certainty, "act": act, "tense": tense, "reported_by": reported_by, "rule": rule,
                "confidence": confidence, "language": language,
            }, {"content": (spans_of, content), "cue": (span_of, cue), "speaker": (span_of, speaker), "about": (_tuple, about), "context": (_pairs, context)})  # fmt: skip
            self._part.edge(node, f"{ARTICLE}/{article}", IN, Lazy({"kind": IN}, {"evidence": (spans_of, content)}))
        for id_, form, actor, evidence in self.db.execute(_SAID).fetchall():
            edge = self._part.spoken(SAYS, form, evidence)
            self._part.edge(self._part.actor(actor), f"{STATEMENT}/{id_}", SAYS, edge)
        for id_, form, actor, evidence in self.db.execute(_MENTIONS).fetchall():
            self._part.mention(f"{STATEMENT}/{id_}", form, actor, evidence)
        for id_, topic, label, scheme, concept, rank, evidence in self.db.execute(_ABOUT).fetchall():
            node = f"{TOPIC}/{topic}"
            if node not in self._part.nodes:
                self._part.nodes[node] = {"kind": TOPIC, "label": label, "scheme": scheme, "concept": concept}
            self._part.edge(
                f"{STATEMENT}/{id_}",
                node,
                ABOUT,
                Lazy({"kind": ABOUT, "rank": rank}, {"evidence": (spans_of, evidence)}),
            )

    def _copies(self) -> None:
        query = _COPIES.format(conditions=self._conditions.days + self._conditions.begin("s"))
        for utterance, first, copies, id_, content in self.db.execute(query, self._conditions.values).fetchall():
            node, statement = f"{UTTERANCE}/{utterance}", f"{STATEMENT}/{id_}"
            if self._part.has_edge(node, statement, COPY):  # of several who say it together
                continue
            self._part.nodes[node] = {"kind": UTTERANCE, "first": f"{STATEMENT}/{first}", "copies": copies}
            self._part.nodes.setdefault(statement, {"kind": ELSEWHERE})
            self._part.edge(node, statement, COPY, Lazy({"kind": COPY}, {"evidence": (spans_of, content)}))

    def _told(self) -> None:
        for key, role, organization, evidence, article, day, holder, body, form, body_form in self.db.execute(
            _OFFICES
        ).fetchall():
            self._part.edge(self._part.actor(holder), self._part.actor(body), key, {
                "kind": HOLDS, "form": form, "body_form": body_form, "role": role, "organization": organization,
                "article": f"{ARTICLE}/{article}", "observed": day, "evidence": spans_of(evidence),
            })  # fmt: skip
        for key, type_, modality, trigger, statement, evidence, article, source, target, form, other in self.db.execute(
            _RELATIONS
        ).fetchall():
            self._part.edge(self._part.actor(source), self._part.actor(target), key, {
                "kind": RELATES, "source_form": form, "target_form": other, "type": type_, "modality": modality, "trigger": span_of(trigger),
                "article": f"{ARTICLE}/{article}", "statement": statement, "evidence": spans_of(evidence),
            })  # fmt: skip

    def read_appearances(self, asked: Collection[int]) -> None:
        """How the articles around know the actors asked for, or all."""
        only = f" AND p.actor IN ({', '.join(map(str, asked))})" if asked else ""
        rows = self.db.execute(
            "SELECT ar.node, f.form, p.actor, p.name, p.names, p.kind, p.wikidata, p.of_country, p.roles, p.evidence, p.rule, p.score"
            " FROM temp.around x CROSS JOIN appearances p ON p.article = x.article CROSS JOIN articles ar ON ar.key = x.article"
            f" JOIN forms f ON f.key = p.form WHERE 1{only}"
        ).fetchall()
        for node, form, actor, name, names, kind, wikidata, country, roles, evidence, rule, score in rows:
            self._part.edge(self._part.actor(actor), f"{ARTICLE}/{node}", appears_key(form), {
                "kind": APPEARS, "form": form, "name": name, "names": tuple(unpacked(names)), "actor_kind": kind, "wikidata": wikidata,
                "of_country": country, "roles": tuple(unpacked(roles)), "evidence": spans_of(evidence), "rule": rule, "score": score,
            })  # fmt: skip
        rows = self.db.execute(
            "SELECT ar.node, f.form, p.actor, m.evidence FROM temp.around x CROSS JOIN appearances p ON p.article = x.article"
            " CROSS JOIN mentions m ON m.article = p.article AND m.form = p.form AND m.statement = 0 JOIN articles ar ON ar.key = x.article"
            f" JOIN forms f ON f.key = p.form WHERE 1{only}"
        ).fetchall()
        for node, form, actor, evidence in rows:
            self._part.mention(f"{ARTICLE}/{node}", form, actor, evidence)

    def _articles(self, *, texts: bool) -> None:
        """The articles of the statements, and those that tell of the deeds and offices."""
        told = "SELECT o.article FROM temp.told x CROSS JOIN {} o ON o.key = x.key AND x.kind = ?"
        for kind, acts in ACTS.items():
            self.db.execute(f"INSERT OR IGNORE INTO temp.around {told.format(acts.table)}", (kind,))
        articles = _ARTICLES.format(text="(SELECT text FROM texts t WHERE t.article = ar.key)" if texts else "NULL")
        for _, node, id_, title, url, day, publisher, language, digest, length, text, countries in self.db.execute(
            articles
        ).fetchall():
            self._part.nodes[f"{ARTICLE}/{node}"] = {
                "kind": ARTICLE, "id": id_, "title": title, "url": url, "published": day, "publisher": publisher, "language": language,
                "text_digest": digest, "text_length": length, "text": text, "countries": tuple(unpacked(countries)),
            }  # fmt: skip


def _tuple(column: str) -> tuple[str, ...]:
    return tuple(unpacked(column))


def _pairs(column: str) -> tuple[tuple[str, str], ...]:
    return tuple((before, after) for before, after in unpacked(column))
