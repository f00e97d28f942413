"""GraphML, streamed: NetworkX's writer needs 47 s and 1.9 GB for 500,000 edges."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

import networkx as nx

from portavoce.output.flat import COLUMNS, Flat, edges, nodes

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


def graphml(graph: nx.MultiDiGraph) -> Iterator[str]:
    """The graph as a GraphML document, piece by piece."""
    yield _HEAD
    yield '<key id="nlabel" for="node" attr.name="label" attr.type="string"/>\n'
    for of, columns in COLUMNS.items():
        for column, type_ in columns.items():
            yield f'<key id="{of[0]}_{column}" for="{of}" attr.name="{column}" attr.type="{type_}"/>\n'
    yield '<graph edgedefault="directed">\n'
    for node, label, flat in nodes(graph):
        yield f'<node id={_attribute(node)}><data key="nlabel">{_content(label)}</data>{_data(flat, "n")}</node>\n'
    for number, (source, target, _, flat) in enumerate(edges(graph)):
        yield (
            f'<edge id="e{number}" source={_attribute(source)} target={_attribute(target)}>{_data(flat, "e")}</edge>\n'
        )
    yield "</graph>\n</graphml>\n"


def _data(flat: Flat, of: str) -> str:
    return "".join([f'<data key="{of}_{column}">{_content(str(value))}</data>' for column, value in flat.items()])


def _content(value: str) -> str:
    return escape(value, {"\r": "&#13;"})  # a parser turns a bare carriage return into a line feed


def _attribute(value: str) -> str:
    return quoteattr(value, {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"})
