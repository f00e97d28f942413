"""What somebody does to somebody, on parses made by hand."""

import pytest


def test_subject_and_object(related):
    """Anna Ferri ha criticato Luca Moro."""
    assert related("""
        Anna Anna PROPN 4 nsubj Number=Sing B-PER
        Ferri Ferri PROPN 1 flat:name I-PER
        ha avere AUX 4 aux Mood=Ind|Number=Sing|Person=3|VerbForm=Fin
        criticato criticare VERB 0 root Number=Sing|Tense=Past|VerbForm=Part
        Luca Luca PROPN 4 obj Number=Sing B-PER
        Moro_ Moro PROPN 5 flat:name I-PER
        . . PUNCT 4 punct
    """) == [("Anna Ferri", "accuse", "Luca Moro", "actual")]


def test_passive_with_its_agent(related):
    """Luca Moro è stato arrestato dalla polizia."""
    assert related("""
        Luca Luca PROPN 5 nsubj:pass Number=Sing B-PER
        Moro Moro PROPN 1 flat:name I-PER
        è essere AUX 5 aux Mood=Ind|Number=Sing|Person=3|VerbForm=Fin
        stato essere AUX 5 aux:pass VerbForm=Part
        arrestato arrestare VERB 0 root Number=Sing|Tense=Past|VerbForm=Part
        dalla da ADP 7 case Definite=Def|Number=Sing
        polizia_ polizia NOUN 5 obl:agent Gender=Fem|Number=Sing
        . . PUNCT 5 punct
    """) == [("polizia", "coerce", "Luca Moro", "actual")]


def test_passive_without_an_agent_tells_nothing(related):
    """Luca Moro è stato arrestato."""
    assert (
        related("""
        Luca Luca PROPN 5 nsubj:pass Number=Sing B-PER
        Moro Moro PROPN 1 flat:name I-PER
        è essere AUX 5 aux Mood=Ind|Number=Sing|Person=3|VerbForm=Fin
        stato essere AUX 5 aux:pass VerbForm=Part
        arrestato_ arrestare VERB 0 root Number=Sing|Tense=Past|VerbForm=Part
        . . PUNCT 5 punct
    """)
        == []
    )


def test_a_participle_that_the_lemmatiser_does_not_know(related):
    """Luca Moro fu assolto dal Tribunale di Lecco: "assolto" has the lemma "assolre"."""
    assert related("""
        Luca Luca PROPN 4 nsubj:pass Number=Sing B-PER
        Moro Moro PROPN 1 flat:name I-PER
        fu essere AUX 4 aux:pass Mood=Ind|Number=Sing|Person=3|VerbForm=Fin
        assolto assolre VERB 0 root Number=Sing|Tense=Past|VerbForm=Part
        dal da ADP 6 case Definite=Def
        Tribunale Tribunale PROPN 4 obl:agent Number=Sing B-ORG
        di di ADP 8 case O
        Lecco_ Lecco PROPN 6 nmod B-LOC
        . . PUNCT 4 punct
    """)[0][:2] in {("Tribunale", "concede"), ("Tribunale di Lecco", "concede")}


def test_each_of_several_does_it_to_each(related):
    """Anna Ferri e Luca Moro hanno ringraziato la Croce Verde."""
    assert related("""
        Anna Anna PROPN 7 nsubj Number=Sing B-PER
        Ferri Ferri PROPN 1 flat:name I-PER
        e e CCONJ 4 cc
        Luca Luca PROPN 1 conj Number=Sing B-PER
        Moro Moro PROPN 4 flat:name I-PER
        hanno avere AUX 7 aux Mood=Ind|Number=Plur|Person=3|VerbForm=Fin
        ringraziato ringraziare VERB 0 root Tense=Past|VerbForm=Part
        la il DET 9 det Definite=Def|Number=Sing
        Croce Croce PROPN 7 obj Number=Sing B-ORG
        Verde_ Verde PROPN 9 flat:name I-ORG
        . . PUNCT 7 punct
    """) == [
        ("Anna Ferri", "support", "Croce Verde", "actual"), ("Luca Moro", "support", "Croce Verde", "actual"),
    ]  # fmt: skip


