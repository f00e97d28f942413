"""Chains and neighbours of a corpus on disk against those of its graph, where ties are few and countries stand between."""

import random
from itertools import product

import pytest

from portavoce.errors import InputError
from portavoce.graph import query
from portavoce.graph.schema import ACTOR, RELATES, local_id, nodes_of
from portavoce.graph.store import Corpus
from portavoce.graph.store.questions import meetings
from portavoce.records import Article
from tests.graph.query.conftest import News
from tests.graph.store.conftest import put

NAMES = [
    "Dmitrij Peskov", "Sergej Lavrov", "Cremlino", "Russia", "Antony Blinken", "Stati Uniti", "Casa Bianca", "Palazzo Chigi", "Italia",
    "Anna Berti", "Carlo Dalla", "Elio Ferri", "Gina Loi", "Ivo Moro", "Lia Neri", "Olga Pini",
]  # fmt: skip
KINDS = {"Russia": "country", "Stati Uniti": "country", "Italia": "country", "Cremlino": "organization"}


class Told(News):
    def _kind(self, key):
        return KINDS.get(self.names[key], "person")


def made_up(seed, count=20):
    """Articles in which a few speak, do something and are something; days and words differ, some have none."""
    rng = random.Random(seed)
    for n in range(count):
        who = dict(zip("abc", rng.sample(NAMES, 3), strict=True))
        told = Told(f"{seed}-{n}", rng.choice(["2024-01-05", "2024-01-20", "2024-02-10", "2023-12", None]), **who)
        for _ in range(rng.randrange(4)):
            a, b = rng.sample("abc", 2)
            what = rng.random()
            if what < 0.4:
                told.says(
                    a, f"{who[b]} {rng.choice(['vuole la pace', 'è in città', 'tace'])}", rng.choice(["pace", "gas"])
                )
            elif what < 0.8:
                told.does(
                    a,
                    rng.choice(["accuse", "consult", "role"]),
                    b,
                    rng.choice(["accusa", "vede perciò", "cerca la pace con"]),
                )
                if told.statements:
                    told.statements[-1]["id"] = "s"
                    told.relations[-1]["statement"] = "s"
            else:
                told.holds(
                    a, rng.choice(["portavoce", "ministro per la città"]), rng.choice(["Cremlino", "Casa Bianca", None])
                )
        yield Article.from_json(told.record())


CONDITIONS = [
    {}, {"since": "2024-01-10"}, {"until": "2024-01"}, {"since": "2023", "until": "2024-01-05"}, {"topic": "pace"}, {"topic": "citta"},
    {"topic": "gas", "since": "2024"},
]  # fmt: skip


@pytest.fixture(scope="module", params=[1, 2, 3])
def both(request, tmp_path_factory):
    with Corpus(tmp_path_factory.mktemp("corpus") / "news.db", create=True) as corpus:
        put(corpus, made_up(request.param))
        graph = corpus.graph()
        assert any(edge["statement"] for _, _, edge in graph.edges(data=True) if edge["kind"] == RELATES)
        yield corpus, graph


def names_in(graph):
    return sorted(local_id(node) for node, _ in nodes_of(graph, ACTOR))


def pairs_in(graph, most=60):
    """Some pairs of actors, one of them somebody and the same."""
    pairs = list(product(names_in(graph), repeat=2))
    return [pairs[0], *random.Random(1).sample(pairs, min(most, len(pairs)))]


@pytest.mark.parametrize(
    ("conditions", "few"), [*((c, meetings.FEW) for c in CONDITIONS), *((c, 0) for c in CONDITIONS[1:])], ids=str
)
def test_the_same_chains_from_disk_and_from_memory(both, conditions, few, monkeypatch):
    monkeypatch.setattr(meetings, "FEW", few)  # articles whose ties are counted at once
    monkeypatch.setattr(meetings, "MATCHED", few)
    corpus, graph = both
    steps = set()
    for a, b in pairs_in(graph):
        there = query.path(graph, a, b, limit=12, **conditions)
        assert corpus.ask("path", a, b, limit=12, **conditions) == there, (a, b)
        steps |= {hop.line.kind for hops in (there.hops, *there.others) for hop in hops}
    assert steps == {"relation", "role", "says", "belongs"} or conditions


@pytest.mark.parametrize("conditions", CONDITIONS, ids=str)
def test_the_same_neighbours_from_disk_and_from_memory(both, conditions):
    corpus, graph = both
    for name in names_in(graph):
        for limit in (None, 2):
            told = query.neighbours(graph, name, limit=limit, **conditions)
            found = corpus.ask("neighbours", name, limit=limit, **conditions)
            assert (list(found), found.total) == (list(told), told.total), name


def test_limits_of_chains(both):
    corpus, graph = both
    a, b = next(
        (a, b) for a, b in product(names_in(graph), repeat=2) if len(query.path(graph, a, b, limit=None).hops) > 1
    )
    everything = query.path(graph, a, b, limit=1000)
    for limit in (None, 1, 2, 1000):
        found = corpus.ask("path", a, b, limit=limit)
        assert found == query.path(graph, a, b, limit=limit)
        assert (found.hops, found.others) == (everything.hops, everything.others[: (limit or 1) - 1])


def test_the_order_of_articles_never_shows(tmp_path):
    articles = list(made_up(5, count=16))
    answers = []
    for n, order in enumerate((articles, articles[::-1])):
        with Corpus(tmp_path / f"{n}.db", create=True) as corpus:
            put(corpus, order)
            answers.append([corpus.ask("path", a, b) for a, b in pairs_in(corpus.graph())])
    assert answers[0] == answers[1]


def test_bad_conditions_are_told_as_of_a_graph(both):
    corpus, graph = both
    name = names_in(graph)[0]
    for conditions in ({"since": "ieri"}, {"topic": "–"}):
        for ask in ("path", "neighbours"):
            names = (name, name) if ask == "path" else (name,)
            with pytest.raises(InputError) as from_disk:
                corpus.ask(ask, *names, **conditions)
            with pytest.raises(InputError) as from_memory:
                getattr(query, ask)(graph, *names, **conditions)
            assert str(from_disk.value) == str(from_memory.value)


def test_a_question_loads_no_whole_graph(both, monkeypatch):
    corpus, graph = both
    a, b = names_in(graph)[:2]
    monkeypatch.setattr(Corpus, "graph", lambda _: pytest.fail("the whole graph was loaded"))
    corpus.ask("path", a, b)
    corpus.ask("path", a, b, topic="pace", since="2024")
    corpus.ask("neighbours", a)
