"""Offices that one person holds at a time: who held it once, who came into it, and words that tell of no office."""

from __future__ import annotations

import pytest

from portavoce.extract.coreference import Actors
from tests.extract.spoken import said, speakers


def roles(actors):
    return [(a.name, role) for a in actors.actors for role, *_ in a.roles]


FORMER = """
    Il il DET 2 det Definite=Def|Number=Sing
    conclave conclave NOUN 3 nsubj
    saluta salutare VERB 0 root Number=Sing|Person=3|VerbForm=Fin
    il il DET 5 det Definite=Def|Number=Sing
    papa papa NOUN 3 obj Gender=Masc|Number=Sing
    emerito emerito ADJ 5 amod
    Aldo Aldo PROPN 5 nmod B-PER
    Ferri Ferri PROPN 7 flat:name I-PER
    . . PUNCT 3 punct
"""
THE_POPE_SAYS = """

    Il il DET 2 det Definite=Def|Number=Sing
    papa papa NOUN 4 nsubj Gender=Masc|Number=Sing
    ha avere AUX 4 aux Number=Sing|Person=3|VerbForm=Fin
    detto dire VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part
    che che SCONJ 6 mark
    serve servire VERB 4 ccomp Number=Sing|Person=3|VerbForm=Fin
    calma calma NOUN 6 nsubj
    . . PUNCT 4 punct
"""
ELECTED = """
    Marco Marco PROPN 5 nsubj:pass B-PER
    Valli Valli PROPN 1 flat:name I-PER
    {has} essere AUX 5 aux Mood={mood}|Number=Sing|Person=3|Tense={tense}|VerbForm=Fin
    stato essere AUX 5 aux:pass Gender=Masc|Number=Sing|VerbForm=Part
    eletto eleggere VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part
    nuovo nuovo ADJ 7 amod
    papa papa NOUN 5 xcomp Gender=Masc|Number=Sing
    . . PUNCT 5 punct
"""


def test_who_held_an_office_once_is_not_who_holds_it(parse):
    t = parse(FORMER + THE_POPE_SAYS)
    assert speakers(t, said(t, "ha detto", "serve calma")) == [("Il papa", "papa")]


def test_who_was_elected_holds_the_office(parse):
    elected = ELECTED.format(has="è", mood="Ind", tense="Pres").rstrip()
    t = parse(FORMER.rstrip() + "\n" + elected + THE_POPE_SAYS)
    assert roles(Actors(t)) == [("Aldo Ferri", "papa emerito"), ("Marco Valli", "papa")]
    assert speakers(t, said(t, "ha detto", "serve calma")) == [("Il papa", "Marco Valli")]


@pytest.mark.parametrize(("has", "mood", "tense"), [("sarebbe", "Cnd", "Pres"), ("sarà", "Ind", "Fut")])
def test_who_may_be_elected_does_not_hold_it_yet(parse, has, mood, tense):
    assert roles(Actors(parse(ELECTED.format(has=has, mood=mood, tense=tense)))) == []


@pytest.mark.parametrize(
    ("noun", "lemma", "told"),
    [("ex", "ex", []), ("Premio", "premio", []), ("ministro", "ministro", ["ministro"]), ("Ministro", "ministro", ["Ministro"])],
)  # fmt: skip
def test_a_word_that_says_nothing_of_somebody_is_no_role(parse, noun, lemma, told):
    t = parse(f"""
        Arriva arrivare VERB 0 root Number=Sing|Person=3|VerbForm=Fin
        il il DET 3 det Definite=Def|Number=Sing
        {noun} {lemma} NOUN 1 nsubj Gender=Masc|Number=Sing
        Aldo Aldo PROPN 3 nmod B-PER
        Ferri Ferri PROPN 4 flat:name I-PER
        . . PUNCT 1 punct
    """)
    assert [role for _, role in roles(Actors(t))] == told
