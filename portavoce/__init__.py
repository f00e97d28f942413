"""portavoce: who said what about what, from news articles to a graph and RDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

# first of all, so that the name means the function and not the folder of the same name
from portavoce.extract import extract
from portavoce.records import Article, Reject, Span, Statement

if TYPE_CHECKING:
    from portavoce.extract.annotate import load_pipeline
    from portavoce.graph.build import build_graph
    from portavoce.graph.merge import merge
    from portavoce.graph.project import actor_network
    from portavoce.graph.store import Corpus, Selection
    from portavoce.output import load_graph, read, write

__version__ = "0.1.0"

__all__ = [
    "Article", "Corpus", "Reject", "Selection", "Span", "Statement", "actor_network", "build_graph", "extract", "load_graph",
    "load_pipeline", "merge", "read", "write",
]  # fmt: skip

_HOMES = {
    "Corpus": "portavoce.graph.store",
    "Selection": "portavoce.graph.store",
    "actor_network": "portavoce.graph.project",
    "build_graph": "portavoce.graph.build",
    "load_graph": "portavoce.output",
    "load_pipeline": "portavoce.extract.annotate",
    "merge": "portavoce.graph.merge",
    "read": "portavoce.output",
    "write": "portavoce.output",
}  # loaded when first asked for, so that `portavoce --help` starts at once


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'portavoce' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
