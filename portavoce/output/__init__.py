"""Graph out to files, and files that we wrote back in: Turtle, N-Triples, JSON-LD, records, GraphML, GEXF."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import networkx as nx
import orjson

from portavoce.errors import GraphFileError, InputError
from portavoce.output.files import write_atomically
from portavoce.output.terms import checked_base
from portavoce.output.vocabulary import DEFAULT_BASE, namespaces

if TYPE_CHECKING:
    from portavoce.graph.judgements import Judgement, Judgements
    from portavoce.graph.resolve import Gazetteer
    from portavoce.graph.store import Corpus, Selection
    from portavoce.output.blocks import Profile

FORMATS = {
    "ttl": "Turtle",
    "nt": "N-Triples",
    "jsonld": "JSON-LD",
    "jsonl": "records, one article a line",
    "graphml": "GraphML",
    "gexf": "GEXF",
}
"""The formats by their suffix; the first four are read back."""
READABLE = ("ttl", "nt", "jsonld", "jsonl")
CORPUS = "db"
"""The suffix of a corpus on disk, which is added to rather than written."""
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


def is_corpus(path: str | os.PathLike[str], format: str | None = None) -> bool:  # noqa: A002
    """Whether a path names a corpus on disk."""
    return (format or Path(path).suffix).lower().lstrip(".") == CORPUS


def open_corpus(path: str | os.PathLike[str], *, create: bool = False) -> Corpus:
    """The corpus in a file, made where there is none and ``create`` asks for it."""
    from portavoce.graph.store import Corpus

    return Corpus(path, create=create)


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


def gazetteer_beside(path: str | os.PathLike[str]) -> Gazetteer:
    """The package's gazetteer, with the entries that `keep_gazetteer` put beside a graph, or into a corpus."""
    from portavoce.graph.resolve import Gazetteer

    if is_corpus(path):
        with open_corpus(path) as corpus:
            return corpus.gazetteer()

    own = _beside(path, "gazetteer.jsonl")
    return Gazetteer.read([str(own)] if own.exists() else [])


def keep_gazetteer(path: str | os.PathLike[str], gazetteer: Gazetteer) -> None:
    """Keep the user's own entries beside a graph, so that they count whenever it is read."""
    own = [entry.to_json() for entry in gazetteer.entries if entry.own]
    if own and os.fspath(path) != "-":
        with write_atomically(_beside(path, "gazetteer.jsonl")) as stream:
            for entry in own:
                stream.write(orjson.dumps(entry, option=orjson.OPT_APPEND_NEWLINE))


def judgements_beside(path: str | os.PathLike[str]) -> Judgements:
    """The log of people's decisions that stands beside a graph, empty where there is none."""
    from portavoce.graph.judgements import Judgements, log_beside

    if is_corpus(path):
        with open_corpus(path) as corpus:
            return corpus.judgements()
    return Judgements.read(log_beside(path))


def judge(path: str | os.PathLike[str], judgement: Judgement) -> None:
    """Add a line to the log beside a graph, or to that of a corpus."""
    if is_corpus(path):
        with open_corpus(path) as corpus:
            corpus.judge(judgement)
        return
    from portavoce.graph.judgements import append, log_beside

    append(log_beside(path), judgement)


def log_of(path: str | os.PathLike[str]) -> str:
    """Where the decisions about a graph stand, for people."""
    from portavoce.graph.judgements import log_beside

    return os.fspath(path) if is_corpus(path) else os.fspath(log_beside(path))


def keep_judgements(path: str | os.PathLike[str], judgements: Judgements) -> None:
    """Add to the log beside a graph the lines that it lacks, so that they count whenever the graph is read."""
    from portavoce.graph.judgements import append, log_beside

    if os.fspath(path) == "-":
        return
    known = {line.id for line in judgements_beside(path).lines}
    for line in judgements.lines:
        if line.id not in known:
            append(log_beside(path), line)
            known.add(line.id)


def carry(source: str | os.PathLike[str], target: str | os.PathLike[str]) -> None:
    """Keep the gazetteer and the judgements that stand beside one graph beside another made from it, too."""
    own = _beside(source, "gazetteer.jsonl")
    if (is_corpus(source) or own.exists()) and own != _beside(target, "gazetteer.jsonl"):
        keep_gazetteer(target, gazetteer_beside(source))
    keep_judgements(target, judgements_beside(source))


def _beside(path: str | os.PathLike[str], suffix: str) -> Path:
    graph = Path(path)
    return graph.with_name(f"{graph.stem}.{suffix}")


def format_of(path: str | os.PathLike[str], format: str | None = None) -> str:  # noqa: A002
    """The format's suffix for a path, or for the format that is asked for; raises `InputError` for an unknown one."""
    form = (format or Path(path).suffix).lower().lstrip(".")
    if form == CORPUS:
        raise InputError(
            f"{os.fspath(path)} is a corpus, which 'portavoce build' adds to; it is not written like other formats"
        )
    if form not in FORMATS:
        asked = f"the format {format!r}" if format else f"a format for {os.fspath(path)!r}"
        raise InputError(f"portavoce does not know {asked}; it knows {', '.join('.' + f for f in FORMATS)}")
    return form


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
