"""Several who speak together: one statement, the joined name as the article has it, and the ids of each."""

from __future__ import annotations

import pytest

from portavoce.extract.actors.coreference import Actors
from portavoce.extract.statements import together
from tests.extract.spoken import Ranking, find_speakers, replace, said

HAVE_SAID = """
    hanno avere AUX {verb} aux Number=Plur|Person=3|VerbForm=Fin|Mood=Ind
    detto dire VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part|Tense=Past
    che che SCONJ {content} mark
    la il DET {diga} det Definite=Def|Number=Sing
    diga diga NOUN {content} nsubj Gender=Fem|Number=Sing
    regge reggere VERB {verb} ccomp Number=Sing|Person=3|VerbForm=Fin
    . . PUNCT {verb} punct
"""


def sentence(subject: str) -> str:
    verb = len(subject.strip().splitlines()) + 2
    return subject.format(verb=verb).rstrip() + HAVE_SAID.format(verb=verb, content=verb + 4, diga=verb + 3)


def found(t):
    """The name of the one speaker, and of each of those who it is."""
    actors = Actors(t)
    (speaker,) = find_speakers(
        t, actors, [said(t, "hanno detto", "la diga regge")], ranking=replace(Ranking.load("it"), threshold=0.0)
    )
    known, *_ = actors.records("a")
    name = {actor.id: actor.name for actor in known}
    return speaker.name, [name[id_] for id_ in together(actors, known, speaker.actor)]


TWO_PERSONS = """
    Anna Anna PROPN {verb} nsubj Gender=Fem|Number=Sing B-PER
    Ferri Ferri PROPN 1 flat:name I-PER
    e e CCONJ 4 cc
    Marco Marco PROPN 1 conj Gender=Masc|Number=Sing B-PER
    Valli Valli PROPN 4 flat:name I-PER
"""
THREE_UNIONS = """
    Cgil Cgil PROPN {verb} nsubj B-ORG
    , , PUNCT 3 punct
    Cisl Cisl PROPN 1 conj B-ORG
    e e CCONJ 5 cc
    Uil Uil PROPN 1 conj B-ORG
"""
TITLES = """
    Il il DET 2 det Definite=Def|Number=Sing
    ministro ministro NOUN {verb} nsubj Gender=Masc|Number=Sing
    Luca Luca PROPN 2 nmod B-PER
    Moro Moro PROPN 3 flat:name I-PER
    e e CCONJ 7 cc
    il il DET 7 det Definite=Def|Number=Sing
    collega collega NOUN 2 conj Number=Sing
    Marco Marco PROPN 7 nmod B-PER
    Valli Valli PROPN 8 flat:name I-PER
"""
ONE_MINISTRY = """
    I il DET 2 det Definite=Def|Number=Plur
    tecnici tecnico NOUN {verb} nsubj Gender=Masc|Number=Plur
    del di ADP 4 case Definite=Def
    Ministero Ministero PROPN 2 nmod B-ORG
    dell'_ di ADP 6 case I-ORG
    Università Università PROPN 4 nmod I-ORG
    e e CCONJ 9 cc I-ORG
    della di ADP 9 case I-ORG
    Ricerca Ricerca PROPN 6 conj I-ORG
"""
ONE_NAME = """
    I il DET 2 det Definite=Def|Number=Plur
    Lavoratori Lavoratori PROPN {verb} nsubj Number=Plur B-ORG
    Terra Terra PROPN 2 flat:name I-ORG
    e e CCONJ 5 cc I-ORG
    Libertà Libertà PROPN 2 conj I-ORG
"""


@pytest.mark.parametrize(
    ("subject", "name", "each"),
    [
        (TWO_PERSONS, "Anna Ferri e Marco Valli", ["Anna Ferri", "Marco Valli"]),
        (THREE_UNIONS, "Cgil, Cisl e Uil", ["Cgil", "Cisl", "Uil"]),
        (TITLES, "Luca Moro e Marco Valli", ["Luca Moro", "Marco Valli"]),
    ],
)  # fmt: skip
def test_each_of_several_is_told(parse, subject, name, each):
    assert found(parse(sentence(subject))) == (name, each)


@pytest.mark.parametrize("subject", [ONE_MINISTRY, ONE_NAME])
def test_a_name_with_a_conjunction_in_it_is_one(parse, subject):
    assert found(parse(sentence(subject)))[1] == []


def test_who_is_meant_by_a_plural_later_is_the_same_several(parse):
    t = parse(
        sentence(TWO_PERSONS)
        + """

        I il DET 2 det Definite=Def|Number=Plur
        due due NUM 4 nsubj
        hanno avere AUX 4 aux Number=Plur|Person=3|VerbForm=Fin
        aggiunto aggiungere VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part
        che che SCONJ 7 mark
        serve servire VERB 4 ccomp Number=Sing|Person=3|VerbForm=Fin
        calma calma NOUN 6 nsubj
        . . PUNCT 4 punct
    """
    )
    actors = Actors(t)
    attributions = [said(t, "hanno detto", "la diga regge"), said(t, "hanno aggiunto", "serve calma")]
    speakers = find_speakers(t, actors, attributions, ranking=replace(Ranking.load("it"), threshold=0.0))
    known, *_ = actors.records("a")
    if speakers[1].actor == speakers[0].actor:  # the ranking may leave it open, but never gives one of the two
        assert len(together(actors, known, speakers[1].actor)) == 2
    else:
        assert speakers[1].name not in {"Anna Ferri", "Marco Valli"}
