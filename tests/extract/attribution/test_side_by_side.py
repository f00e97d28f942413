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
    t = parse(TWO.format(between="secondo secondo ADP 9 case\n    cui cui SCONJ 10 mark"))
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


REST = """
    «_ « PUNCT 2 punct
    Basta_ bastare VERB 0 root VerbForm=Fin
    »_ » PUNCT 2 punct
    , , PUNCT 6 punct
    ha avere AUX 6 aux VerbForm=Fin
    detto_ dire VERB 2 parataxis VerbForm=Part
    {stop} {stop} PUNCT 2 punct

    {opening}Vedremo_ vedere VERB 0 root VerbForm=Fin
    » » PUNCT 1 punct
"""  # «Enough», he said. We shall see».


@pytest.mark.parametrize(
    ("opening", "stop", "statements"),
    [
        ("", ".", [["Basta", "Vedremo"]]),
        ("«_ « PUNCT 2 punct\n", ".", [["Basta"], ["Vedremo"]]),  # a quote with both marks is another one
    ],
)
def test_a_quote_without_its_opening_mark_is_the_rest_of_the_one_before(parse, opening, stop, statements):
    t = parse(REST.format(opening=opening, stop=stop))
    found = joined(t, [by_cue(t, "Basta", at=5), alone(t, "Vedremo")], LEXICON)
    assert said(t, found) == statements


INSERTED = """
    «_ « PUNCT 2 punct
    Basta_ bastare VERB 0 root VerbForm=Fin
    »_ » PUNCT 2 punct
    . . PUNCT 2 punct

    {inserted}
    Poi_ poi ADV 4 advmod
    , , PUNCT 4 punct
    ha avere AUX 4 aux VerbForm=Fin
    detto_ dire VERB 0 root VerbForm=Part
    {pause} {pause} PUNCT 4 punct
    «_ « PUNCT 7 punct
    vedremo_ vedere VERB 4 ccomp VerbForm=Fin
    » » PUNCT 7 punct
"""  # «Enough». [to the mayor] Then, he said, «we shall see».


@pytest.mark.parametrize(
    ("inserted", "pause", "statements"),
    [
        ("[al al X 1 dep\n    sindaco] sindaco X 1 dep", ",", [["Basta", "Poi", "vedremo"]]),
        ("[al al X 1 dep\n    sindaco] sindaco X 1 dep", ":", [["Basta"], ["vedremo"]]),
        ("E e CCONJ 4 cc", ",", [["Basta"], ["vedremo"]]),
    ],
    ids=["an aside", "no aside", "nothing put in"],
)
def test_what_an_editor_puts_in_is_put_into_what_is_said(parse, inserted, pause, statements):
    t = parse(INSERTED.format(inserted=inserted, pause=pause))
    cue = next(i for i in range(t.n) if t.form[i] == "detto")
    verb = Attribution(Cue("verb", cue, cue - 1, cue, "dire"), (span(t, "vedremo"),), "direct", "verb-cue/after", 0.9)
    assert said(t, joined(t, [alone(t, "Basta"), verb], LEXICON)) == statements
