"""Values of the graph as columns and back: spans and lists as JSON, records without their text in few bytes."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable
from typing import Any

import orjson

from portavoce.ids import digest
from portavoce.records import Article, Span


def packed(value: Any) -> str:
    """A JSON value as text; what UTF-8 cannot hold is escaped."""
    try:
        return orjson.dumps(value).decode()
    except (TypeError, orjson.JSONEncodeError):
        import json

        return json.dumps(value, separators=(",", ":"))


def unpacked(text: str) -> Any:
    """The JSON value of a column."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:  # an unpaired surrogate
        import json

        return json.loads(text)


def spans_packed(spans: Iterable[Span]) -> str:
    return packed([[span.start, span.end, span.text] for span in spans])


def spans_of(text: str) -> tuple[Span, ...]:
    return tuple(Span(start, end, words) for start, end, words in unpacked(text))


def span_packed(span: Span | None) -> str | None:
    return None if span is None else packed([span.start, span.end, span.text])


def span_of(text: str | None) -> Span | None:
    return None if text is None else Span(*unpacked(text))


def record_packed(article: Article) -> tuple[str, bytes]:
    """A record without its text, and the digest that tells it from another record of the same article."""
    data = article.to_json()
    data["text"] = ""
    if not article.is_record:
        data["statements"] = None
    raw = packed(data)
    return digest("record", raw), zlib.compress(raw.encode(), 1)


def record_of(record: bytes, text: str) -> Article:
    """The record that `record_packed` put away, with its text."""
    data = unpacked(zlib.decompress(record).decode())
    data["text"] = text
    return Article.from_json(data)


def records_of(db: sqlite3.Connection, article: int, text: str) -> list[Article]:
    """The records of an article of a corpus, by its key."""
    rows = db.execute("SELECT record FROM records WHERE article = ? ORDER BY digest", (article,))
    return [record_of(record, text) for (record,) in rows]


def source_digest(article: Article) -> str:
    """What tells an article that nobody has looked at yet from another: all that it says of itself."""
    bare = article.bare()
    told = (bare.title, bare.language, bare.url, bare.published, bare.publisher)
    return digest("article", bare.id, packed(told), bare.text)