MEETING = """
    Anna Anna PROPN 8 nsubj Number=Sing B-PER
    Ferri Ferri PROPN 1 flat:name I-PER
    e e CCONJ 4 cc
    Luca Luca PROPN 1 conj Number=Sing B-PER
    Moro Moro PROPN 4 flat:name I-PER
    si si PRON 8 expl Clitic=Yes|Person=3
    {aux} essere AUX 8 aux Mood=Ind|Number=Plur|Person=3|Tense={tense}|VerbForm=Fin
    incontrati incontrare VERB 0 root Number=Plur|Tense=Past|VerbForm=Part
    a a ADP 10 case
    Lecco_ Lecco PROPN 8 obl B-LOC
    . . PUNCT 8 punct
"""


@pytest.mark.parametrize(("aux", "tense", "modality"), [("sono", "Pres", "actual"), ("saranno", "Fut", "planned")])
def test_several_meet_each_other_once(related, aux, tense, modality):
    """Anna Ferri e Luca Moro si sono (saranno) incontrati a Lecco."""
    assert related(MEETING.format(aux=aux, tense=tense)) == [("Anna Ferri", "consult", "Luca Moro", modality)]


def test_the_lone_subject_behind_a_verb_that_needs_an_object_is_one(related):
    """Anna Ferri partirà quando incontrerà Luca Moro: the parser calls Moro the subject."""
    assert related("""
        Anna Anna PROPN 3 nsubj Number=Sing B-PER
        Ferri Ferri PROPN 1 flat:name I-PER
        partirà partire VERB 0 root Mood=Ind|Number=Sing|Person=3|Tense=Fut|VerbForm=Fin
        quando quando SCONJ 5 mark
        incontrerà incontrare VERB 3 advcl Mood=Ind|Number=Sing|Person=3|Tense=Fut|VerbForm=Fin
        Luca Luca PROPN 5 nsubj Number=Sing B-PER
        Moro_ Moro PROPN 6 flat:name I-PER
        . . PUNCT 3 punct
    """) == [("Anna Ferri", "consult", "Luca Moro", "planned")]


def test_whose_thing_it_is(related):
    """Il Senato ha respinto la proposta di Anna Ferri."""
    found = related("""
        Il il DET 2 det Definite=Def|Number=Sing
        Senato Senato PROPN 4 nsubj Number=Sing B-ORG
        ha avere AUX 4 aux Mood=Ind|Number=Sing|Person=3|VerbForm=Fin
        respinto respingere VERB 0 root Tense=Past|VerbForm=Part
        la il DET 6 det Definite=Def|Number=Sing
        proposta proposta NOUN 4 obj Number=Sing
        di di ADP 8 case
        Anna Anna PROPN 6 nmod B-PER
        Ferri_ Ferri PROPN 8 flat:name I-PER
        . . PUNCT 4 punct
    """)
    assert ("Senato", "reject", "Anna Ferri", "actual") in found
    assert ("Anna Ferri", "request", "Senato", "actual") in found


def test_a_noun_with_source_and_target(related):
    """Continuano le accuse della Polonia alla Svezia."""
    assert related("""
        Continuano continuare VERB 0 root Mood=Ind|Number=Plur|Person=3|VerbForm=Fin
        le il DET 3 det Definite=Def|Number=Plur
        accuse accusa NOUN 1 nsubj Number=Plur
        della di ADP 5 case Definite=Def
        Polonia Polonia PROPN 3 nmod B-LOC
        alla a ADP 7 case Definite=Def
        Svezia_ Svezia PROPN 3 nmod B-LOC
        . . PUNCT 1 punct
    """) == [("Polonia", "accuse", "Svezia", "actual")]


def test_a_noun_that_joins_two(related):
    """L'incontro tra Anna Ferri e Luca Moro è durato poco."""
    assert related("""
        L'_ il DET 2 det Definite=Def|Number=Sing
        incontro incontro NOUN 9 nsubj Number=Sing
        tra tra ADP 4 case
        Anna Anna PROPN 2 nmod B-PER
        Ferri Ferri PROPN 4 flat:name I-PER
        e e CCONJ 7 cc
        Luca Luca PROPN 4 conj B-PER
        Moro Moro PROPN 7 flat:name I-PER
        durato durare VERB 0 root Tense=Past|VerbForm=Part
        poco_ poco ADV 9 advmod
        . . PUNCT 9 punct
    """) == [("Anna Ferri", "consult", "Luca Moro", "actual")]


