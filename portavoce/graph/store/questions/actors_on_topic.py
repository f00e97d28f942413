"""The actors on a topic, in all days or some: all are counted, and only those that are told are described."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable

from portavoce.graph.query.answers import ActorAnswer, Because, Evidence, Listing
from portavoce.graph.query.listing import role_words
from portavoce.graph.query.spoken import Topic, most_frequent
from portavoce.graph.schema import CATEGORY, HOLDS, RELATES, ROLE, topic_node
from portavoce.graph.store.conditions import BY_DAY, Conditions
from portavoce.graph.store.opening import empty_tables
from portavoce.graph.store.packing import packed, spans_of, unpacked
from portavoce.graph.store.questions.rows import foremost
from portavoce.graph.store.questions.scope import Act, Scope

Counts = dict[int, tuple[int, int]]
"""How many statements are by each actor, and how many mention it."""

_TABLES = (
    "actors_told(actor INTEGER PRIMARY KEY)",
    "speech_told(actor INTEGER, article INTEGER, statement INTEGER, PRIMARY KEY (actor, article, statement)) WITHOUT ROWID",
    "naming_told(actor INTEGER, article INTEGER, statement INTEGER, PRIMARY KEY (actor, article, statement)) WITHOUT ROWID",
    "acts_told(actor INTEGER, article INTEGER, PRIMARY KEY (actor, article)) WITHOUT ROWID",
)
_ACTORS = "SELECT a.key, a.id, a.name, a.names, a.kind, a.wikidata, a.of_country FROM json_each(?) j CROSS JOIN actors a ON a.key = j.value"
_NAMES = "SELECT a.key, a.name, a.id FROM json_each(?) j CROSS JOIN actors a ON a.key = j.value"
_COPIES = (
    "SELECT y.actor, count(*) - count(DISTINCT c.utterance) FROM temp.speech_told y CROSS JOIN copies c ON c.statement = y.statement AND c.actor = y.actor"
    " GROUP BY y.actor"
)
_ARTICLES = "SELECT actor, count(DISTINCT article) FROM temp.speech_told GROUP BY actor"
_TOPICS = (
    "SELECT y.actor, t.label, t.id, y.n FROM (SELECT y.actor, b.topic, count(*) AS n FROM temp.speech_told y CROSS JOIN about b ON b.statement = y.statement"
    f" GROUP BY y.actor, b.topic) y CROSS JOIN topics t ON t.key = y.topic WHERE t.scheme <> '{CATEGORY}'"
)
_BECAUSE = (
    "SELECT p.actor, p.name, p.rule, p.score, count(*) FROM temp.actors_told a CROSS JOIN appearances p INDEXED BY appearances_explained ON p.actor = a.actor"
    " WHERE p.rule <> 'name'{} GROUP BY p.actor, p.name, p.rule, p.score"
)
_FIRST = (
    "SELECT y.actor, ar.key, ar.id, ar.title, ar.published FROM (SELECT actor, article FROM temp.speech_told UNION SELECT actor, article FROM temp.naming_told"
    " UNION SELECT actor, article FROM temp.acts_told) y CROSS JOIN articles ar ON ar.key = y.article"
    f" ORDER BY {BY_DAY}"
)
_PLACES = """
SELECT d.evidence FROM temp.speech_told y CROSS JOIN appearances p ON p.article = y.article AND p.actor = y.actor
    CROSS JOIN said d ON d.article = p.article AND d.form = p.form AND d.statement = y.statement WHERE y.actor = :actor AND y.article = :article
UNION ALL SELECT d.evidence FROM temp.naming_told y CROSS JOIN appearances p ON p.article = y.article AND p.actor = y.actor
    CROSS JOIN mentions d ON d.article = p.article AND d.form = p.form AND d.statement = y.statement WHERE y.actor = :actor AND y.article = :article
UNION ALL SELECT o.evidence FROM appearances p CROSS JOIN offices o ON o.article = p.article AND p.form IN (o.holder, o.body)
    CROSS JOIN temp.acts_meant a ON a.kind = 'holds' AND a.key = o.key WHERE p.article = :article AND p.actor = :actor
UNION ALL SELECT o.evidence FROM appearances p CROSS JOIN relations o ON o.article = p.article AND p.form IN (o.source, o.target)
    CROSS JOIN temp.acts_meant a ON a.kind = 'relates' AND a.key = o.key WHERE p.article = :article AND p.actor = :actor
