"""Nodes and edges with flat string and number attributes, for the XML formats of graph programs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import networkx as nx
import orjson

from portavoce.output.terms import clean
from portavoce.records import Span

Flat: TypeAlias = dict[str, str | int | float]
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LABEL = 80  # characters of a label: what a node in Gephi can show

COLUMNS: dict[str, dict[str, str]] = {
    "node": {
        "kind": "string", "name": "string", "names": "string", "actor_kind": "string", "wikidata": "string",
        "of_country": "string", "quote_type": "string", "content": "string", "text": "string", "cue": "string",
        "cue_text": "string", "cue_lemma": "string", "speaker": "string", "speaker_text": "string", "actor": "string",
        "about": "string", "category": "string", "polarity": "string", "certainty": "string", "act": "string", "tense": "string", "reported_by": "string",
        "rule": "string", "confidence": "double", "language": "string", "context": "string", "topic": "string",
        "scheme": "string", "concept": "string", "article_id": "string", "title": "string", "url": "string",
        "published": "string", "publisher": "string", "text_digest": "string", "text_length": "long",
    },
    "edge": {
        "kind": "string", "networkx_key": "string", "evidence": "string", "evidence_text": "string", "rank": "long",
        "role": "string", "organization": "string", "article": "string", "observed": "string", "type": "string",
        "modality": "string", "trigger": "string", "trigger_text": "string", "statement": "string",
    },
}  # fmt: skip
"""Every column that nodes and edges can have, in order, with its type; an attribute that is None is left out."""

_RENAMED = {"label": "topic", "id": "article_id"}  # both names mean something else in GraphML and GEXF


def xml_text(value: str) -> str:
    """The text without the characters that XML 1.0 cannot hold; unpaired surrogates become U+FFFD."""
    return _ILLEGAL.sub("", clean(value))


def nodes(graph: nx.MultiDiGraph) -> Iterator[tuple[str, str, Flat]]:
    """Each node's name, label and flat attributes, by name; never an article's body."""
    for node in sorted(graph):
        d = graph.nodes[node]
        flat = _flat({k: value for k, value in d.items() if not (k == "text" and d.get("kind") == "article")}, "node")
        if d.get("content"):
            flat["text"] = xml_text(" […] ".join(span.text for span in d["content"]))
        yield xml_text(node), _label(node, d), flat


def edges(graph: nx.MultiDiGraph) -> Iterator[tuple[str, str, str, Flat]]:
    """Each edge's source, target, key and flat attributes, by source, target and key."""
    for u in sorted(graph):
        for v, key in sorted((v, str(key)) for _, v, key in graph.out_edges(u, keys=True)):
            d = graph.edges[u, v, key]
            flat = _flat(d, "edge")
            if d.get("evidence"):
                flat["evidence_text"] = _json([span.text for span in d["evidence"]])
            flat["networkx_key"] = xml_text(key)
            yield xml_text(u), xml_text(v), xml_text(key), flat


def _flat(attributes: Mapping[str, Any], of: str) -> Flat:
    """The attributes in the columns' order: spans as "start-end" with their words beside, tuples as JSON."""
    found: Flat = {}
    for name, value in attributes.items():
        column = _RENAMED.get(name, name)
        if value is None or column not in COLUMNS[of]:
            continue
        if isinstance(value, Span):
            found[column], found[f"{column}_text"] = _place(value), xml_text(value.text)
        elif isinstance(value, tuple):
            found[column] = _json([_plain(part) for part in value])
        else:
            found[column] = xml_text(value) if isinstance(value, str) else value
    return {column: found[column] for column in COLUMNS[of] if column in found}


def _plain(part: object) -> object:
    if isinstance(part, Span):
        return _place(part)
    return [_plain(p) for p in part] if isinstance(part, tuple) else clean(str(part))


def _place(span: Span) -> str:
    return f"{span.start}-{span.end}"


def _json(value: list[Any]) -> str:
    return xml_text(orjson.dumps([clean(v) if isinstance(v, str) else v for v in value]).decode())


def _label(node: str, d: Mapping[str, Any]) -> str:
    """What a person reads on the node."""
    if d.get("content"):
        words = " […] ".join(span.text for span in d["content"])
    else:
        words = d.get("name") or d.get("label") or d.get("title") or d.get("id") or node
    words = " ".join(xml_text(str(words)).split())
    return (words if len(words) <= _LABEL else words[: _LABEL - 1].rstrip() + "…") or xml_text(node)
