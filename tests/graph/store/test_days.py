"""What is counted by years, months and days reads as over the graph, whatever articles are dated with and periods begin and end with."""

import random
from itertools import product

import pytest

from portavoce.graph import query
from portavoce.graph.store import Corpus
from portavoce.graph.store.conditions import Conditions
from portavoce.graph.store.periods import ACTORS, Periods, bounds, periods_of
from portavoce.graph.store.questions import firsts
from portavoce.records import Article
from tests.graph.store.conftest import articles, check, put
from tests.graph.store.test_asking import told
from tests.graph.store.test_told import varied

DATED = (
    None, "", "ieri", "2021", "2021-05", "2021-5-3", "2021-02-30", "2021-05-03T23:59:59+02:00", "2021-05-03", "2021-05-31", "2021-06-01",
    "2021-12-31", "2022-01-01", "2020-02-29", "2019-02-29", "20210503", "0999-01-01", "２０２１-05-03", "2021-W18-1", "2021-05-03 ", "1 maggio 2021",
)  # fmt: skip
DAYS = (
    {"since": "2021"}, {"until": "2021"}, {"since": "2021", "until": "2021"}, {"since": "2021-05", "until": "2021-05"},
    {"since": "2021-05-01", "until": "2021-05-31"}, {"since": "2021-05-03", "until": "2021-05-03"}, {"since": "2021-02-30"},
    {"until": "2021-02-30"}, {"since": "2020-02-15", "until": "2021-07-20"}, {"since": "2019-03", "until": "2022"},
    {"since": "2021-12-31", "until": "2022-01-01"}, {"since": "2021-00", "until": "2021-13"}, {"until": "2021-05"}, {"since": "0001"},
    {"since": "2021-05", "until": "2020"}, {"since": "2090"}, {"since": "２０２１"}, {"until": "1899-12-31"}, {},
)  # fmt: skip


def dated(count, seed):
    """Articles with days of all kinds; in some somebody is only named, or only has a part in a deed or an office."""
    rng = random.Random(seed)
    for n, article in enumerate([*varied(count, seed), *articles(count // 3, actors=9, seed=seed + 10)]):
        record = {**article.to_json(), "id": f"articolo {n}"}
        if rng.random() < 0.6:
            record["published"] = rng.choice(DATED)
        span = record["statements"][0]["content"][0]
        first = record["actors"][0]["id"]
        for who, name in (("x", "Ada Neri"), ("y", "Pia Verdi"), ("z", "Ugo Bruni")):
            record["actors"].append({"id": who, "name": name, "kind": "person"})
        if rng.random() < 0.2:
            record["mentions"].append({"start": 0, "end": 1, "actor_id": "x"})
        if rng.random() < 0.2:
            deed = {
                "source": "y",
                "target": rng.choice((first, "y")),
                "type": rng.choice(("accuse", "role")),
                "trigger": span,
            }
            record["relations"].append({**deed, "evidence": span, "modality": "actual", "statement": None})
        if rng.random() < 0.2:
            office = {
                "role": "sindaco",
                "organization": rng.choice((None, record["actors"][0]["name"])),
                "evidence": span,
            }
            record["roles"].append({"actor_id": rng.choice(("y", "z")), **office})
        yield Article.from_json(record)


@pytest.fixture(params=[3, 4])
def corpus(request, tmp_path):
    with Corpus(tmp_path / "news.db", create=True) as opened:
        put(opened, dated(24, request.param))
        yield opened


def compare(corpus, graph):
    found = 0
    for days, limit in product(DAYS, (None, 4)):
        for question, more in (("actors", {}), ("topics", {}), ("topics", {"topic": "te"}), ("roles", {})):
            asked = {**days, **more, "limit": limit}
            one = told(lambda q=question, a=asked: corpus.ask(q, **a))
            assert one == told(lambda q=question, a=asked: getattr(query, q)(graph, **a)), (question, asked)
            found += len(one[0])
    assert found > 1000


@pytest.mark.parametrize("many", [0, 3, firsts.MANY])
def test_all_kinds_of_days(corpus, monkeypatch, many):
    monkeypatch.setattr(firsts, "MANY", many)
    compare(corpus, check(corpus))


def test_days_of_articles_that_are_gone(corpus):
    check(corpus)
    gone = random.Random(5).sample([article.id for article in corpus.records()], 15)
    corpus.remove(gone)
    compare(corpus, check(corpus))


def test_an_article_that_comes_again_with_another_day_counts_for_that_alone(corpus, made):
    record = {**made(1)[0].to_json(), "id": "due volte", "published": None}
    put(corpus, [Article.from_json(record)])
    check(corpus)
    put(corpus, [Article.from_json({**record, "published": "2021-05-03"})])
    compare(corpus, check(corpus))


def test_the_periods_of_days():
    assert periods_of("2021-05-03") == (2021, 202105, 20210503)
    assert {day: periods_of(day) for day in ("2021-02-30", "2021-05", "2021-W18-1", "0999-01-01", "ieri", "")} == {
        day: (day,) for day in ("2021-02-30", "2021-05", "2021-W18-1", "0999-01-01", "ieri", "")
    }
    assert bounds(2021) == ("2021-01-01", "2021-12-31")
    assert bounds(202102) == ("2021-02-01", "2021-02-28")
    assert bounds(20210503) == ("2021-05-03", "2021-05-03")


def test_some_days_are_few_periods(tmp_path):
    with Corpus(tmp_path / "news.db", create=True) as corpus:
        (article,) = articles(1)
        days = (
            "2020-12-30",
            "2020-12-31",
            "2021-03-01",
            "2022-01-01",
            "2022-02-27",
            "2022-02-28",
            "2022-03-01",
            "ieri",
            "2022-02",
            None,
        )
        put(
            corpus,
            (Article.from_json({**article.to_json(), "id": f"a{n}", "published": day}) for n, day in enumerate(days)),
        )
        corpus.settle()

        def periods(since=None, until=None):
            return [*Periods(Conditions(corpus.db, since, until), ACTORS)]

        assert periods() == [2020, 2021, 2022, "", "2022-02", "ieri"]
        assert periods("2020-12-31", "2022-02-28") == [20201231, 2021, 202201, 202202, "2022-02"]
        assert periods("2020-12-31", "2022-02-27") == [20201231, 2021, 202201, 20220227, "2022-02"]
        assert periods("2021-02", "2022") == [202103, 2022, "2022-02"]
        assert periods("2022-02-01") == [202202, 202203, "ieri"]
        assert periods("2023") == ["ieri"]


def test_no_day_comes_after_whatever_else_an_article_is_dated_with(corpus, made):
    record = made(1, seed=7)[0].to_json()
    put(
        corpus,
        [
            Article.from_json({**record, "id": f"a{n}", "published": day})
            for n, day in enumerate((None, "ieri", "", "oggi"))
        ],
    )
    compare(corpus, check(corpus))
    name = record["statements"][0]["actor"]
    (told_of,) = (actor for actor in corpus.ask("actors") if actor.name == name)
    assert told_of.evidence.published is not None
    assert check(corpus)
