"""Graph out to files, and files that we wrote back in: Turtle, N-Triples, JSON-LD, records, GraphML, GEXF."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from portavoce.errors import GraphFileError, InputError
from portavoce.output.beside import gazetteer_beside, judgements_beside
from portavoce.output.files import write_atomically
from portavoce.output.formats import FORMATS, READABLE, format_of, is_corpus, open_corpus
from portavoce.output.terms import checked_base
from portavoce.output.vocabulary import DEFAULT_BASE, namespaces

if TYPE_CHECKING:
    import networkx as nx

    from portavoce.graph.judgements import Judgements
    from portavoce.graph.resolve import Gazetteer
    from portavoce.graph.store import Selection
    from portavoce.output.blocks import Profile

_CHUNK = 1 << 18  # characters encoded at once


def write(
    graph: nx.MultiDiGraph,
    path: str | os.PathLike[str],
    *,
    profile: Profile | None = None,
    base: str | None = None,
    format: str | None = None,  # noqa: A002
) -> None:
    """Write the graph to a file, in the format of its suffix; the file is whole or not there.

    ``profile`` (for RDF) is ``core`` or ``full``, and ``base`` the IRI that nodes hang under; a graph that was read
    from a file keeps that file's, another gets ``core`` and the default. ``format`` names the format where the suffix
    does not; path ``-`` is standard output. Raises `InputError` for an unknown format, profile or base, and
    `GraphFileError` when the format cannot hold the graph.
    """
    form = format_of(path, format)
    kept = graph.graph.get("profile")
    chosen = profile or ("full" if kept == "full" else "core")
    if chosen not in ("core", "full"):
        raise InputError(f"there is no profile {chosen!r}; there are core and full")
    pieces = _pieces(graph, form, chosen, checked_base(base or graph.graph.get("base") or DEFAULT_BASE))
    with write_atomically(path) as stream:
        for chunk in _chunks(pieces):
            stream.write(chunk)


def read(path: str | os.PathLike[str], *, format: str | None = None) -> nx.MultiDiGraph:  # noqa: A002
    """The graph in a file that portavoce wrote; path ``-`` is standard input.

    A Turtle, N-Triples or JSON-LD file tells its profile and base, which ``graph.graph`` keeps. Records are read with the
    judgements and the gazetteer that stand beside them, a corpus (.db) with those that it holds. Raises
    `GraphFileError` when the file is not there, not ours, or broken.
    """
    if is_corpus(path, format):
        with open_corpus(path) as corpus:
            return corpus.graph()
    form = format_of(path, format)
    where = "standard input" if os.fspath(path) == "-" else os.fspath(path)
    if form not in READABLE:
        raise GraphFileError(f"{where}: {FORMATS[form]} is for other programs; questions need a .jsonl or .ttl file")
    if where == "standard input":
        return _read(sys.stdin.buffer, form, where)
    try:
        with Path(path).open("rb") as stream:
            if form == "jsonl":
                return _read(stream, form, where, gazetteer=gazetteer_beside(path), judgements=judgements_beside(path))
            return _read(stream, form, where)
    except OSError as error:
        raise GraphFileError(f"{where} cannot be read: {error.strerror or error}") from error


def load_graph(path: str | os.PathLike[str], selection: Selection | None = None) -> nx.MultiDiGraph:
    """The graph in a file (.db, .jsonl, .ttl, .nt, .jsonld), or the part of it that a selection means.

    Raises `GraphFileError` when the file is not there, not ours, or broken, `UnknownNameError` for an actor that it does not hold.
    """
    if selection is None or selection.is_everything:
        return read(path)
    if is_corpus(path):
        with open_corpus(path) as corpus:
            return corpus.select(selection)
    from portavoce.graph.store.selection import part_of

    return part_of(read(path), selection)


def decided(path: str | os.PathLike[str]) -> nx.MultiDiGraph:
    """The graph in a file, who is who decided anew by the judgements and the gazetteer that stand beside it."""
    from portavoce.graph.merge import merge

    found = read(path)
    if is_corpus(path) or format_of(path) == "jsonl":  # records are decided anew whenever they are read
        return found
    return merge(found, gazetteer=gazetteer_beside(path), judgements=judgements_beside(path))


def _pieces(graph: nx.MultiDiGraph, form: str, profile: Profile, base: str) -> Iterable[str | bytes]:
    if form == "jsonl":
        from portavoce.output.jsonl import jsonl

        return jsonl(graph)
    if form == "graphml":
        from portavoce.output.graphml import graphml

        return graphml(graph)
    if form == "gexf":
        from portavoce.output.gexf import gexf

        return gexf(graph)
    from portavoce.output.blocks import blocks
    from portavoce.output.jsonld import jsonld
    from portavoce.output.ntriples import ntriples
    from portavoce.output.turtle import turtle

    writers = {"ttl": turtle, "nt": ntriples, "jsonld": jsonld}
    return writers[form](blocks(graph, base=base, profile=profile), namespaces(base))


def _chunks(pieces: Iterable[str | bytes]) -> Iterator[bytes]:
    """The pieces as UTF-8 in chunks large enough for the system's calls not to count."""
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        raw = piece if isinstance(piece, bytes) else piece.encode()
        waiting.append(raw)
        size += len(raw)
        if size >= _CHUNK:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)


def _read(
    stream: BinaryIO, form: str, where: str, *, gazetteer: Gazetteer | None = None, judgements: Judgements | None = None
) -> nx.MultiDiGraph:
    if form == "jsonl":
        from portavoce.output.jsonl import read_jsonl

        return read_jsonl(stream, where, gazetteer=gazetteer, judgements=judgements)
    from portavoce.output.rdf_graph import graph_of
    from portavoce.output.rdf_read import read_index

    return graph_of(read_index(stream, form, where), where)


__all__ = ["FORMATS", "READABLE", "format_of", "load_graph", "read", "write", "write_atomically"]
