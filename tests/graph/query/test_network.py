import networkx as nx
import pytest

from portavoce.errors import InputError, UnknownNameError
from portavoce.graph.measures import communities_of, measures_of
from portavoce.graph.query import central, communities, neighbours


def test_with_whom_somebody_has_to_do(gas):
    found = neighbours(gas, "Sala")
    assert [(n.name, n.weight, n.says, n.named, n.deeds) for n in found] == [
        ("Ardenia", 3, 1, 0, ("→ accuse",)), ("Ivan Gurov", 1, 0, 0, ("← consult",)), ("Petra Nova", 1, 0, 1, ()),
    ]  # fmt: skip
    assert [n.line.kind for n in found] == ["relation", "relation", "says"]
    assert found[0].line.evidence.spans[0].text == "Rita Sala ha accusato Ardenia."
    assert [n.name for n in neighbours(gas, "Sala", topic="diga")] == ["Petra Nova"]
    assert neighbours(gas, "Ardenia", since="2024-02", limit=1).total == 2
    assert neighbours(gas, "Ardenia")[1].roles == ("portavoce",)


def test_an_unknown_actor_is_an_error(gas):
    with pytest.raises(UnknownNameError):
        neighbours(gas, "Zorro")


def test_who_stands_in_the_middle(gas):
    found = central(gas, by="degree")
    assert [(a.name, a.degree, a.ties) for a in found] == [
        ("Rita Sala", 3, 5), ("Ardenia", 2, 5), ("Petra Nova", 2, 3), ("Ivan Gurov", 2, 2), ("Borvia", 1, 1),
    ]  # fmt: skip
    assert found[0].closest == "Ardenia"
    assert found[0].evidence.spans[0].text == "Rita Sala ha accusato Ardenia."
    assert central(gas, by="betweenness")[0].name == "Rita Sala"
    assert central(gas)[0].name == "Ardenia"
    assert central(gas, limit=2).total == 5
    assert central(gas, since="2025") == []


def test_a_measure_that_is_none_is_told(gas):
    with pytest.raises(InputError, match="pagerank, degree, betweenness"):
        central(gas, by="beauty")


def test_who_belongs_together(news, built):
    graph = built(
        news("a", "2024-01-01", a="Anna Verdi", b="Bruno Neri", c="Carla Bruni", d="Dario Sala")
        .does("a", "consult", "b", "incontra").does("b", "consult", "c", "vede").does("a", "consult", "c", "chiama")
        .does("c", "accuse", "d", "accusa").says("a", "Bruno Neri vince", "voto"),
        news("b", "2024-01-02", d="Dario Sala", e="Elena Riva", f="Fabio Costa")
        .does("d", "consult", "e", "incontra").does("e", "consult", "f", "vede").does("d", "consult", "f", "chiama"),
    )  # fmt: skip
    first, second = communities(graph)
    assert {first.actors, second.actors} == {
        ("Anna Verdi", "Bruno Neri", "Carla Bruni"),
        ("Dario Sala", "Elena Riva", "Fabio Costa"),
    }
    assert first.size == second.size == 3
    one = next(c for c in (first, second) if "Anna Verdi" in c.actors)
    assert (one.topics, one.inside) == (("voto",), 0.889)
    assert one.line.evidence.spans
    assert communities(graph, since="2030") == []


def made_up(seed, *, n=90, ties=200):
    network = nx.MultiDiGraph()
    network.add_nodes_from((f"n{i:02}" for i in range(n)), actor_kind="person")
    simple = nx.gnm_random_graph(n - 3, ties, seed=seed, directed=True)
    for number, (a, b) in enumerate(sorted(simple.edges)):
        network.add_edge(f"n{a:02}", f"n{b:02}", "mentions", weight=1 + number % 4)
    return network


@pytest.mark.parametrize("seed", [1, 2])
def test_the_measures_are_those_of_networkx(seed):
    network = made_up(seed)
    simple = nx.DiGraph(network)
    simple.remove_nodes_from([n for n in network if not network.degree(n)])
    mine, rank, between = (
        measures_of(network.edges(data="weight")),
        nx.pagerank(simple, tol=1e-11, max_iter=1000),
        nx.betweenness_centrality(nx.Graph(simple)),
    )
    assert mine.keys() == rank.keys()
    for node, m in mine.items():
        assert m.pagerank == pytest.approx(rank[node], abs=1e-8)
        assert m.betweenness == pytest.approx(between[node], abs=1e-12)
        assert m.degree == len(set(nx.all_neighbors(simple, node)))


def test_betweenness_of_a_sample_comes_near_and_is_always_the_same():
    network = made_up(3, n=700, ties=2100)
    simple = nx.Graph(network)
    simple.remove_nodes_from([n for n in network if not network.degree(n)])
    mine, exact = measures_of(network.edges(data="weight")), nx.betweenness_centrality(simple)
    top = sorted(exact, key=exact.get, reverse=True)[:20]
    assert len(set(top) & set(sorted(mine, key=lambda n: mine[n].betweenness, reverse=True)[:20])) >= 14
    assert mine == measures_of(network.edges(data="weight"))


def test_communities_do_not_hang_on_the_order_of_ties():
    network = made_up(4)
    turned = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(network)))
    turned.add_edges_from(reversed(list(network.edges(keys=True, data=True))))
    assert communities_of(network.edges(data="weight")) == communities_of(turned.edges(data="weight"))
    assert sum(map(len, communities_of(network.edges(data="weight")))) == len(measures_of(network.edges(data="weight")))
    assert communities_of([]) == []
    assert measures_of([]) == {}
