"""RDF files as an index of subjects: parsed with pyoxigraph where it is installed, else with RDFLib, with one result."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, NamedTuple, TypeAlias

from portavoce.errors import GraphFileError


class Value(NamedTuple):
    """An object as read: an IRI, or a literal's text with its language tag."""

    text: str
    is_iri: bool = False
    language: str = ""


Index: TypeAlias = dict[str, dict[str, set[Value]]]
"""Subject → predicate → objects, all of them full IRIs."""

_OXIGRAPH = {"ttl": "TURTLE", "nt": "N_TRIPLES", "jsonld": "JSON_LD"}
_RDFLIB = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld"}


def read_index(stream: BinaryIO, form: str, where: str) -> Index:
    """The triples of a file in the format ``form`` (ttl, nt, jsonld); raises `GraphFileError` when it is broken."""
    try:
        import pyoxigraph  # noqa: F401
    except ImportError:
        triples = _with_rdflib(stream, form, where)
    else:
        triples = _with_pyoxigraph(stream, form, where)
    index: Index = {}
    for subject, predicate, value in triples:
        index.setdefault(subject, {}).setdefault(sys.intern(predicate), set()).add(value)
    return index


def _broken(where: str, error: Exception) -> GraphFileError:
    reason = " ".join(str(error).split())[:300] or type(error).__name__
    return GraphFileError(f"{where} is broken: {reason}; write it again from the .jsonl or the articles")


def _blank(where: str) -> GraphFileError:
    return GraphFileError(f"{where} holds blank nodes, so portavoce did not write it; read it with RDFLib instead")


def _with_pyoxigraph(stream: BinaryIO, form: str, where: str) -> Iterator[tuple[str, str, Value]]:
    import pyoxigraph as ox

    try:
        for quad in ox.parse(input=stream, format=getattr(ox.RdfFormat, _OXIGRAPH[form])):
            subject, o = quad.subject, quad.object
            if not isinstance(subject, ox.NamedNode):
                raise _blank(where)
            if isinstance(o, ox.NamedNode):
                value = Value(o.value, is_iri=True)
            elif isinstance(o, ox.Literal):
                value = Value(o.value, language=(o.language or "").lower())
            else:
                raise _blank(where)
            yield subject.value, quad.predicate.value, value
    except (SyntaxError, ValueError) as error:
        if isinstance(error, GraphFileError):
            raise
        raise _broken(where, error) from error


def _with_rdflib(stream: BinaryIO, form: str, where: str) -> Iterator[tuple[str, str, Value]]:
    import rdflib

    graph = rdflib.Graph()
    with _literals_as_they_stand():
        try:
            graph.parse(file=stream, format=_RDFLIB[form])
        except Exception as error:  # its parsers raise whatever their parts raise
            raise _broken(where, error) from error
    for s, p, o in graph:
        if isinstance(s, rdflib.BNode) or isinstance(o, rdflib.BNode):
            raise _blank(where)
        if isinstance(o, rdflib.Literal):
            yield str(s), str(p), Value(str(o), language=(o.language or "").lower())
        else:
            yield str(s), str(p), Value(str(o), is_iri=True)


@contextmanager
def _literals_as_they_stand() -> Iterator[None]:
    """RDFLib's own switch against rewriting ``10:00:00Z`` as ``10:00:00+00:00``; it knows no narrower one."""
    import rdflib

    before = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = before
