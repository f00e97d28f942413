"""GraphML and GEXF, as NetworkX reads them back."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import pytest
from lxml import etree

from portavoce.output import write
from portavoce.output.flat import COLUMNS, edges, nodes, xml_text

READ = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}


@pytest.mark.parametrize("form", READ)
def test_networkx_reads_every_node_edge_and_attribute_back(graph: nx.MultiDiGraph, form: str, tmp_path: Path) -> None:
    graph.nodes["actor/anna-rossi-0a"]["name"] = 'Anna <Rossi> & "C."\r\n\t\'\x00\x0b\ud800🙂'
    graph.add_edge(
        "actor/russia-0c",
        "actor/comune-di-arezzo-0b",
        "relates:b",
        **graph.edges["actor/russia-0c", "actor/comune-di-arezzo-0b", "relates:00000000000e"],
    )
    write(graph, tmp_path / f"g.{form}")
    back = READ[form](tmp_path / f"g.{form}")
    assert set(back) == set(graph)
    for node, label, flat in nodes(graph):
        found = dict(back.nodes[node])
        assert found.pop("label") == label
        assert {k: str(x) for k, x in found.items()} == {k: str(x) for k, x in flat.items()}
    expected = sorted((u, v, sorted((k, str(x)) for k, x in flat.items())) for u, v, _, flat in edges(graph))
    names = COLUMNS["edge"].keys()
    key = [] if form == "graphml" else ["networkx_key"]  # NetworkX takes it for the key
    found_edges = sorted(
        (u, v, sorted([(k, str(x)) for k, x in d.items() if k in names] + [(n, str(k_)) for n in key]))
        for u, v, k_, d in back.edges(keys=True, data=True)
    )
    assert len(found_edges) == graph.number_of_edges()
    assert found_edges == expected


@pytest.mark.parametrize("form", READ)
def test_the_document_is_well_formed_and_labelled(graph: nx.MultiDiGraph, form: str, tmp_path: Path) -> None:
    write(graph, tmp_path / f"g.{form}")
    text = (tmp_path / f"g.{form}").read_text(encoding="utf-8")
    etree.fromstring(text.encode())
    assert "Il bilancio è solido […]" in text
    assert "Comune di Arezzo" in text


def test_spans_are_places_and_tuples_are_json(graph: nx.MultiDiGraph) -> None:
    flat = {node: d for node, _, d in nodes(graph)}["statement/" + "1" * 20]
    assert json.loads(str(flat["content"])) == ["33-53", "74-103"]
    assert (flat["cue"], flat["cue_text"]) == ("22-30", "ha detto")
    assert json.loads(str(flat["context"]))[0] == ["ha detto: «", "», poi"]
    assert "reported_by" not in flat


def test_long_contents_make_short_labels(graph: nx.MultiDiGraph) -> None:
    labels = {node: label for node, label, _ in nodes(graph)}
    assert all(0 < len(label) <= 80 for label in labels.values())
    graph.nodes["actor/russia-0c"]["name"] = "Russia " * 40
    assert {node: label for node, label, _ in nodes(graph)}["actor/russia-0c"].endswith("…")


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    assert xml_text("a\0b\x1fc\ufffe\ud800d🙂\n") == "abc\ufffdd🙂\n"
