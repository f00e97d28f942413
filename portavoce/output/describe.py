"""What the descriptions of all kinds of nodes share: names under the base IRI, spans, languages, shared nodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import networkx as nx

from portavoce import __version__
from portavoce.errors import GraphFileError
from portavoce.ids import digest
from portavoce.output import vocabulary as v
from portavoce.output.terms import Name, Term, integer, language_tag, quote_local, text
from portavoce.records import Span

Attributes: TypeAlias = Mapping[str, Any]
Properties: TypeAlias = list[tuple[Name, Sequence[Term]]]

SEPARATOR = " […] "
"""What joins the texts of several spans in one literal; with the offsets the texts are found again."""


class Description:
    """One graph being described in RDF: the base IRI, the profile, and the shared nodes met so far."""

    def __init__(self, graph: nx.MultiDiGraph, *, base: str, full: bool) -> None:
        self.graph = graph
        self.base = base
        self.full = full
        self.facts = graph.graph
        self.version = str(graph.graph.get("version") or __version__)
        self.publishers: dict[Name, str] = {}
        self.schemes: dict[Name, str] = {}
        self.roles: dict[Name, str] = {}
        self.relation_types: dict[Name, str] = {}

    def node(self, name: str) -> Name:
        """The IRI of a node of the graph: flat, one namespace a kind."""
        kind, slash, local = name.partition("/")
        prefix = v.DATA_PREFIXES.get(kind) if slash and local else None
        if prefix is None:
            return Name("", self.base + quote_local(name))
        return Name(prefix, quote_local(local))

    def run(self) -> Name:
        """The activity that made the graph's statements."""
        return Name(
            "run", digest("run", self.version, *(str(self.facts.get(f) or "") for f in ("model", "config_digest")))
        )

    def language(self, node: str | None) -> str:
        """The language tag of a statement's or article's texts."""
        return language_tag(self.graph.nodes[node].get("language")) if node in self.graph else ""

    def shared_language(self, nodes: Iterable[str]) -> str:
        """The one language tag that all these statements and articles have, or ""."""
        tags = {language_tag(self.graph.nodes[node].get("language")) for node in nodes}
        return tags.pop() if len(tags) == 1 else ""


def child(parent: Name, suffix: str) -> Name:
    """A sub-node's name: the parent's and a suffix, so that the IRIs stay flat."""
    return Name(parent.prefix, f"{parent.local}-{quote_local(suffix)}")


def one(properties: Properties, predicate: Name, value: str | None, language: str = "") -> None:
    """Add a string property, unless the value is None."""
    if value is not None:
        properties.append((predicate, (text(value, language),)))


def told_forms(about: Description, properties: Properties, predicate: Name, forms: Iterable[str | None]) -> None:
    """Add the forms under which an article knows an actor; only `full` tells them."""
    found = sorted({form for form in forms if form})
    if about.full and found:
        properties.append((predicate, [text(form) for form in found]))


def value_or_text(value: str, known: Sequence[str]) -> Term:
    """The individual of our vocabulary for a value that is among those known, else the value as a string."""
    return v.VALUES[value] if value in known else text(value)


def offsets(properties: Properties, spans: Sequence[Span]) -> None:
    """Add the starts and the ends of spans that do not overlap: sorted, the n-th start pairs with the n-th end."""
    properties.append((v.START, [integer(start) for start in sorted(s.start for s in spans)]))
    properties.append((v.END, [integer(end) for end in sorted(s.end for s in spans)]))


def evidence(properties: Properties, spans: Sequence[Span], language: str) -> None:
    """Add the spans of the article that support a node, with their words."""
    if spans:
        offsets(properties, spans)
        one(properties, v.EVIDENCE, SEPARATOR.join(s.text for s in spans), language)


def kind_of(graph: nx.MultiDiGraph, node: str) -> str:
    """The node's kind; raises `GraphFileError` when it has none that files can hold."""
    kind = graph.nodes[node].get("kind")
    if kind not in ("actor", "article", "statement", "topic", "utterance"):
        raise GraphFileError(
            f"the node {node!r} is of kind {kind!r}; build_graph makes actor, article, statement, topic, utterance"
        )
    return str(kind)
