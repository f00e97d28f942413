"""The same gold in other typography: marks, apostrophes, letters, lines and headlines as other sources write them.

What is annotated moves along with the text, so that the figures on a variant can be compared with those on the original.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from hashlib import blake2b
from itertools import accumulate

from portavoce.evaluate.scores import Scores
from portavoce.records import Article, Span, Statement

WIDTH = 72
_OPENING, _CLOSING = "«“„", "»”"
_SWAPPED = str.maketrans({"«": "“", "»": "”", "“": "«", "”": "»", "„": "«"})
_STRAIGHT = str.maketrans(dict.fromkeys("«»“”„", '"'))
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['’](?=[^\W\d_])")
_PARAGRAPH = re.compile(r"[^\n]+")

Pieces = list[str]
"""What stands in a variant for each character of a text: itself, another string, or nothing."""


def marks_swapped(text: str) -> Pieces:
    """``«`` for ``“`` and the other way round; straight marks become ``«`` and ``»`` in turn, where a paragraph has them in pairs."""
    out = list(text.translate(_SWAPPED))
    for paragraph in _PARAGRAPH.finditer(text):
        straight = [i for i in range(*paragraph.span()) if text[i] == '"']
        if len(straight) % 2 == 0:
            for n, i in enumerate(straight):
                out[i] = "«»"[n % 2]
    return out


def marks_straight(text: str) -> Pieces:
    """``"`` for every double mark."""
    return list(text.translate(_STRAIGHT))


def apostrophes_swapped(text: str) -> Pieces:
    """``’`` for ``'`` between letters, and the other way round."""
    out = list(text)
    for m in _APOSTROPHE.finditer(text):
        out[m.start()] = "’" if m[0] == "'" else "'"
    return out


def letters_decomposed(text: str) -> Pieces:
    """Letters and their accents apart (NFD), as some file systems and PDF readers give them."""
    return [unicodedata.normalize("NFD", c) for c in text]


def lines_wrapped(text: str) -> Pieces:
    """Lines of 72 columns at most, and an empty line between paragraphs, as in mail."""
    out = list(text)
    for paragraph in _PARAGRAPH.finditer(text):
        start, end = paragraph.span()
        line, space = start, -1  # where the line starts, and its last space
        for i in [*(k for k in range(start, end) if text[k] == " "), end]:
            if i - line > WIDTH and space > line:
                out[space] = "\n"
                line = space + 1
            space = i
        if text[end : end + 1] == "\n" and text[end + 1 : end + 2] != "\n":
            out[end - 1] += "\n"
    return out


def closing_mark_lost(text: str) -> Pieces:
    """One closing mark of the article is left out, chosen by its text; one without marks stays as it is."""
    out = list(text)
    closing = [i for i, c in enumerate(text) if c in _CLOSING]
    closing += [i for p in _PARAGRAPH.finditer(text) for i in _second(text, *p.span())]
    if closing:
        drawn = int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())
        out[sorted(closing)[drawn % len(closing)]] = ""
    return out


def _second(text: str, start: int, end: int) -> list[int]:
    return [i for i in range(start, end) if text[i] == '"'][1::2]


def headline_in_capitals(text: str) -> Pieces:
    """The first line in capitals."""
    end = text.find("\n") if "\n" in text else 0
    return [*(c.upper() for c in text[:end]), *text[end:]]


VARIANTS: Mapping[str, Callable[[str], Pieces]] = {
    "marks swapped": marks_swapped,
    "marks straight": marks_straight,
    "apostrophes swapped": apostrophes_swapped,
    "letters decomposed": letters_decomposed,
    "lines wrapped": lines_wrapped,
    "closing mark lost": closing_mark_lost,
    "headline in capitals": headline_in_capitals,
}
"""The variants in the order of tables; ``docs/evaluation.md`` says what each does."""


SHOWN = ("D-50", "D-80", "T2", "A", "A-mis")
"""The figures that a table of variants shows."""


def variant_table(scores: Mapping[str, Scores]) -> str:
    """Figures of the text as it is, which come first, and of its variants, as lines to read: each with its move of T2."""
    first = next(iter(scores.values()))
    width = max(map(len, scores))
    lines = [f"{'':{width}}{''.join(f'{name:>8}' for name in SHOWN)}{'T2 moves by':>14}"]
    for name, these in scores.items():
        move = f"{100 * (these.figures['T2'][-1] - first.figures['T2'][-1]):+14.1f}" if these is not first else ""
        lines.append(f"{name:{width}}{''.join(f'{100 * these.figures[f][-1]:8.1f}' for f in SHOWN)}{move}")
    return "\n".join(lines)


def variant(articles: Iterable[Article], change: Callable[[str], Pieces]) -> list[Article]:
    """The articles in another typography, their statements with them; mentions, roles and relations are left behind."""
    return [_changed(article, change(article.text)) for article in articles]


def _changed(article: Article, pieces: Pieces) -> Article:
    text = "".join(pieces)
    at = [0, *accumulate(map(len, pieces))]

    def moved(span: Span) -> Span:
        return Span.of(text, at[span.start], at[span.end])

    def statement(s: Statement) -> Statement:
        return replace(
            s,
            content=tuple(map(moved, s.content)),
            cue=moved(s.cue) if s.cue else None,
            speaker=moved(s.speaker) if s.speaker else None,
        )

    title = article.title
    if title and article.text.startswith(title):
        title = text[: at[len(title)]]
    bare = article.bare()
    return replace(bare, text=text, title=title, statements=tuple(map(statement, article.statements)))
