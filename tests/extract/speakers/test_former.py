"""Offices that one person holds at a time: who held it once, who came into it, and words that tell of no office."""

from __future__ import annotations

import pytest

from portavoce.extract.actors.coreference import Actors
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


def named(noun, name, *, kind="PER"):
    """Arriva il NOUN NAME."""
    first, last = name.split()
    return f"""
        Arriva arrivare VERB 0 root Number=Sing|Person=3|VerbForm=Fin
        il il DET 3 det Definite=Def|Number=Sing
        {noun} {noun} NOUN 1 nsubj Gender=Masc|Number=Sing
        {first} {first} PROPN 3 nmod B-{kind}
        {last} {last} PROPN 4 flat:name I-{kind}
        . . PUNCT 1 punct
    """


def says(noun):
    """Il NOUN ha detto che serve calma."""
    return THE_POPE_SAYS.replace("papa papa NOUN", f"{noun} {noun} NOUN")


def who(parse, *sentences):
    t = parse("\n\n".join(sentence.strip() for sentence in sentences))
    return speakers(t, said(t, "ha detto", "serve calma"))[0][1]


def test_a_noun_means_whoever_bears_it(parse):
    ministers = named("ministro", "Aldo Bruni"), named("sindaco", "Marco Valli"), named("sindaco", "Marco Valli")
    assert who(parse, *ministers, says("ministro")) == "Aldo Bruni"


def test_who_holds_an_office_of_one_is_not_called_by_a_lesser_one(parse):
    assert who(parse, named("premier", "Aldo Bruni"), says("senatore")) == "senatore"
    assert who(parse, named("premier", "Aldo Bruni"), says("leader")) == "Aldo Bruni"


def test_of_several_who_have_held_an_office_none_is_guessed(parse):
    premiers = named("deputato", "Romano Prodi"), named("deputato", "Silvio Berlusconi")
    sentence = says("presidente").replace(
        "presidente presidente NOUN 4 nsubj Gender=Masc|Number=Sing",
        "presidente presidente NOUN 6 nsubj Gender=Masc|Number=Sing\ndel di ADP 4 case Definite=Def\n"
        "consiglio consiglio NOUN 2 nmod",
    )
    for old, new in (("VERB 4 ccomp", "VERB 6 ccomp"), ("AUX 4 aux", "AUX 6 aux"), ("SCONJ 6 mark", "SCONJ 8 mark"),
                     ("NOUN 6 nsubj\n", "NOUN 8 nsubj\n"), ("PUNCT 4 punct", "PUNCT 6 punct")):  # fmt: skip
        sentence = sentence.replace(old, new)
    assert who(parse, *premiers, sentence) == "presidente del consiglio"


def test_a_saint_is_not_whoever_bears_the_name_alone(parse):
    t = parse(
        named("santuario", "San Francesco", kind="LOC")
        + "\n"
        + """
        Parla parlare VERB 0 root Number=Sing|Person=3|VerbForm=Fin
        papa papa NOUN 1 nsubj Gender=Masc|Number=Sing
        Francesco Francesco PROPN 2 nmod B-PER
        . . PUNCT 1 punct
    """
    )
    assert "Francesco" in [a.name for a in Actors(t).actors if a.kind == "person"]


def test_a_party_behind_a_title_is_no_person(parse):
    t = parse("""
        Parla parlare VERB 0 root Number=Sing|Person=3|VerbForm=Fin
        la il DET 3 det Definite=Def|Number=Sing
        senatrice senatrice NOUN 1 nsubj Gender=Fem|Number=Sing
        Pd Pd PROPN 3 nmod B-ORG
        . . PUNCT 1 punct
    """)
    assert [(a.name, a.kind) for a in Actors(t).actors] == [("Pd", "organization")]
