"""Questions to a corpus have the answers of the same questions to the graph of its records."""

import random

import pytest

from portavoce.errors import InputError, PortavoceError
from portavoce.graph import query
from portavoce.graph.query import actors
from portavoce.graph.query.answers import Listing
from portavoce.graph.schema import STATEMENT, local_id, nodes_of
from portavoce.graph.store import Corpus, choosing
from tests.graph.store.conftest import articles, put


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    with Corpus(tmp_path_factory.mktemp("corpus") / "news.db", create=True) as corpus:
        put(corpus, articles(60, actors=40, seed=4))
        corpus.settle()
        yield corpus, corpus.graph()


def questions(graph):
    rng = random.Random(3)
    names = [a.name for a in actors(graph)]
    some = [*names[:4], *rng.sample(names, 4)]
    when = [
        {},
        {"since": "2020"},
        {"until": "2021-06"},
        {"topic": "ra"},
        {"topic": "ro", "since": "2019", "until": "2023"},
    ]
    statement = next(node for node, _ in nodes_of(graph, STATEMENT))
    for n, name in enumerate(some):
        other, days = some[n - 1], when[n % len(when)]
        yield from ((q, (name,), {**days, "limit": 7}) for q in ("timeline", "changes", "neighbours", "relations"))
        yield from ((q, (name, other), days) for q in ("relations", "compare", "path"))
        yield "path", (name, other), {**days, "limit": (None, 1, 9)[n % 3]}
        yield "relations", (name,), {"types": ("accuse",), **days}
        yield "who", (), {"says_about": name, **days, "limit": 5}
        yield "who", (), {"accuses": name, **days}
        yield "who", (), {"speaks_for": name, **days}
        yield "roles", (name,), {key: day for key, day in days.items() if key != "topic"}
        yield "statements", (), {"speaker": name, "limit": 4}
        yield "statements", (), {"mentions": name, "speaker": other}
    for days in when:
        yield from ((q, (), {**days, "limit": 9}) for q in ("actors", "topics", "central", "communities"))
    yield from (("roles", (), {"limit": 6}), ("topics", (), {}), ("actors", (), {}))
    yield "who", (), {"says_about": "tema"}
    yield "show", (local_id(statement),), {}
    yield "show", ("",), {}
    for conditions in (
        {"limit": 5}, {"about": "ra ca"}, {"about": "la", "limit": 3}, {"text": '"ha detto" ra'}, {"text": "ra ca", "limit": 2},
        {"kind": "mixed", "polarity": "denies"}, {"once": True, "limit": 50}, {"since": "2021", "until": "2021"}, {"text": "!"},
        {"since": "ieri"}, {"speaker": "Nessuno Qui"}, {"about": "-"}, {"until": "2020-03", "limit": 4, "about": "b"},
    ):  # fmt: skip
        yield "statements", (), conditions


def test_a_question_that_there_is_not_is_told_with_those_that_there_are(both):
    with pytest.raises(InputError, match=r"no question 'whom'; there are actors, central, .*who"):
        both[0].ask("whom", "Rossi")


def told(ask):
    try:
        answer = ask()
    except PortavoceError as error:
        return type(error), str(error)
    return (list(answer), answer.total) if isinstance(answer, Listing) else answer


def test_every_question_has_the_same_answer_from_disk_and_from_memory(both):
    corpus, graph = both
    asked = set()
    for question, args, conditions in questions(graph):
        one = told(lambda q=question, a=args, c=conditions: corpus.ask(q, *a, **c))
        other = told(lambda q=question, a=args, c=conditions: getattr(query, q)(graph, *a, **c))
        assert one == other, (question, args, conditions)
        asked.add(question)
    assert asked == set(query.__all__) - {"find_actor"}


@pytest.mark.parametrize("limit", [1, 3, None])
@pytest.mark.parametrize("text", ["ra", '"ha detto" ra', '"con', "a b", '"che"', "ci ba"])
def test_frequent_words_are_looked_for_day_by_day_with_the_same_answer(both, monkeypatch, text, limit):
    corpus, graph = both
    monkeypatch.setattr(choosing, "FEW", 0)
    for conditions in ({"text": text}, {"about": text, "text": "ra"}, {"text": text, "polarity": "denies"}):
        found = corpus.ask("statements", **conditions, limit=limit)
        assert (list(found), found.total) == told(lambda c=conditions: query.statements(graph, **c, limit=limit))


def test_a_topic_tells_the_first_ten_who_speak_on_it_and_how_many_there_are(both):
    corpus, graph = both
    for days in ({}, {"since": "2019", "until": "2023"}):
        found = corpus.ask("topics", **days)
        assert found == query.topics(graph, **days)
        assert {len(topic.speakers) for topic in found if topic.speakers_total > 10} == {10}
        assert all(len(topic.speakers) == topic.speakers_total for topic in found if topic.speakers_total <= 10)
