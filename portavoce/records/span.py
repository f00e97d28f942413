"""A stretch of an article's text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from portavoce.errors import RecordError


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of an article's text."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Self:
        """The span of ``text`` from ``start`` to ``end``."""
        return cls(start, end, text[start:end])

    @classmethod
    def from_json(cls, data: object, text: str, where: str) -> Self:
        """A span read from JSON and checked against the text; raises `RecordError` where it does not fit."""
        if not isinstance(data, Mapping):
            raise RecordError(f"{where} is not an object with start and end")
        start, end = data.get("start"), data.get("end")
        if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
            raise RecordError(f"{where}: start {start!r} and end {end!r} do not fit a text of {len(text)} characters")
        if "text" in data and data["text"] != text[start:end]:
            raise RecordError(f"{where}: the text at {start}–{end} is {text[start:end]!r}, not {data['text']!r}")
        return cls(start, end, text[start:end])

    def to_json(self) -> dict[str, Any]:
        """The span as a JSON-ready dictionary."""
        return {"start": self.start, "end": self.end, "text": self.text}
