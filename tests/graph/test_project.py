import networkx as nx

from portavoce.graph.project import actor_network


def test_only_actors_and_all_of_them(graph):
    network = actor_network(graph)
    assert set(network) == {n for n, d in graph.nodes(data=True) if d["kind"] == "actor"}
    assert all(network.nodes[n] == graph.nodes[n] for n in network)


def test_who_speaks_of_whom_with_the_statements_that_prove_it(graph, node_of, saying):
    network = actor_network(graph)
    rossi, bianchi = node_of("Marco Rossi"), node_of("Anna Bianchi")
    assert network.edges[rossi, bianchi, "mentions"] == {
        "kind": "mentions", "weight": 1, "statements": (saying("La sicurezza"),),
    }  # fmt: skip
    assert network.edges[bianchi, rossi, "mentions"]["statements"] == (saying("«il ministro"),)


def test_deeds_and_roles_point_to_the_edges_behind_them(graph, node_of):
    network = actor_network(graph)
    told = network.edges[node_of("Anna Bianchi"), node_of("Marco Rossi"), "relates"]
    assert (told["types"], told["weight"]) == (("consult",), 1)
    assert graph.has_edge(node_of("Anna Bianchi"), node_of("Marco Rossi"), told["edges"][0])
    assert network.edges[node_of("Piet Janssen"), node_of("Nato"), "holds"]["roles"] == ("portavoce",)


def test_common_topics_count_phrases_and_concepts_but_no_categories(graph, node_of, saying):
    network = actor_network(graph)
    shares = [(a, b, d) for a, b, d in network.edges(data=True) if d["kind"] == "shares"]
    ((a, b, data),) = shares
    assert {a, b} == {node_of("Marco Rossi"), node_of("Anna Bianchi")}
    assert a < b
    assert [graph.nodes[t]["label"] for t in data["topics"]] == ["ponte sul Lario"]
    assert set(data["statements"]) == {saying("il ponte sul Lario"), saying("«il ministro")}
    assert not [d for *_, d in actor_network(graph, shared_topics=False).edges(data=True) if d["kind"] == "shares"]


def test_nobody_has_to_do_with_himself(graph, node_of):
    """Marco Rossi's role names no organisation and leads back to him; that is no edge between actors."""
    assert graph.has_edge(node_of("Marco Rossi"), node_of("Marco Rossi"))
    assert nx.number_of_selfloops(actor_network(graph)) == 0
