"""The part that a selection takes from a corpus is that which it takes from the graph in memory."""

import random

import pytest

import portavoce
from portavoce.errors import InputError, UnknownNameError
from portavoce.graph.query import find_actor
from portavoce.graph.schema import ACTOR, nodes_of
from portavoce.graph.store import Corpus, Selection
from portavoce.graph.store.selection import part_of
from tests.graph.store.conftest import articles, put


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    with Corpus(tmp_path_factory.mktemp("corpus") / "news.db", create=True) as corpus:
        put(corpus, articles(60, actors=40, seed=9))
        corpus.settle()
        yield corpus, corpus.graph()


def selections(graph):
    names, rng = sorted(d["name"] for _, d in nodes_of(graph, ACTOR)), random.Random(1)
    for _ in range(4):
        yield Selection(actors=(rng.choice(names),))
        yield Selection(actors=tuple(rng.sample(names, 2)), since="2020-03", limit=rng.choice([None, 5]))
        yield Selection(speaker=rng.choice(names), topic="b")
        yield Selection(mentions=rng.choice(names), kind="indirect")
    yield from (
        Selection(topic="ro ca", limit=4),
        Selection(topic="ra", until="2020"),
        Selection(limit=7),
        Selection(topic="zz"),
    )
    yield Selection(since="2021", until="2021-06", texts=True)


def test_parts_are_the_same_from_disk_and_from_memory(both):
    corpus, graph = both
    tried = 0
    for selection in selections(graph):
        one, other = corpus.select(selection), part_of(graph, selection)
        assert list(one.nodes(data=True)) == list(other.nodes(data=True))
        assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))
        assert one.graph == other.graph
        tried += 1
    assert tried == 21


def test_names_mean_the_same_in_both(both):
    corpus, graph = both
    names = sorted(d["name"] for _, d in nodes_of(graph, ACTOR))
    asked = [*names, *(n.split()[-1] for n in names), *(n[:4] for n in names), "Biancki", "", "Mosca", local(graph)]

    def told(find, name):
        try:
            return find(name)
        except UnknownNameError as error:
            return str(error)

    for name in asked:
        assert told(corpus.find_actor, name) == told(lambda n: find_actor(graph, n), name)


def local(graph):
    return next(node for node, _ in nodes_of(graph, ACTOR))


def test_the_door_is_one_for_all_files(both, tmp_path):
    corpus, graph = both
    portavoce.write(graph, tmp_path / "news.jsonl")
    selection = Selection(topic="ra", limit=6)
    one, other = (portavoce.load_graph(path, selection) for path in (corpus.path, tmp_path / "news.jsonl"))
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert portavoce.load_graph(corpus.path).nodes == graph.nodes


def test_what_cannot_be_meant_is_told(both):
    corpus, graph = both
    for select in (corpus.select, lambda s: part_of(graph, s)):
        with pytest.raises(InputError, match="'ieri' is no date"):
            select(Selection(since="ieri"))
        with pytest.raises(UnknownNameError):
            select(Selection(actors=("Nessuno Qui",)))
