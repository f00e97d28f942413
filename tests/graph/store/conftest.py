"""Made-up articles in which names meet in all ways, and what a corpus must agree with the graph of its records on."""

import importlib.util
import sys
from functools import cache
from pathlib import Path

import pytest

from portavoce.graph.query import actors, topics
from portavoce.graph.schema import APPEARS, COPY, UTTERANCE, local_id, nodes_of
from portavoce.graph.store import Corpus
from portavoce.graph.store.counting import count_articles
from portavoce.records import Article

BENCHMARKS = Path(__file__).parents[3] / "benchmarks"
SUFFIXES = ("", "-wal", "-shm")

ORPHANS = (
    "SELECT count(*) FROM forms WHERE key NOT IN (SELECT form FROM appearances)",
    "SELECT count(*) FROM profiles WHERE form NOT IN (SELECT form FROM appearances)",
    "SELECT count(*) FROM ties WHERE form NOT IN (SELECT form FROM appearances)",
    "SELECT count(*) FROM actors WHERE key NOT IN (SELECT actor FROM appearances)",
    "SELECT count(*) FROM identities WHERE key NOT IN (SELECT identity FROM appearances)",
    "SELECT count(*) FROM topics WHERE key NOT IN (SELECT topic FROM about)",
    "SELECT count(*) FROM links WHERE weight <= 0 OR source NOT IN (SELECT key FROM actors) OR target NOT IN (SELECT key FROM actors)",
    "SELECT count(*) FROM topic_speakers WHERE statements <= 0 OR actor NOT IN (SELECT key FROM actors) OR topic NOT IN (SELECT key FROM topics)",
    "SELECT count(*) FROM held WHERE weight <= 0 OR holder NOT IN (SELECT key FROM actors) OR body NOT IN (SELECT key FROM actors)",
    "SELECT count(*) FROM deeds WHERE weight <= 0 OR source NOT IN (SELECT key FROM actors) OR target NOT IN (SELECT key FROM actors)",
    "SELECT count(*) FROM name_words WHERE actor NOT IN (SELECT key FROM actors)",
    "SELECT count(*) FROM utterances WHERE copies <> (SELECT count(DISTINCT statement) FROM copies WHERE utterance = utterances.key)",
)


@cache
def _maker():
    sys.path.insert(0, str(BENCHMARKS))
    try:
        spec = importlib.util.spec_from_file_location("made_up_corpus", BENCHMARKS / "corpus.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(BENCHMARKS))
    return module


def articles(count, *, actors=40, seed=1):
    return [Article.from_json(record) for record in _maker().records(count, actors=actors, seed=seed)]


@pytest.fixture
def made():
    """Make so many articles: ``made(12, actors=30, seed=2)``."""
    return articles


@pytest.fixture
def corpus(tmp_path):
    with Corpus(tmp_path / "news.db", create=True) as opened:
        yield opened


def put(corpus, found, **options):
    return list(corpus.add(found, **options))


def check(corpus):
    """Whether the tables of a corpus say what the graph of its records says, and hold nothing else; the graph."""
    corpus.settle()
    graph = corpus.graph()
    rows = corpus.db.execute(
        "SELECT a.id, ar.node, f.form, p.rule, p.score FROM appearances p JOIN articles ar ON ar.key = p.article"
        " JOIN forms f ON f.key = p.form JOIN actors a ON a.key = p.actor"
    )
    told = {
        (local_id(u), local_id(v), e["form"], e["rule"], e["score"])
        for u, v, e in graph.edges(data=True)
        if e["kind"] == APPEARS
    }
    assert set(rows) == told
    assert corpus.actors() == actors(graph)
    assert corpus.topics() == topics(graph)
    copies = corpus.db.execute(
        "SELECT u.id, s.id FROM copies c JOIN utterances u ON u.key = c.utterance JOIN statements s ON s.key = c.statement"
    )
    assert set(copies) == {(local_id(u), local_id(v)) for u, v, e in graph.edges(data=True) if e["kind"] == COPY}
    first = corpus.db.execute("SELECT u.id, s.id, u.copies FROM utterances u JOIN statements s ON s.key = u.first")
    assert set(first) == {(local_id(u), local_id(d["first"]), d["copies"]) for u, d in nodes_of(graph, UTTERANCE)}
    check_periods(corpus)
    for table in (
        "statements_fts",
        "offices_fts",
        "relations_fts",
    ):  # raises where it does not hold the words of the rows
        corpus.db.execute(f"INSERT INTO {table}({table}, rank) VALUES ('integrity-check', 1)")
    assert [query for query in ORPHANS if corpus.db.execute(query).fetchone()[0]] == []
    assert corpus.db.execute("PRAGMA foreign_key_check").fetchall() == []
    return graph


def check_periods(corpus):
    """Whether the counts by periods are what counting all articles anew would give."""
    tables = ("actor_periods", "topic_periods", "held", "deeds")
    kept = [corpus.db.execute(f"SELECT * FROM {table}").fetchall() for table in tables]
    corpus.db.execute("SAVEPOINT anew")
    for table in tables:
        corpus.db.execute(f"DELETE FROM {table}")
    count_articles(corpus.db, [key for (key,) in corpus.db.execute("SELECT key FROM articles")], 1)
    anew = [corpus.db.execute(f"SELECT * FROM {table}").fetchall() for table in tables]
    corpus.db.execute("ROLLBACK TO anew")
    corpus.db.execute("RELEASE anew")
    assert kept == anew
