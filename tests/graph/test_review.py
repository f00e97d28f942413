"""Decisions about the actors of a graph, and what becomes of the graph."""

import pytest

from portavoce.errors import InputError
from portavoce.graph.build import build_graph
from portavoce.graph.judgements import Judgement, Judgements
from portavoce.graph.merge import merge
from portavoce.graph.review import pairs_to_join, pairs_to_part, proposals

BY = {"by": "anna", "when": "2024-05-01T10:00:00Z"}


def article(id_, name, text="{} ha detto che il molo è chiuso."):
    text = text.format(name)
    start = text.index("il molo")
    said = {
        "kind": "indirect",
        "content": [{"start": start, "end": len(text) - 1}],
        "actor": name,
        "actor_kind": "person",
    }
    return {"id": id_, "text": text, "statements": [said]}


def graph_of(*names, judgements=None):
    return build_graph([article(f"a{n}", name) for n, name in enumerate(names)], judgements=judgements)


def actors(graph):
    return sorted(d["name"] for _, d in graph.nodes(data=True) if d["kind"] == "actor")


def log(pairs, verdict):
    return Judgements([Judgement.of(*pair, verdict, **BY) for pair in pairs])


def test_two_actors_become_one_and_all_their_edges_with_them():
    graph = graph_of("Ada Riva", "Berta Riva Costa", "Ada Riva")
    assert len(actors(graph)) == 2
    joined = merge(graph, judgements=log(pairs_to_join(graph, "Ada Riva", "Berta Riva Costa"), "same"))
    assert actors(joined) == ["Ada Riva"]
    (node,) = [n for n, d in joined.nodes(data=True) if d["kind"] == "actor"]
    assert joined.nodes[node]["names"] == ("Ada Riva", "Berta Riva Costa")
    assert sum(d["kind"] == "says" for _, _, d in joined.out_edges(node, data=True)) == 3


def test_what_is_taken_back_leaves_no_trace():
    graph = graph_of("Ada Riva", "Berta Riva Costa")
    joined = merge(graph, judgements=log(pairs_to_join(graph, "Ada Riva", "Berta Riva Costa"), "same"))
    again = merge(joined)
    assert dict(again.nodes(data=True)) == dict(graph.nodes(data=True))


def test_an_article_is_taken_out_of_an_actor():
    graph = graph_of("Ada Riva", "Ada Riva", "Ada Riva")
    parted = merge(graph, judgements=log(pairs_to_part(graph, "Ada Riva", articles=["a2"]), "different"))
    assert actors(parted) == ["Ada Riva", "Ada Riva"]
    said = sorted(
        sum(d["kind"] == "says" for _, _, d in parted.out_edges(n, data=True))
        for n, d in parted.nodes(data=True)
        if d["kind"] == "actor"
    )
    assert said == [1, 2]


def test_a_name_is_taken_out_of_an_actor():
    graph = graph_of("Sergej Rivov", "Sergey Rivov", "Sergei Rivov")
    assert len(actors(graph)) == 1
    parted = merge(graph, judgements=log(pairs_to_part(graph, "Sergej Rivov", names=["Sergey Rivov"]), "different"))
    assert len(actors(parted)) == 2


def test_a_decision_holds_when_the_graph_is_built_again_of_parts():
    names = ("Ada Riva", "Berta Riva Costa", "Carla Moro")
    decisions = log(pairs_to_join(graph_of(*names), "Ada Riva", "Berta Riva Costa"), "same")
    whole = graph_of(*names, judgements=decisions)
    parts = [build_graph([article(f"a{n}", name)], judgements=decisions) for n, name in enumerate(names)]
    merged = merge(*reversed(parts), judgements=decisions)
    assert dict(merged.nodes(data=True)) == dict(whole.nodes(data=True))
    assert len(actors(whole)) == 2


def test_nothing_or_everything_cannot_be_taken_out():
    graph = graph_of("Ada Riva", "Ada Riva")
    for told in ({}, {"names": ["Carla"]}, {"articles": ["a0", "a1"]}, {"names": ["Ada Riva"]}):
        with pytest.raises(InputError, match="leave something"):
            pairs_to_part(graph, "Ada Riva", **told)
    with pytest.raises(InputError, match="one actor already"):
        pairs_to_join(graph, "Ada Riva", "Riva")


def test_doubtful_pairs_are_proposed_with_what_the_articles_say():
    graph = graph_of("Andrea Riva", "Andrea Rivva")
    (pair,) = proposals(graph)
    assert {pair.left.name, pair.right.name} == {"Andrea Riva", "Andrea Rivva"}
    assert pair.left.examples == ("il molo è chiuso",)
    assert proposals(graph, judgements=log([(pair.left.form, pair.right.form)], "unsure")) == []


def test_a_file_without_forms_cannot_be_judged():
    graph = graph_of("Ada Riva", "Carla Moro")
    for source, target, key, kind in list(graph.edges(keys=True, data="kind")):
        if kind == "appears":
            graph.remove_edge(source, target, key)
    with pytest.raises(InputError, match="build again"):
        pairs_to_join(graph, "Ada Riva", "Carla Moro")
