"""Whom a noun cannot mean, and whom it surely means, on parses made by hand."""

from __future__ import annotations

import pytest

from portavoce.extract.actors.coreference import Actors
from portavoce.extract.speakers.anaphors import anaphor_of_mention
from portavoce.extract.speakers.antecedents import possible_antecedents
from portavoce.extract.speakers.history import Contents, History
from portavoce.extract.speakers.mentions import SpeakerMention

ARRIVES = """
    {noun} {noun} NOUN 4 nsubj Gender={gender}|Number=Sing
    {first} {first} PROPN 1 nmod B-{kind}
    {last} {last} PROPN 2 flat:name I-{kind}
    arriva arrivare VERB 0 root Number=Sing|Person=3|VerbForm=Fin
    . . PUNCT 4 punct
"""


def arrives(noun, name, *, gender="Masc", kind="PER"):
    """NOUN NAME arriva."""
    first, last = name.split()
    return ARRIVES.format(noun=noun, first=first, last=last, gender=gender, kind=kind)


def meant(parse, before, phrase, head):
    """The names of those whom the phrase (a table whose token ``head`` is its noun) may mean behind a text."""
    rows = phrase.strip().splitlines()
    t = parse(f"{before.rstrip()}\n\n" + "\n".join([*rows, "tace tacere VERB 0 root VerbForm=Fin"]))
    actors = Actors(t)
    first = t.n - len(rows) - 1
    anaphor = anaphor_of_mention(actors, SpeakerMention(first + head - 1, first, t.n - 2, "person", first + head - 1))
    return [actors.actors[k].name for k in possible_antecedents(History(actors, Contents([])), anaphor)]


def test_an_agent_of_the_actor_is_not_the_actor(parse):
    agent = """
        il il DET 2 det Definite=Def|Number=Sing
        manager manager NOUN 5 nsubj Gender=Masc|Number=Sing
        dell' di DET 4 case Definite=Def|Number=Sing
        attore attore NOUN 2 nmod Gender=Masc|Number=Sing
    """.replace("DET 4 case", "ADP 4 case")
    assert meant(parse, arrives("attore", "Aldo Ferri"), agent, 2) == []


def test_nobody_is_whom_his_own_phrase_names(parse):
    uncle = """
        lo il DET 2 det Definite=Def|Number=Sing
        zio zio NOUN 5 nsubj Gender=Masc|Number=Sing
        di di ADP 4 case
        Ferri Ferri PROPN 2 nmod B-PER
    """
    assert meant(parse, arrives("attore", "Aldo Ferri"), uncle, 2) == []


@pytest.mark.parametrize(
    ("article", "noun", "names"),
    [("la", "portavoce", []), ("il", "portavoce", ["Marco Valli"]), ("la", "guida", ["Marco Valli"])],
)
def test_no_man_is_meant_by_a_feminine_noun_unless_it_has_one_gender_for_all(parse, article, noun, names):
    gender = "Fem" if article == "la" else "Masc"
    phrase = f"""
        {article} il DET 2 det Definite=Def|Number=Sing
        {noun} {noun} NOUN 3 nsubj Gender={gender}|Number=Sing
    """
    assert meant(parse, arrives("sindaco", "Marco Valli"), phrase, 2) == names


@pytest.mark.parametrize(("adjective", "is_meant"), [("russo", True), ("georgiano", False)])
def test_a_minister_is_not_the_minister_of_another_country(parse, adjective, is_meant):
    t = parse(f"""
        il il DET 2 det Definite=Def|Number=Sing
        ministro ministro NOUN 4 nsubj Gender=Masc|Number=Sing
        russo russo ADJ 2 amod
        parla parlare VERB 0 root VerbForm=Fin
        . . PUNCT 4 punct

        il il DET 2 det Definite=Def|Number=Sing
        ministro ministro NOUN 4 nsubj Gender=Masc|Number=Sing
        {adjective} {adjective} ADJ 2 amod
        tace tacere VERB 0 root VerbForm=Fin
    """)
    actors = Actors(t)
    known = actors.describe(1, 0, 2, kind="person")
    anaphor = anaphor_of_mention(actors, SpeakerMention(6, 5, 7, "person", 6))
    assert (known in possible_antecedents(History(actors, Contents([])), anaphor)) == is_meant


def test_several_persons_are_no_organisation(parse):
    officers = """
        i il DET 2 det Definite=Def|Number=Plur
        comandanti comandante NOUN 3 nsubj Gender=Masc|Number=Plur
    """
    assert meant(parse, arrives("istituto", "Centro Alfa", kind="ORG"), officers, 2) == []


def test_whoever_does_something_is_nobody_known(parse):
    assert meant(parse, arrives("sindaco", "Marco Valli"), "chi chi PRON 2 nsubj PronType=Rel", 1) == []


PRESENTED = """
    {before}
    parla parlare VERB 0 root VerbForm=Fin
    . . PUNCT 3 punct

    Arriva arrivare VERB 0 root VerbForm=Fin
    la il DET 3 det Definite=Def|Number=Sing
    ditta ditta NOUN 1 nsubj
    Betagamma Betagamma PROPN 3 nmod B-ORG
    . . PUNCT 1 punct
"""


def test_a_bare_newspaper_is_the_one_that_the_article_has_presented(who_says):
    presented = PRESENTED.format(
        before="quotidiano quotidiano NOUN 3 nsubj Gender=Masc|Number=Sing\n    Alfadelta Alfadelta PROPN 1 nmod B-ORG"
    )
    phrase = """
        Il il DET 2 det Definite=Def|Number=Sing
        giornale giornale NOUN 4 nsubj Gender=Masc|Number=Sing
    """
    assert who_says(f"{presented.rstrip()}\n\n{phrase}") == ("Il giornale", "Alfadelta")


@pytest.mark.parametrize("beside", ["by apposition", "with essere"])
def test_how_an_article_presents_a_newspaper(parse, beside):
    table = """
        Alfadelta_ Alfadelta PROPN 6 nsubj B-ORG
        , , PUNCT 4 punct
        noto noto ADJ 4 amod
        settimanale_ settimanale NOUN 1 appos Gender=Masc|Number=Sing
        , , PUNCT 4 punct
        parla parlare VERB 0 root VerbForm=Fin
    """ if beside == "by apposition" else """
        Alfadelta Alfadelta PROPN 4 nsubj B-ORG
        è essere AUX 4 cop VerbForm=Fin
        un uno DET 4 det
        settimanale settimanale NOUN 0 root Gender=Masc|Number=Sing
    """  # fmt: skip
    assert [(a.name, a.lemma) for a in Actors(parse(table)).actors] == [("Alfadelta", "settimanale")]


@pytest.mark.parametrize(
    ("phrase", "name"), [("", "Alfadelta"), ("alimentare alimentare ADJ 2 amod", "azienda alimentare")]
)
def test_a_bare_company_is_one_that_the_article_names(who_says, phrase, name):
    root = 4 if phrase else 3
    assert who_says(f"""
        Cresce crescere VERB 0 root VerbForm=Fin
        Alfadelta Alfadelta PROPN 1 nsubj B-ORG
        . . PUNCT 1 punct

        L'_ il DET 2 det Definite=Def|Number=Sing
        azienda azienda NOUN {root + 1} nsubj Gender=Fem|Number=Sing
        {phrase}
    """) == (f"L'azienda {phrase.split()[0]}" if phrase else "L'azienda", name)
