"""JSON: one article or record a line, streamed, or one object or list of them in a file."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from portavoce.errors import InputError, RecordError
from portavoce.extract.read.decode import decoded, has_wide_bom
from portavoce.records import Article, Reject

Numbered = tuple[Article, int | None]
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def articles_of_lines(lines: Iterable[bytes], path: str) -> Iterator[Numbered | Reject]:
    """The articles of JSONL with their line numbers; a line that holds none is a reject, and the next one goes on."""
    nothing = True
    for number, raw in enumerate(_plain_lines(lines), 1):
        line = raw.removeprefix(codecs.BOM_UTF8).strip() if number == 1 else raw.strip()
        if line:
            nothing = False
            yield _article(line, path, number)
    if nothing:
        yield Reject("read", "is empty", path=path)


def articles_of_json(data: bytes, path: str) -> Iterator[Numbered | Reject]:
    """The articles of a JSON file that holds one object or a list of them."""
    if not data.strip():
        yield Reject("read", "is empty", path=path)
        return
    try:
        if has_wide_bom(data):
            data = decoded(data).encode()
        value = _loaded(data.removeprefix(codecs.BOM_UTF8))
    except InputError as error:
        yield Reject("read", str(error), path=path)
        return
    values = value if isinstance(value, list) else [value]
    if not values:
        yield Reject("read", "is an empty list", path=path)
    for one in values:
        yield _checked(one, path, None)


def _plain_lines(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines in UTF-8, whatever the byte order mark of the first one says."""
    rest = iter(lines)
    first = next(rest, b"")
    if not has_wide_bom(first):
        yield first
        yield from rest
        return
    text = decoded(first + b"".join(rest))
    for line in text.split("\n"):
        yield line.encode()


def _article(line: bytes, path: str, number: int) -> Numbered | Reject:
    try:
        value = _loaded(line)
    except InputError as error:
        return Reject("read", str(error), path=path, line=number)
    return _checked(value, path, number)


def _checked(value: Any, path: str, number: int | None) -> Numbered | Reject:
    given = value.get("id") if isinstance(value, dict) else None
    id_ = given if isinstance(given, str) and given else None
    if (lone := _lone_surrogate(value)) is not None:
        id_ = None if id_ is None else _SURROGATE.sub("\ufffd", id_)
        reason = f"holds {lone}, half of a surrogate pair, which no UTF-8 text can hold"
        return Reject("record", reason, id=id_, path=path, line=number)
    try:
        return Article.from_json(value), number
    except RecordError as error:
        return Reject("record", str(error), id=id_, path=path, line=number)


def _loaded(data: bytes) -> Any:
    """The JSON value of the bytes; raises `InputError` with a reason. Lone surrogates are let through."""
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        reason = error
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"is not UTF-8 (byte {error.start + 1})") from error
    if "surrogate" in reason.msg or b"\\ud" in data.lower():
        try:
            return json.loads(data)
        except (ValueError, RecursionError):
            pass
    raise InputError(f"is not JSON: {reason.msg} (column {reason.colno})")


def _lone_surrogate(value: Any) -> str | None:
    """The first half of a surrogate pair anywhere in a JSON value, written as an escape."""
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, str):
            if not one.isascii() and (found := _SURROGATE.search(one)):
                return f"\\u{ord(found[0]):04x}"
        elif isinstance(one, dict):
            stack += [*one.values(), *one]
        elif isinstance(one, list):
            stack += one
    return None
