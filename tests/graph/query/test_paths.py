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


def test_of_chains_as_short_those_told_more_often_come_first(news, built):
    who = {"a": "Anna Verdi", "b": "Bruno Neri", "c": "Carla Bruni", "d": "Dario Sala", "e": "Elena Riva"}
    graph = built(
        news("a", "2024-01-01", **who)
        .does("a", "consult", "b", "incontra").does("b", "consult", "e", "incontra")
        .does("a", "consult", "c", "incontra").does("c", "consult", "e", "incontra")
        .says("a", "Dario Sala tace", "silenzio").says("d", "Elena Riva tace", "silenzio"),
        news("b", "2024-01-02", **who).does("e", "consult", "c", "vede"),
    )  # fmt: skip
    answer = path(graph, "Verdi", "Riva", limit=9)
    assert [hops[0].target for hops in (answer.hops, *answer.others)] == ["Carla Bruni", "Bruno Neri", "Dario Sala"]
    assert [hop.line.what for hop in answer.hops] == ["consult", "consult"]
