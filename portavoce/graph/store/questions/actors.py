"""`actors` from a corpus: a page of them, of all days or some, from the tables that are kept up; those on a topic from what is said on it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from portavoce.graph.query.answers import ActorAnswer, Because, Evidence, Listing
from portavoce.graph.query.listing import role_words
from portavoce.graph.query.spoken import TOPICS, Topic, most_frequent
from portavoce.graph.schema import topic_node
from portavoce.graph.store.conditions import Conditions
from portavoce.graph.store.packing import packed, spans_of, unpacked
from portavoce.graph.store.periods import ACTORS, Periods, counts_of, summed
from portavoce.graph.store.questions.actors_on_topic import actors_on_topic
from portavoce.graph.store.questions.firsts import OF_ACTOR, first
from portavoce.graph.store.questions.rows import foremost

if TYPE_CHECKING:
    from portavoce.graph.store.corpus import Corpus

_ALL = "SELECT key, statements, mentioned, articles FROM actors WHERE name IS NOT NULL ORDER BY statements DESC, mentioned DESC, name, id LIMIT ?"
_WEIGHTS = """
SELECT p.actor, (p.statements << 32) + p.mentioned FROM json_each(?) j CROSS JOIN actor_periods p ON p.period = j.value
"""  # what ranks an actor, in one number that can be summed
_RANKED = """
SELECT a.key, sum(p.statements), sum(p.mentioned), sum(p.articles) FROM json_each(:actors) k CROSS JOIN actors a ON a.key = k.value
CROSS JOIN json_each(:periods) j CROSS JOIN actor_periods p ON p.period = j.value AND p.actor = a.key
GROUP BY a.key ORDER BY 2 DESC, 3 DESC, a.name, a.id LIMIT :limit
"""
_ACTOR = "SELECT id, name, names, kind, wikidata, of_country FROM actors WHERE key = ?"
_LISTS = (
    "SELECT p.topics FROM json_each(:periods) j CROSS JOIN actor_periods p ON p.period = j.value AND p.actor = :actor"
)
_LABELS = "SELECT t.key, t.label, t.id FROM json_each(?) j CROSS JOIN topics t ON t.key = j.value"
_COPIES = "SELECT count(*), count(DISTINCT utterance) FROM copies WHERE actor = :actor{}"
_ROLES = (
    "SELECT DISTINCT h.role, h.body, b.name FROM held h CROSS JOIN actors b ON b.key = h.body WHERE h.holder = :actor{}"
)
_BECAUSE = (
    "SELECT name, rule, score, count(*) FROM appearances INDEXED BY appearances_explained WHERE actor = :actor AND rule <> 'name'{}"
    " GROUP BY name, rule, score"
)
_DEEDS = """
SELECT coalesce(sum(weight), 0) FROM (
    SELECT source, target, type, weight FROM deeds WHERE source = :actor{days}
    UNION ALL SELECT source, target, type, weight FROM deeds WHERE target = :actor AND source <> :actor{days}
) d WHERE type <> 'role' OR NOT EXISTS (SELECT 1 FROM held h WHERE h.holder = d.source AND h.body = d.target{held_on})
"""  # an office stands for the deed that says the same
_PLACES = """
SELECT d.evidence FROM appearances p CROSS JOIN said d ON d.article = p.article AND d.form = p.form WHERE p.article = :article AND p.actor = :actor
UNION ALL SELECT m.evidence FROM appearances p CROSS JOIN mentions m ON m.article = p.article AND m.form = p.form WHERE p.article = :article AND p.actor = :actor
UNION ALL SELECT o.evidence FROM appearances p CROSS JOIN offices o ON o.article = p.article AND p.form IN (o.holder, o.body)
    WHERE p.article = :article AND p.actor = :actor
UNION ALL SELECT r.evidence FROM appearances p CROSS JOIN relations r ON r.article = p.article AND p.form IN (r.source, r.target)
    WHERE p.article = :article AND p.actor = :actor
