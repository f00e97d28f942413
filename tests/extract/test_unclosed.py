"""Quotes whose closing mark is lost end where it left a trace, or where the content that begins with them ends."""

from __future__ import annotations

import pytest

from portavoce.extract.unclosed import _trace, with_read_ends

LOST = """
    Neri Neri PROPN 2 nsubj B-PER
    dice_ dire VERB 0 root VerbForm=Fin
    : : PUNCT 2 punct
    «_ « PUNCT 7 punct
    il il DET 6 det
    ponte ponte NOUN 7 nsubj
    chiude_ chiudere VERB 2 ccomp VerbForm=Fin
    {behind}
"""  # Neri says: «the bridge closes …
STOPS = """. . PUNCT 2 punct

    Ferri Ferri PROPN 2 nsubj B-PER
    tace tacere VERB 0 root VerbForm=Fin
    da da ADP 4 case
    anni_ anno NOUN 2 obl
    . . PUNCT 2 punct"""  # . Ferri is silent for years.


def held(parse, behind, first, last):
    """What the quotes hold where the content from one word to another is read in a text that ends so."""
    t = parse(LOST.format(behind=behind))
    return [t.text[q.start : q.end] for q in with_read_ends(t, [(t.form.index(first), t.form.index(last))])]


def test_a_quote_without_its_end_is_what_is_read_from_its_mark_on(parse):
    behind = ", , PUNCT 9 punct\nripete_ ripetere VERB 2 conj VerbForm=Fin\n. . PUNCT 2 punct"
    assert held(parse, behind, "il", "chiude") == ["il ponte chiude"]


@pytest.mark.parametrize(("first", "last"), [("neri", "dice"), ("ferri", "tace")])
def test_what_is_read_elsewhere_tells_nothing(parse, first, last):
    assert held(parse, STOPS, first, last) == ["il ponte chiude."]


def test_a_closing_mark_is_right_whatever_is_read(parse):
    assert held(parse, f"»_ » PUNCT 7 punct\n{STOPS}", "il", "tace") == ["il ponte chiude"]


def test_no_quote_runs_into_the_next(parse):
    behind = (
        ". . PUNCT 2 punct\n\nPoi poi ADV 3 advmod\n«_ « PUNCT 3 punct\nbasta_ basta INTJ 0 root\n» » PUNCT 3 punct"
    )
    found = held(parse, behind, "il", "basta")
    assert found[1] == "basta"
    assert "basta" not in found[0]


@pytest.mark.parametrize(
    ("last", "words"), [("anni", "il ponte chiude. Ferri tace da anni"), ("da", "il ponte chiude.")]
)
def test_what_breaks_off_in_a_sentence_ends_with_the_one_before(parse, last, words):
    assert held(parse, STOPS, "il", last) == [words]


ATTRIBUTED = """{comma}ha avere AUX {verb} aux VerbForm=Fin
    detto dire VERB 2 parataxis VerbForm=Part
    {behind}
    . . PUNCT 2 punct"""


@pytest.mark.parametrize("comma", ["", ", , PUNCT 2 punct\n    "])
@pytest.mark.parametrize(
    "behind", ["Neri_ Neri PROPN {verb} nsubj B-PER", "il il DET {last} det\n    sindaco_ sindaco NOUN {verb} nsubj"]
)
def test_who_said_it_ends_it(parse, comma, behind):
    verb = 10 if comma else 9
    table = ATTRIBUTED.format(comma=comma, verb=verb, behind=behind.format(verb=verb, last=verb + 2))
    last = "neri" if "Neri" in behind else "sindaco"
    t = parse(LOST.format(behind=table).replace("chiude_", "chiude_" if comma else "chiude"))
    read = (t.form.index("il"), max(i for i in range(t.n) if t.form[i] == last))
    assert [t.text[q.start : q.end] for q in with_read_ends(t, [read])] == ["il ponte chiude"]


def test_what_somebody_said_of_it_does_not(parse):
    behind = """, , PUNCT 10 punct
    ha avere AUX 10 aux VerbForm=Fin
    detto dire VERB 7 conj VerbForm=Part
    che che SCONJ 12 mark
    piove_ piovere VERB 10 ccomp VerbForm=Fin
    . . PUNCT 2 punct"""
    assert held(parse, behind, "il", "piove") == ["il ponte chiude, ha detto che piove"]


@pytest.mark.parametrize(
    "behind",
    [
        ". . PUNCT 2 punct\nè essere AUX 10 cop VerbForm=Fin\nfurioso_ furioso ADJ 2 conj\n. . PUNCT 2 punct",
        "  SPACE 7 dep\n, , PUNCT 2 punct\nfurioso_ furioso ADJ 2 conj\n. . PUNCT 2 punct",
    ],
    ids=["a small letter behind a stop", "a space before a comma"],
)
def test_a_trace_of_the_mark_ends_it(parse, behind):
    if behind.startswith("  SPACE"):
        behind = behind.split("\n", 1)[1]
        t = parse(LOST.format(behind=behind).replace("chiude_", "chiude"))
    else:
        t = parse(LOST.format(behind=behind))
    (quote,) = with_read_ends(t, [(t.form.index("il"), t.form.index("furioso"))])
    assert t.text[quote.start : quote.end].rstrip(".") == "il ponte chiude"


def test_what_is_read_behind_an_aside_belongs_to_it(parse):
    behind = """ - - PUNCT 9 punct
    ha avere AUX 10 aux VerbForm=Fin
    detto dire VERB 7 parataxis VerbForm=Part
    -_ - PUNCT 10 punct
    , , PUNCT 10 punct
    poi poi ADV 14 advmod
    riapre_ riaprire VERB 7 conj VerbForm=Fin
    . . PUNCT 2 punct"""
    t = parse(LOST.format(behind=behind).replace("chiude_", "chiude"))
    place = t.form.index
    quotes = with_read_ends(t, [(place("il"), place("chiude")), (place("poi"), place("riapre"))])
    assert [t.text[q.start : q.end] for q in quotes] == ["il ponte chiude - ha detto -, poi riapre"]


def test_spaces_behind_the_opening_mark_are_no_trace(parse):
    t = parse(LOST.format(behind=STOPS).replace("«_", "«"))
    spaced = t.text.replace("« il", "«  il")
    assert _trace(spaced, spaced.index("«") + 1, len(spaced)) is None
