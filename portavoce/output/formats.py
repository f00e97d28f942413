"""Which format a path names, and the corpus on disk among them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from portavoce.errors import InputError

if TYPE_CHECKING:
    from portavoce.graph.store import Corpus

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


def is_corpus(path: str | os.PathLike[str], format: str | None = None) -> bool:  # noqa: A002
    """Whether a path names a corpus on disk."""
    return (format or Path(path).suffix).lower().lstrip(".") == CORPUS


def open_corpus(path: str | os.PathLike[str], *, create: bool = False) -> Corpus:
    """The corpus in a file, made where there is none and ``create`` asks for it."""
    from portavoce.graph.store import Corpus

    return Corpus(path, create=create)