"""


class _Counted(NamedTuple):
    """An actor, by its key, with how many statements are by it, how many mention it, and how many articles hear or name it."""

    key: int
    statements: int
    mentioned: int
    articles: int


def actors(
    corpus: Corpus, *, since: str | None = None, until: str | None = None, topic: str | None = None, limit: int | None = None,
) -> Listing[ActorAnswer]:  # fmt: skip
    """The answer of `portavoce.graph.query.actors`."""
    conditions = Conditions(corpus.db, since, until, topic)
    if conditions.words:
        return actors_on_topic(conditions, limit)
    described = _Described(conditions)
    found, total = described.of_days(limit) if conditions else described.of_all_days(limit)
    return Listing(list(map(described.answer, found)), total)


class _Described:
    """The actors of some days, or of all days, with what they say and do there."""

    def __init__(self, conditions: Conditions) -> None:
        self._db, self._conditions = conditions.db, conditions
        self._periods = Periods(conditions, ACTORS)
        self._values = {**conditions.values, "periods": packed([*self._periods])}
        on = conditions.on
        self._deeds = _DEEDS.format(days=on("day"), held_on=on("h.day"))

    def of_all_days(self, limit: int | None) -> tuple[list[_Counted], int]:
        """The actors with most statements, then those most mentioned, and how many there are."""
        (total,) = self._db.execute("SELECT count(*) FROM actors WHERE name IS NOT NULL").fetchone()
        return list(map(_Counted._make, self._db.execute(_ALL, (-1 if limit is None else limit,)).fetchall())), total

    def of_days(self, limit: int | None) -> tuple[list[_Counted], int]:
        """The same of the days; names are looked up only of those who may be among the first."""
        weights = summed(self._db.execute(_WEIGHTS, (self._values["periods"],)), {})
        actors = packed(foremost(weights, limit))
        rows = self._db.execute(_RANKED, {**self._values, "actors": actors, "limit": -1 if limit is None else limit})
        return list(map(_Counted._make, rows.fetchall())), len(weights)

    def answer(self, counted: _Counted) -> ActorAnswer:
        """The answer for one of them."""
        values = {**self._values, "actor": counted.key}
        days = self._conditions.on("day")
        id_, name, names, kind, wikidata, country = self._db.execute(_ACTOR, (counted.key,)).fetchone()
        copies, utterances = self._db.execute(_COPIES.format(days), values).fetchone()
        because = [Because(*told) for told in self._db.execute(_BECAUSE.format(days), values)]
        (relations,) = self._db.execute(self._deeds, values).fetchone()
        return ActorAnswer(
            id=id_, name=name, names=tuple(unpacked(names)), kind=kind, wikidata=wikidata, of_country=country, statements=counted.statements,
            utterances=counted.statements - copies + utterances, mentioned=counted.mentioned, articles=counted.articles,
            roles=tuple(sorted(self._roles(values))), because=tuple(sorted(because, key=lambda b: (-b.articles, b.name, b.rule, b.score))),
            relations=relations, topics=self._topics(values), evidence=self._first_place(counted.key),
        )  # fmt: skip

    def _roles(self, values: dict[str, object]) -> set[str]:
        rows = self._db.execute(_ROLES.format(self._conditions.on("h.day")), values)
        return {role_words(role, name, own=body == values["actor"]) for role, body, name in rows}

    def _topics(self, values: dict[str, object]) -> tuple[str, ...]:
        """The labels of the topics of most of its statements, without categories."""
        counts = counts_of(self._db.execute(_LISTS, values))
        named = self._db.execute(_LABELS, (packed(foremost(counts, 4 * TOPICS)),))  # several may have one label
        return most_frequent(Counter({Topic(label, topic_node(id_)): counts[key] for key, label, id_ in named}))

    def _first_place(self, actor: int) -> Evidence:
        """The first place where an actor speaks, is named, or has a part in something, by the days of the articles."""
        key, id_, title, day = first(OF_ACTOR, actor, self._conditions, self._periods)
        rows = self._db.execute(_PLACES, {"actor": actor, "article": key})
        return Evidence(id_, title, day, min(spans_of(evidence)[:1] for (evidence,) in rows))
