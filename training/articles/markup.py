"""Articles with inline markup: `[[c1|words]]` names a span of the text. docs/gold.md describes it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from portavoce.records import Span

TOKEN = re.compile(r"\[\[((?:[cks]\d+)(?:,[cks]\d+)*|n:[a-z-]+)\||\]\]")


class SourceError(ValueError):
    """A source file breaks a rule of the markup or of the annotation."""


@dataclass(frozen=True, slots=True)
class Marked:
    """An article's plain text and the places its markup names: ``c1`` and so on, and ``n:kind`` for traps."""

    text: str
    spans: dict[str, list[Span]] = field(default_factory=dict)


def marked(source: str) -> Marked:
    """The plain text and the named spans of a text with inline markup."""
    plain, opened, found = "", [], []
    at = 0
    for token in TOKEN.finditer(source):
        plain += source[at : token.start()]
        at = token.end()
        if token[1]:
            opened.append((token[1], len(plain)))
        elif not opened:
            raise SourceError(f"]] without [[ after {plain[-30:]!r}")
        else:
            labels, start = opened.pop()
            found.append((labels, start, len(plain)))
    plain += source[at:]
    if opened:
        raise SourceError(f"[[{opened[-1][0]} is never closed")
    spans: dict[str, list[Span]] = {}
    for labels, start, end in sorted(found, key=lambda f: (f[1], f[2])):
        for label in labels.split(","):
            spans.setdefault(label, []).append(Span.of(plain, start, end))
    return Marked(plain, spans)