def test_what_the_subject_signs_with_somebody(related):
    """La Polonia ha firmato un accordo con la Svezia."""
    assert ("Polonia", "agree", "Svezia", "actual") in related("""
        La il DET 2 det Definite=Def|Number=Sing
        Polonia Polonia PROPN 4 nsubj Number=Sing B-LOC
        ha avere AUX 4 aux Mood=Ind|Number=Sing|Person=3|VerbForm=Fin
        firmato firmare VERB 0 root Tense=Past|VerbForm=Part
        un uno DET 6 det Definite=Ind|Number=Sing
        accordo accordo NOUN 4 obj Number=Sing
        con con ADP 9 case
        la il DET 9 det Definite=Def|Number=Sing
        Svezia_ Svezia PROPN 6 nmod B-LOC
        . . PUNCT 4 punct
    """)


def test_an_infinitive_has_the_subject_of_whom_it_is_asked(related):
    """Anna Ferri ha invitato Luca Moro a difendere la Svezia."""
    found = related("""
        Anna Anna PROPN 4 nsubj Number=Sing B-PER
        Ferri Ferri PROPN 1 flat:name I-PER
        ha avere AUX 4 aux Mood=Ind|Number=Sing|Person=3|VerbForm=Fin
        invitato invitare VERB 0 root Tense=Past|VerbForm=Part
        Luca Luca PROPN 4 obj Number=Sing B-PER
        Moro Moro PROPN 5 flat:name I-PER
        a a ADP 8 mark
        difendere difendere VERB 4 xcomp VerbForm=Inf
        la il DET 10 det Definite=Def|Number=Sing
        Svezia_ Svezia PROPN 8 obj B-LOC
        . . PUNCT 4 punct
    """)
    assert [f[:3] for f in found] == [("Anna Ferri", "request", "Luca Moro"), ("Luca Moro", "support", "Svezia")]


def test_a_court_that_condemns_passes_a_sentence(related):
    """Il Tribunale ha condannato Luca Moro, Anna Ferri lo ha condannato: a deed of force and a reproach."""
    table = """
        {first}
        ha avere AUX 4 aux Mood=Ind|Number=Sing|Person=3|VerbForm=Fin
        condannato condannare VERB 0 root Tense=Past|VerbForm=Part
        Luca Luca PROPN 4 obj Number=Sing B-PER
        Moro_ Moro PROPN 5 flat:name I-PER
        . . PUNCT 4 punct
    """
    court = "Il il DET 2 det Definite=Def|Number=Sing\nTribunale Tribunale PROPN 4 nsubj Number=Sing B-ORG"
    person = "Anna Anna PROPN 4 nsubj Number=Sing B-PER\nFerri Ferri PROPN 1 flat:name I-PER"
    assert [f[1] for f in related(table.format(first=court))] == ["coerce"]
    assert [f[1] for f in related(table.format(first=person))] == ["accuse"]


def test_an_unnamed_man_is_no_actor(related):
    """Anna Ferri ha criticato un uomo."""
    assert (
        related("""
        Anna Anna PROPN 4 nsubj Number=Sing B-PER
        Ferri Ferri PROPN 1 flat:name I-PER
        ha avere AUX 4 aux Mood=Ind|Number=Sing|Person=3|VerbForm=Fin
        criticato criticare VERB 0 root Tense=Past|VerbForm=Part
        un uno DET 6 det Definite=Ind|Number=Sing
        uomo_ uomo NOUN 4 obj Gender=Masc|Number=Sing
        . . PUNCT 4 punct
    """)
        == []
    )


def test_a_town_where_something_is_said_is_not_told_it(related):
    """Luca Moro ha parlato a Lecco."""
    assert (
        related("""
        Luca Luca PROPN 4 nsubj Number=Sing B-PER
        Moro Moro PROPN 1 flat:name I-PER
        ha avere AUX 4 aux Mood=Ind|Number=Sing|Person=3|VerbForm=Fin
        detto dire VERB 0 root Tense=Past|VerbForm=Part
        a a ADP 6 case
        Lecco_ Lecco PROPN 4 obl B-LOC
        . . PUNCT 4 punct
    """)
        == []
    )


