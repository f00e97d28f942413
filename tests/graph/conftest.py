import json
from pathlib import Path

import pytest

from portavoce.graph.build import build_graph

RECORDS = Path(__file__).with_name("records.jsonl")


@pytest.fixture
def records():
    """Three articles about a bridge and a summit, ten statements, as `extract` gives them."""
    return [json.loads(line) for line in RECORDS.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def graph(records):
    return build_graph(records)


@pytest.fixture
def node_of(graph):
    """The node of the actor with a name; there must be exactly one."""

    def find(name):
        (found,) = [n for n, d in graph.nodes(data=True) if d["kind"] == "actor" and d["name"] == name]
        return found

    return find


@pytest.fixture
def saying(graph):
    """The node of the statement whose content begins with some words."""

    def find(words):
        (found,) = [
            n for n, d in graph.nodes(data=True) if d["kind"] == "statement" and d["content"][0].text.startswith(words)
        ]
        return found

    return find
