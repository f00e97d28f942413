"""Which quotes side by side are one statement."""

from __future__ import annotations

import pytest

from portavoce.extract.acts import Attribution, Cue
from portavoce.extract.attribution.cues import CueLexicon
from portavoce.extract.attribution.side_by_side import joined, parted

LEXICON = CueLexicon.load("it")

TWO = """
    Ferri Ferri PROPN 3 nsubj B-PER
    ha avere AUX 3 aux VerbForm=Fin
    detto_ dire VERB 0 root VerbForm=Part
    : : PUNCT 3 punct
    «_ « PUNCT 6 punct
    Basta_ bastare VERB 3 parataxis VerbForm=Fin
    » » PUNCT 6 punct
    {between}
    «_ « PUNCT 10 punct
    Vedremo_ vedere VERB 6 conj VerbForm=Fin
    »_ » PUNCT 10 punct
    . . PUNCT 3 punct
"""  # Ferri has said: «Enough» … «We shall see».
THIRD = """
    Dicono dire VERB 0 root VerbForm=Fin
    «_ « PUNCT 3 punct
    Via_ via ADV 1 parataxis
    »_ » PUNCT 3 punct
    , , PUNCT 6 punct
    «_ « PUNCT 7 punct
    Basta_ bastare VERB 3 conj VerbForm=Fin
    » » PUNCT 7 punct
    e e CCONJ 11 cc
    «_ « PUNCT 11 punct
    Vedremo_ vedere VERB 3 conj VerbForm=Fin
    »_ » PUNCT 11 punct
    . . PUNCT 1 punct
"""


def span(t, word):
    start = t.text.index(word)
    return (start, start + len(word))


def by_cue(t, *words, at=2):
    return Attribution(
        Cue("verb", at, at, at, "dire"), tuple(span(t, w) for w in words), "direct", "verb-cue/after", 0.9
    )


def alone(t, word):
    first = t.at(t.text.index(word))
    return Attribution(Cue("none", first, first, first, ""), (span(t, word),), "direct", "marks-alone", 0.6)


def said(t, attributions):
    return [[t.text[a:b] for a, b in x.content] for x in attributions]


@pytest.mark.parametrize("stop", [". . PUNCT 6 punct", "… … PUNCT 6 punct"])
def test_a_stop_parts_them(parse, stop):
    t = parse(TWO.format(between=stop))
    assert said(t, parted(t, [by_cue(t, "Basta", "Vedremo")], LEXICON)) == [["Basta"]]


@pytest.mark.parametrize("word", ["e e CCONJ 10 cc", "poi poi ADV 10 advmod"])
def test_words_part_them_not(parse, word):
    t = parse(TWO.format(between=word))
    assert said(t, parted(t, [by_cue(t, "Basta", "Vedremo")], LEXICON)) == [["Basta", "Vedremo"]]


def test_another_source_claims_the_second(parse):
    t = parse(TWO.format(between="secondo secondo ADP 9 case\n    cui cui PRON 10 obl PronType=Rel"))
    assert said(t, parted(t, [by_cue(t, "Basta", "Vedremo")], LEXICON)) == [["Basta"]]


def test_and_joins_them(parse):
    t = parse(TWO.format(between="e e CCONJ 10 cc"))
    assert said(t, joined(t, [alone(t, "Vedremo"), by_cue(t, "Basta")], LEXICON)) == [["Basta", "Vedremo"]]


def test_what_has_a_cue_of_its_own_is_joined_to_nothing(parse):
    t = parse(TWO.format(between="e e CCONJ 10 cc"))
    found = joined(t, [by_cue(t, "Basta"), by_cue(t, "Vedremo", at=7)], LEXICON)
    assert said(t, found) == [["Basta"], ["Vedremo"]]


def test_each_of_a_list_may_be_anothers(parse):
    t = parse(THIRD)
    found = joined(t, [by_cue(t, "Via", at=0), alone(t, "Basta"), alone(t, "Vedremo")], LEXICON)
    assert said(t, found) == [["Via"], ["Basta"], ["Vedremo"]]
