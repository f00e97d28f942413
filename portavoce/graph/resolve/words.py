"""The words of the language that names and offices are written in, and patterns of them; the code itself knows none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from portavoce.extract.lang import read_lists, read_table, read_words

LANGUAGE = "it"
"""The one language whose word lists the package has."""


def names(which: str) -> frozenset[str]:
    """A list of words by which names are read."""
    words: frozenset[str] = read_lists(LANGUAGE, "names")[which]
    return words


def endings() -> dict[str, list[str]]:
    """The other endings of an adjective, by that of its first form."""
    found: dict[str, list[str]] = read_lists(LANGUAGE, "names")["endings"]
    return found


def home() -> str:
    """The country that news in this language are about where they name none."""
    return str(read_lists(LANGUAGE, "names")["home"])


def offices(which: str) -> Any:
    """What the file of words for offices holds under a name."""
    return read_lists(LANGUAGE, "offices")[which]


def voices(which: str) -> frozenset[str]:
    """A list of words by which offices that speak for a body are read."""
    found: frozenset[str] = read_lists(LANGUAGE, "voices")[which]
    return found


def negations() -> frozenset[str]:
    return read_words(LANGUAGE, "negations")


def given_alike() -> tuple[tuple[str, ...], ...]:
    """Groups of given names that are one name in several forms."""
    return tuple(sorted(tuple(line.split()) for line in read_words(LANGUAGE, "given_alike")))


def table(name: str) -> dict[str, tuple[str, ...]]:
    """The rows of a table of the language by their first column."""
    return read_table(LANGUAGE, name)


def one_of(words: Iterable[str], *, space: str) -> str:
    """A pattern for one of some words and the white space behind it, which an elided one ("dell'") can do without."""
    whole = sorted((w for w in words if not w.endswith("'")), key=lambda w: (-len(w), w))
    elided = sorted(w.removesuffix("'") for w in words if w.endswith("'"))
    told = [f"(?:{'|'.join(map(re.escape, whole))}){space}"] if whole else []
    told += [f"(?:{'|'.join(map(re.escape, elided))})['\u2019]\\s*"] if elided else []
    return f"(?:{'|'.join(told)})"


@cache
def any_word(words: frozenset[str]) -> re.Pattern[str]:
    """A pattern that finds one of some words as a whole word."""
    return re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, words)))})\b")
