"""Files, folders and standard input: what lies there, by suffix or by its first characters, and under which id."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from portavoce.errors import InputError
from portavoce.extract.read.decode import has_wide_bom
from portavoce.extract.read.html import article_of_html
from portavoce.extract.read.jsonl import Numbered, articles_of_json, articles_of_lines
from portavoce.extract.read.plain import article_of_text
from portavoce.records import Article, Reject

Found = tuple[Article, str, int | None]  # an article, the path it came from, its line
_SUFFIXES = {
    ".txt": "text", ".text": "text", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "lines", ".ndjson": "lines", ".json": "json",
}  # fmt: skip
_NO_ARTICLES = (".judgements.jsonl", ".gazetteer.jsonl")  # what is kept beside a graph
_WHOLE: dict[str, Callable[[bytes, str], Article]] = {"text": article_of_text, "html": article_of_html}
_MARKUP = re.compile(rb"<(?:!doctype|!--|\?xml|html|head|body|article|div|p|h1|meta|section|main)\b", re.IGNORECASE)
_JSON_LIST = re.compile(rb"\[\s*[{\]]")


def found_in(inputs: Iterable[str | Path], stdin: BinaryIO | None) -> Iterator[Found | Reject]:
    """What the inputs hold, in their order; files of a folder by name."""
    for given in inputs:
        if str(given) == "-":
            yield from _standard_input(stdin)
            continue
        path = Path(given)
        try:
            is_folder = path.is_dir()
        except (OSError, ValueError) as error:
            yield Reject("read", _reason(error), path=_printable(given))
            continue
        if is_folder:
            yield from _folder(path)
        else:
            yield from _file(path, path.name)


def _folder(folder: Path) -> Iterator[Found | Reject]:
    empty = True
    for path in _files(folder, ()):
        empty = False
        if isinstance(path, Reject):
            yield path
        else:
            yield from _file(path, path.relative_to(folder).as_posix())
    if empty:
        yield Reject("read", "no articles in this folder", path=_printable(folder))


def _files(folder: Path, above: tuple[tuple[int, int], ...]) -> Iterator[Path | Reject]:
    """The files of a folder and its folders that may hold articles, by name; a link back up is not followed."""
    try:
        status = folder.stat()
        here = status.st_dev, status.st_ino
        inside = [] if here in above else sorted(folder.iterdir())
    except OSError as error:
        yield Reject("read", _reason(error), path=_printable(folder))
        return
    for path in inside:
        if path.name.startswith(".") or path.name.endswith(_NO_ARTICLES):
            continue
        if path.is_dir():
            yield from _files(path, (*above, here))
        elif path.suffix.lower() in _SUFFIXES and (path.is_file() or path.is_symlink()):
            yield path


def _file(path: Path, id_: str) -> Iterator[Found | Reject]:
    shown = _printable(path)
    try:
        with path.open("rb") as stream:
            yield from _stream(stream, _printable(id_), shown, _SUFFIXES.get(path.suffix.lower()))
    except (OSError, ValueError) as error:
        yield Reject("read", _reason(error), path=shown)


def _standard_input(stdin: BinaryIO | None) -> Iterator[Found | Reject]:
    if stdin is None:
        import sys

        stdin = sys.stdin.buffer
    try:
        yield from _stream(stdin, "-", "-", None)
    except (OSError, InputError) as error:
        yield Reject("read", _reason(error), path="-")


def _stream(stream: BinaryIO, id_: str, path: str, kind: str | None) -> Iterator[Found | Reject]:
    """The articles of a stream of bytes; without a kind the first line that is not blank tells it."""
    head: list[bytes] = []
    if kind is None:
        kind = _sniffed(stream, head)
    if kind in _WHOLE:
        yield _WHOLE[kind](b"".join(head) + stream.read(), id_), path, None
        return
    articles: Iterator[Numbered | Reject]
    if kind == "json":
        articles = articles_of_json(b"".join(head) + stream.read(), path)
    else:
        articles = articles_of_lines(chain(head, stream), path)
    for one in articles:
        yield one if isinstance(one, Reject) else (one[0], path, one[1])


def _sniffed(stream: BinaryIO, head: list[bytes]) -> str:
    """The kind of what a stream holds; the lines read to know it are put into ``head``."""
    line = b""
    for line in stream:
        head.append(line)
        if line.strip():
            break
    start = line.replace(b"\0", b"") if head and has_wide_bom(head[0]) else line
    start = start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").rstrip()
    if start.startswith(b"{"):
        return "json" if start == b"{" else "lines"
    if start == b"[" or _JSON_LIST.match(start):
        return "json"
    return "html" if _MARKUP.match(start) else "text"


def _printable(path: str | Path) -> str:
    """A path as UTF-8 can hold it: bytes of a file name that are no UTF-8 are escaped."""
    return str(path).encode("utf-8", "backslashreplace").decode()


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, PermissionError):
        return "may not be read (permission denied)"
    if isinstance(error, OSError):
        return f"cannot be read ({error.strerror or type(error).__name__})"
    return str(error) if isinstance(error, InputError) else f"is not a path ({error})"
