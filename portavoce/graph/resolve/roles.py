"""What the words for offices in the articles' language say about the office that a gazetteer knows in English."""

from __future__ import annotations

import re

from portavoce.graph.resolve import words
from portavoce.graph.resolve.gazetteer import Entry
from portavoce.ids import fold

_OFFICES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (words.any_word(frozenset(office["words"])), tuple(office["titles"])) for office in words.offices("offices")
)
_PUBLIC = words.any_word(words.offices("public_life"))


def fits(role: str, entry: Entry) -> bool:
    """Whether somebody's office in a gazetteer is what an article calls him or her."""
    told = fold(role)
    wanted = [title for pattern, titles in _OFFICES if pattern.search(told) for title in titles]
    return any(title in office.title.lower() for office in entry.offices for title in wanted)


def is_of_public_life(role: str) -> bool:
    """Whether a role is one that an office holder may be called by, so that it speaks against nobody of a gazetteer."""
    told = fold(role)
    return any(pattern.search(told) for pattern, _ in _OFFICES) or bool(_PUBLIC.search(told))
