"""Quotes whose closing mark is lost end where the content that begins with them ends."""

from __future__ import annotations

import pytest

from portavoce.extract.marks import find_quotes
from portavoce.extract.unclosed import with_read_ends

LOST = "Neri ha detto: «Il ponte resta chiuso, ha aggiunto Ferri. Poi tace."


def held(text, first, last, *, quotes=None):
    """What the quotes of a text hold where the content from one word to another is read in it."""
    words = text.split()
    starts = [len(" ".join(words[:n])) + (n > 0) for n in range(len(words))]
    ends = [s + len(w.rstrip(",.»")) for s, w in zip(starts, words, strict=True)]
    starts = [s + w.startswith("«") for s, w in zip(starts, words, strict=True)]
    contents = [(words.index(first), words.index(last))]
    return [text[q.start : q.end] for q in with_read_ends(find_quotes(text), contents, starts, ends)]


def test_a_quote_without_its_end_is_what_is_read_from_its_mark_on():
    assert held(LOST, "«Il", "chiuso,") == ["Il ponte resta chiuso"]


@pytest.mark.parametrize(("first", "last"), [("Neri", "«Il"), ("Poi", "tace.")])
def test_what_is_read_elsewhere_tells_nothing(first, last):
    assert held(LOST, first, last) == ["Il ponte resta chiuso, ha aggiunto Ferri."]


def test_a_closing_mark_is_right_whatever_is_read():
    assert held(LOST.replace("chiuso,", "chiuso»,"), "«Il", "Ferri.") == ["Il ponte resta chiuso"]


def test_no_quote_runs_into_the_next():
    text = "«Il ponte resta chiuso. Poi «Basta» e tace."
    assert held(text, "«Il", "tace.")[1] == "Basta"
    assert "Basta" not in held(text, "«Il", "tace.")[0]