"""


def actors_on_topic(conditions: Conditions, limit: int | None) -> Listing[ActorAnswer]:
    """The actors with most statements with words of a topic, then those most mentioned in such."""
    scope = Scope(conditions)
    scope.tell()
    offices, deeds = scope.acts(HOLDS), scope.acts(RELATES)
    counts = _counts(scope, (*offices, *deeds))
    first = _first(scope.db, counts, limit)
    return Listing(_Described(scope, first, offices, deeds).answers(counts), len(counts))


def _counts(scope: Scope, acts: Iterable[Act]) -> Counts:
    said = dict(
        scope.db.execute(
            f"SELECT actor, count(DISTINCT statement) FROM {scope.places('said')} GROUP BY actor"
        ).fetchall()
    )
    named = dict(
        scope.db.execute(
            f"SELECT actor, count(DISTINCT statement) FROM {scope.places('mentions')} GROUP BY actor"
        ).fetchall()
    )
    everybody = said.keys() | named.keys() | {actor for act in acts for actor in (act.source, act.target)}
    return {actor: (said.get(actor, 0), named.get(actor, 0)) for actor in everybody}


def _first(db: sqlite3.Connection, counts: Counts, limit: int | None) -> list[int]:
    """The first actors in order; names are looked up only of those who may be among them."""
    names = {key: told for key, *told in db.execute(_NAMES, (packed(foremost(counts, limit)),))}
    return sorted(names, key=lambda actor: (-counts[actor][0], -counts[actor][1], *names[actor]))[:limit]


class _Described:
    """Some actors with what they say and do in a scope."""

    def __init__(self, scope: Scope, asked: list[int], offices: list[Act], deeds: list[Act]) -> None:
        self.scope, self.db, self.asked = scope, scope.db, asked
        self.offices, self.deeds = offices, deeds
        empty_tables(self.db, *_TABLES)
        self.db.executemany("INSERT INTO temp.actors_told VALUES (?)", ((actor,) for actor in asked))
        insert = "INSERT OR IGNORE INTO temp.{} SELECT actor, article, statement FROM {} WHERE actor IN (SELECT actor FROM temp.actors_told)"
        self.db.execute(insert.format("speech_told", scope.places("said")))
        self.db.execute(insert.format("naming_told", scope.places("mentions")))
        known = set(asked)
        parts = {
            (actor, act.article) for act in (*offices, *deeds) for actor in (act.source, act.target) if actor in known
        }
        self.db.executemany("INSERT INTO temp.acts_told VALUES (?, ?)", parts)

    def answers(self, counts: Counts) -> list[ActorAnswer]:
        """The answers, in the order in which the actors are asked for."""
        copies, articles = dict(self.db.execute(_COPIES).fetchall()), dict(self.db.execute(_ARTICLES).fetchall())
        roles, because, topics, relations, places = (
            self._roles(),
            self._because(),
            self._topics(),
            self._relations(),
            self._first_places(),
        )
        told = {}
        for key, id_, name, names, kind, wikidata, country in self.db.execute(_ACTORS, (packed(self.asked),)):
            said, mentioned = counts[key]
            told[key] = ActorAnswer(
                id=id_, name=name, names=tuple(unpacked(names)), kind=kind, wikidata=wikidata, of_country=country, statements=said,
                utterances=said - copies.get(key, 0), mentioned=mentioned, articles=articles.get(key, 0), roles=tuple(sorted(roles[key])),
                because=tuple(sorted(because[key], key=lambda b: (-b.articles, b.name, b.rule, b.score))),
                relations=relations[key], topics=most_frequent(topics[key]), evidence=places.get(key),
            )  # fmt: skip
        return [told[key] for key in self.asked]

    def _roles(self) -> dict[int, set[str]]:
        known = set(self.asked)
        held = [office for office in self.offices if office.source in known]
        names = {key: name for key, name, _ in self.db.execute(_NAMES, (packed([o.target for o in held]),))}
        out: dict[int, set[str]] = defaultdict(set)
        for office in held:
            own = office.source == office.target
            out[office.source].add(role_words(office.what, names[office.target], own=own))
        return out

    def _because(self) -> dict[int, list[Because]]:
        out: dict[int, list[Because]] = defaultdict(list)
        conditions = self.scope.conditions
        for actor, *told in self.db.execute(_BECAUSE.format(conditions.on("p.day")), conditions.values):
            out[actor].append(Because(*told))
        return out

    def _relations(self) -> Counter[int]:
        """How many deeds each has a part in; an office stands for the deed that says the same."""
        held = {(office.source, office.target) for office in self.offices}
        out: Counter[int] = Counter()
        for deed in self.deeds:
            if deed.what != ROLE or (deed.source, deed.target) not in held:
                out.update({deed.source, deed.target})
        return out

    def _topics(self) -> dict[int, Counter[Topic]]:
        out: dict[int, Counter[Topic]] = defaultdict(Counter)
        for actor, label, id_, n in self.db.execute(_TOPICS):
            out[actor][Topic(label, topic_node(id_))] = n
        return out

    def _first_places(self) -> dict[int, Evidence]:
        """The first place where each speaks, is named, or has a part in something, by the days of the articles."""
        out: dict[int, Evidence] = {}
        for actor, article, id_, title, day in self.db.execute(_FIRST).fetchall():
            if actor not in out:
                rows = self.db.execute(_PLACES, {"actor": actor, "article": article})
                out[actor] = Evidence(id_, title, day, min(spans_of(evidence)[:1] for (evidence,) in rows))
        return out
