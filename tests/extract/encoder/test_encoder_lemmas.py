"""A script made of a form and its lemma gives the lemma back, and carries over to other words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portavoce.extract.encoder.lemmas import Lexicon, apply_script, script_of

words = st.text("abcdelmnorsùàÈM'", min_size=1, max_size=8)


@given(words, words)
def test_the_script_makes_the_lemma(form, lemma):
    assert apply_script(script_of(form, lemma), form) == lemma


@pytest.mark.parametrize(
    ("form", "lemma", "other", "expected"),
    [
        ("parlano", "parlare", "cantano", "cantare"),
        ("Parlano", "parlare", "Cantano", "cantare"),
        ("sindaci", "sindaco", "medici", "medico"),
        ("nella", "in il", "nella", "in il"),
        ("Roma", "Roma", "Bari", "Bari"),
    ],
)
def test_a_script_carries_over(form, lemma, other, expected):
    assert apply_script(script_of(form, lemma), other) == expected


def test_a_script_that_cuts_more_than_there_is_does_not_apply():
    assert apply_script(script_of("parlavamo", "parlare"), "mo") is None
    assert apply_script("p3|x:0|", "ab") is None


LEXICON = Lexicon({"ADP": {"dell'": "di il"}}, frozenset({"fungo", "vedere"}))


@pytest.mark.parametrize(
    ("form", "pos", "scripts", "lemma"),
    [
        ("funghi", "NOUN", [("1|o", -0.2), ("2|o", -1.9)], "fungo"),
        ("vediamo", "VERB", [("4|are", -0.3), ("4|ere", -2.0)], "vedere"),
        ("vediamo", "VERB", [("4|are", -0.3), ("4|ere", -9.0)], "vedare"),
        ("Funghi", "PROPN", [("=", -0.1), ("l2|o", -1.0)], "Funghi"),
        ("Dell’", "ADP", [("=", -0.1)], "di il"),
        ("mo", "VERB", [("4|are", -0.3)], "mo"),
    ],
)
def test_a_known_word_comes_before_one_that_the_ending_alone_suggests(form, pos, scripts, lemma):
    assert LEXICON.lemma(form, pos, scripts) == lemma


def test_a_lexicon_reads_as_it_was_written(tmp_path):
    LEXICON.write(tmp_path / "one.gz")
    LEXICON.write(tmp_path / "two.gz")
    assert Lexicon.read(tmp_path / "one.gz") == LEXICON
    assert (tmp_path / "one.gz").read_bytes() == (tmp_path / "two.gz").read_bytes()
