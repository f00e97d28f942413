"""What is told of statements, their order and all counts come from rows: the same as over the graph, copies and choruses included."""

import itertools
import random

import pytest

from portavoce.graph import query
from portavoce.graph.query import actors
from portavoce.graph.query.statements import published
from portavoce.graph.schema import SAYS, STATEMENT, nodes_of, speakers_of, utterance_of
from portavoce.graph.store import Corpus
from portavoce.records import Article
from tests.graph.store.conftest import articles, put
from tests.graph.store.test_asking import told

DAYS = (
    {}, {"since": "2020"}, {"until": "2021-06"}, {"topic": "ra"}, {"topic": "r"}, {"topic": "tema"}, {"topic": "ro b", "since": "2019"},
    {"topic": "ponte"}, {"topic": "zzz", "since": "2031"}, {"topic": "!"}, {"until": "ieri"},
)  # fmt: skip


def chorus(count=20):
    """Articles that others copy, where two say something together, in a copy both or one of them; some without a day."""
    rng = random.Random(5)
    for n, article in enumerate(articles(count, actors=12, seed=8)):
        for copy in range(3 if n % 3 == 0 else 1):
            data = article.to_json()
            data["id"] += "-ripreso" * copy
            data["published"] = None if n % 8 == 7 else data["published"]
            known = [actor["id"] for actor in data["actors"]]
            for place, s in enumerate(data["statements"]):
                pair = [s["actor_id"], next(id_ for id_ in known if id_ != s["actor_id"])]
                if place < 3 and copy:
                    s["actor_id"] = pair[copy - 1]
                elif place < 3 or rng.random() < 0.2:
                    s["actor_ids"], s["actor_id"] = pair, None
            yield Article.from_json(data)
    yield twice()


def twice():
    """An article that takes one speaker for two who speak together, as it uses two names."""
    text = "Anna Rossi e la Rossi hanno detto che il ponte di Lecco resterà chiuso per sempre."
    content = {"start": 30, "end": 81, "text": text[30:81]}
    return Article.from_json({
        "id": "due-nomi", "text": text, "language": "it", "published": "2020-03-05",
        "actors": [{"id": "a", "name": "Anna Rossi", "kind": "person"}, {"id": "b", "name": "Rossi", "kind": "person"}],
        "mentions": [{"start": 0, "end": 10, "text": "Anna Rossi", "actor_id": "a"}, {"start": 16, "end": 21, "text": "Rossi", "actor_id": "b"}],
        "statements": [{"kind": "indirect", "content": [content], "actor": "Anna Rossi e la Rossi", "actor_ids": ["a", "b"], "about": ["ponte"]}],
    })  # fmt: skip


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    with Corpus(tmp_path_factory.mktemp("corpus") / "news.db", create=True) as corpus:
        put(corpus, chorus())
        corpus.settle()
        yield corpus, corpus.graph()


def same(both, question, *args, **conditions):
    corpus, graph = both
    one = told(lambda: corpus.ask(question, *args, **conditions))
    other = told(lambda: getattr(query, question)(graph, *args, **conditions))
    assert one == other, (question, args, conditions)


def test_the_articles_hold_what_is_hard(both):
    _, graph = both
    copies = [s for s, _ in nodes_of(graph, STATEMENT) if utterance_of(graph, s)]
    assert {len(speakers_of(graph, s)) for s in copies} == {1, 2}
    assert {published(graph, s) is None for s in copies} == {True, False}
    assert [e["forms"] for _, _, e in graph.edges(data=True) if e["kind"] == SAYS and len(e["forms"]) > 1]


@pytest.mark.parametrize("limit", [None, 0, 3])
def test_one_beside_another(both, limit):
    names = [a.name for a in actors(both[1])]
    pairs = [
        (names[0], names[1]),
        (names[0], names[0]),
        (names[2], names[-1]),
        (names[3], "Nessuno Qui"),
        (names[-1], names[1]),
    ]
    for (a, b), days in itertools.product(pairs, DAYS):
        same(both, "compare", a, b, **days, limit=limit)


@pytest.mark.parametrize("limit", [None, 0, 3])
@pytest.mark.parametrize("question", ["changes", "timeline"])
def test_the_course_of_one(both, question, limit):
    names = [a.name for a in actors(both[1])]
    for name, days in itertools.product((*names[:4], names[-1], "Nessuno Qui"), DAYS):
        same(both, question, name, **days, limit=limit)


@pytest.mark.parametrize("limit", [None, 0, 4])
@pytest.mark.parametrize("question", ["actors", "topics"])
def test_who_and_what_is_there_in_some_days_or_on_a_topic(both, question, limit):
    for days in (
        *DAYS,
        {"since": "2020-03", "until": "2021"},
        {"topic": "presidente"},
        {"topic": "ha accusato", "until": "2022"},
    ):
        same(both, question, **days, limit=limit)
