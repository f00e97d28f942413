"""GEXF 1.2 for Gephi, streamed, with labels on nodes and edges."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

import networkx as nx

from portavoce.output.flat import COLUMNS, Flat, edges, nodes

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://www.gexf.net/1.2draft http://www.gexf.net/1.2draft/gexf.xsd" version="1.2">
<meta><creator>portavoce</creator></meta>
<graph defaultedgetype="directed" mode="static">
"""


def gexf(graph: nx.MultiDiGraph) -> Iterator[str]:
    """The graph as a GEXF document, piece by piece."""
    yield _HEAD
    for of, columns in COLUMNS.items():
        yield f'<attributes class="{of}" mode="static">\n'
        for column, type_ in columns.items():
            yield f'<attribute id="{of[0]}_{column}" title="{column}" type="{type_}"/>\n'
        yield "</attributes>\n"
    yield "<nodes>\n"
    for node, label, flat in nodes(graph):
        yield f"<node id={_quoted(node)} label={_quoted(label)}>{_values(flat, 'n')}</node>\n"
    yield "</nodes>\n<edges>\n"
    for number, (source, target, _, flat) in enumerate(edges(graph)):
        label = str(flat.get("role") or flat.get("type") or flat["kind"])
        yield (
            f'<edge id="{number}" source={_quoted(source)} target={_quoted(target)} label={_quoted(label)}>'
            f"{_values(flat, 'e')}</edge>\n"
        )
    yield "</edges>\n</graph>\n</gexf>\n"


def _values(flat: Flat, of: str) -> str:
    values = [f'<attvalue for="{of}_{column}" value={_quoted(str(value))}/>' for column, value in flat.items()]
    return f"<attvalues>{''.join(values)}</attvalues>"


def _quoted(value: str) -> str:
    return quoteattr(value, {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"})
