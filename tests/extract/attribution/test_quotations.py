"""How a quote looks, and how a cue stands beside it."""

from __future__ import annotations

from portavoce.extract.attribution.quotations import Quotations

SAID = """
    Rossi Rossi PROPN 2 nsubj B-PER
    spiega spiegare VERB 0 root VerbForm=Fin
    :_ : PUNCT 2 punct
    « « PUNCT 8 punct
    Il il DET 6 det
    ponte ponte NOUN 8 nsubj
    resta restare AUX 8 cop VerbForm=Fin
    chiuso chiuso ADJ 2 parataxis
    domani_ domani ADV 8 advmod
    »_ » PUNCT 8 punct
    . . PUNCT 2 punct
"""  # Rossi explains: «The bridge stays closed tomorrow».


def test_a_sentence_in_marks_looks_like_speech(parse):
    (quote,) = Quotations(parse(SAID)).all
    assert quote.looks == "speech"


def test_a_cue_before_a_colon_and_a_quote(parse):
    assert Quotations(parse(SAID)).beside(1, 1, []) == ["after:speech:0:"]


def test_another_cue_between_is_told(parse):
    assert Quotations(parse(SAID)).beside(0, 0, [1]) == ["after:speech:cue"]


def test_a_word_inside_is_beside_nothing(parse):
    assert Quotations(parse(SAID)).beside(5, 5, []) == ["inside"]