def test_a_bare_noun_takes_the_fuller_phrase_that_stands_behind_another_name(related):
    """Le guardie hanno arrestato Luca Moro. Anna Ferri loda le guardie del parco."""
    found = related("""
        Le il DET 2 det Definite=Def|Number=Plur
        guardie guardia NOUN 4 nsubj Gender=Fem|Number=Plur
        hanno avere AUX 4 aux Mood=Ind|Number=Plur|Person=3|VerbForm=Fin
        arrestato arrestare VERB 0 root Number=Sing|Tense=Past|VerbForm=Part
        Luca Luca PROPN 4 obj Number=Sing B-PER
        Moro_ Moro PROPN 5 flat:name I-PER
        . . PUNCT 4 punct

        Anna Anna PROPN 3 nsubj Number=Sing B-PER
        Ferri Ferri PROPN 1 flat:name I-PER
        loda lodare VERB 0 root Mood=Ind|Number=Sing|Person=3|VerbForm=Fin
        le il DET 5 det Definite=Def|Number=Plur
        guardie guardia NOUN 3 obj Gender=Fem|Number=Plur
        del di ADP 7 case
        parco_ parco NOUN 5 nmod Number=Sing
        . . PUNCT 3 punct
    """)
    assert ("guardie del parco", "coerce", "Luca Moro", "actual") in found


def test_names_right_behind_a_plural_title_wherever_they_hang(related):
    """Luca Moro raccoglie la solidarietà dei ministri Aldo Bruni e Anna Ferri."""
    found = related("""
        Luca Luca PROPN 3 nsubj B-PER
        Moro Moro PROPN 1 flat:name I-PER
        raccoglie raccogliere VERB 0 root Mood=Ind|Number=Sing|Person=3|VerbForm=Fin
        la il DET 5 det Definite=Def|Number=Sing
        solidarietà solidarietà NOUN 3 obj Number=Sing
        dei di ADP 7 case Definite=Def|Number=Plur
        ministri ministro NOUN 5 nmod Gender=Masc|Number=Plur
        Aldo Aldo PROPN 5 nmod B-PER
        Bruni Bruni PROPN 8 flat:name I-PER
        e e CCONJ 11 cc
        Anna Anna PROPN 7 conj B-PER
        Ferri_ Ferri PROPN 11 flat:name I-PER
        . . PUNCT 3 punct
    """)
    assert [f for f in found if f[1] == "support"] == [
        ("Aldo Bruni", "support", "Luca Moro", "actual"), ("Anna Ferri", "support", "Luca Moro", "actual"),
    ]  # fmt: skip


def test_who_asks_for_a_meeting_does_not_meet_who_asks_too(related):
    """La Polonia e la Svezia chiedono alla Francia un incontro."""
    found = related("""
        La il DET 2 det Definite=Def|Number=Sing
        Polonia Polonia PROPN 6 nsubj B-LOC
        e e CCONJ 5 cc
        la il DET 5 det Definite=Def|Number=Sing
        Svezia Svezia PROPN 2 conj B-LOC
        chiedono chiedere VERB 0 root Mood=Ind|Number=Plur|Person=3|VerbForm=Fin
        alla a ADP 8 case Definite=Def
        Francia Francia PROPN 6 obl B-LOC
        un uno DET 10 det Definite=Ind|Number=Sing
        incontro_ incontro NOUN 6 obj Gender=Masc|Number=Sing
        . . PUNCT 6 punct
    """)
    meetings = {frozenset((one, other)) for one, type_, other, _ in found if type_ == "consult"}
    assert meetings == {frozenset(("Polonia", "Francia")), frozenset(("Svezia", "Francia"))}


def test_those_on_both_sides_of_a_deed_do_it_to_nobody_of_them(related):
    """La Svezia respinge la proposta sostenuta dalla Polonia e dalla Francia."""
    found = related("""
        La il DET 2 det Definite=Def|Number=Sing
        Svezia Svezia PROPN 3 nsubj B-LOC
        respinge respingere VERB 0 root Mood=Ind|Number=Sing|Person=3|VerbForm=Fin
        la il DET 5 det Definite=Def|Number=Sing
        proposta proposta NOUN 3 obj Gender=Fem|Number=Sing
        sostenuta sostenere VERB 5 acl Gender=Fem|Number=Sing|VerbForm=Part
        dalla da ADP 8 case Definite=Def
        Polonia Polonia PROPN 6 obl:agent B-LOC
        e e CCONJ 11 cc
        dalla da ADP 11 case Definite=Def
        Francia_ Francia PROPN 8 conj B-LOC
        . . PUNCT 3 punct
    """)
    assert {(one, other) for one, _, other, _ in found} & {("Polonia", "Francia"), ("Francia", "Polonia")} == set()
