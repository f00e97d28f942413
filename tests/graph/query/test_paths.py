from itertools import product

import networkx as nx
import pytest

from portavoce.errors import UnknownNameError
from portavoce.graph.project import actor_network
from portavoce.graph.query import path


def test_every_step_is_proved(graph):
    answer = path(graph, "Nato", "Usa")
    assert [(hop.source, hop.target) for hop in answer.hops] == [
        ("Nato", "Piet Janssen"), ("Piet Janssen", "Russia"), ("Russia", "Stati Uniti"),
    ]  # fmt: skip
    assert [(hop.line.kind, hop.line.source) for hop in answer.hops] == [
        ("role", "Piet Janssen"), ("says", "Piet Janssen"), ("says", "Stati Uniti"),
    ]  # fmt: skip
    assert answer.hops[1].line.text == "l'alleanza tratti con Mosca"


def test_a_deed_proves_better_than_words(graph):
    (hop,) = path(graph, "Marco Rossi", "Bianchi").hops
    assert (hop.line.kind, hop.line.what) == ("relation", "consult")


def test_without_a_chain_there_is_an_answer_too(graph):
    answer = path(graph, "Giulia Verdi", "Nato")
    assert (answer.connected, answer.hops) == (False, ())


def test_to_oneself_no_step_is_needed(graph):
    answer = path(graph, "Bianchi", "Anna Bianchi")
    assert (answer.connected, answer.hops) == (True, ())


def test_no_path_is_shorter(graph):
    """Against networkx on the undirected network, for every pair of named actors."""
    network = actor_network(graph, shared_topics=False).to_undirected()
    actors = {
        d["name"]: n for n, d in graph.nodes(data=True) if d["kind"] == "actor" and d["name"] != "alcuni testimoni"
    }
    checked = 0
    for (a, start), (b, end) in product(actors.items(), repeat=2):
        answer = path(graph, a, b)
        if nx.has_path(network, start, end):
            assert len(answer.hops) == nx.shortest_path_length(network, start, end)
        else:
            assert not answer.connected
        checked += 1
    assert checked == 81


def test_an_unknown_actor_is_an_error(graph):
    with pytest.raises(UnknownNameError):
        path(graph, "Zorro", "Bianchi")
