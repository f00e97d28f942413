"""Which mention speaks, with the packaged weights, on parses made by hand."""

from __future__ import annotations

from portavoce.extract.actors.coreference import Actors
from portavoce.extract.speakers import find_speakers
from tests.extract.spoken import ANNA, said, speakers


def test_subject_before_the_verb(parse):
    t = parse(ANNA)
    assert speakers(t, said(t, "ha detto", "la diga regge")) == [("Anna Ferri", "Anna Ferri")]


def test_inversion_leaves_place_and_addressee_out(parse):
    # «Vinceremo», ha detto ai cronisti il sindaco Marco Valli a Torino.
    t = parse("""
        «_ « PUNCT 2 punct
        Vinceremo_ vincere VERB 6 ccomp Number=Plur|Person=1|VerbForm=Fin
        »_ » PUNCT 2 punct
        , , PUNCT 2 punct
        ha avere AUX 6 aux Number=Sing|Person=3|VerbForm=Fin
        detto dire VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part
        ai a ADP 8 case Definite=Def|Number=Plur
        cronisti cronista NOUN 6 obl Gender=Masc|Number=Plur
        il il DET 10 det Definite=Def|Number=Sing
        sindaco sindaco NOUN 6 nsubj Gender=Masc|Number=Sing
        Marco Marco PROPN 10 nmod B-PER
        Valli Valli PROPN 11 flat:name I-PER
        a a ADP 14 case
        Torino_ Torino PROPN 6 obl B-LOC
        . . PUNCT 6 punct
    """)
    assert speakers(t, said(t, "ha detto", "Vinceremo")) == [("il sindaco Marco Valli", "Marco Valli")]


def test_secondo(parse):
    t = parse("""
        Secondo secondo ADP 3 case
        i il DET 3 det Definite=Def|Number=Plur
        geologi geologo NOUN 7 obl Gender=Masc|Number=Plur
        , , PUNCT 3 punct
        la il DET 6 det Definite=Def
        frana frana NOUN 7 nsubj Gender=Fem|Number=Sing
        avanza avanzare VERB 0 root Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 7 punct
    """)
    assert speakers(t, said(t, "secondo", "la frana avanza", kind="prep")) == [("i geologi", "geologi")]


def test_the_possessor_of_a_cue_noun(parse):
    # L'annuncio di Marco Valli: la fabbrica riapre.
    t = parse("""
        L'_ il DET 2 det Definite=Def
        annuncio annuncio NOUN 0 root Gender=Masc|Number=Sing
        di di ADP 4 case
        Marco Marco PROPN 2 nmod B-PER
        Valli_ Valli PROPN 4 flat:name I-PER
        : : PUNCT 9 punct
        la il DET 8 det Definite=Def
        fabbrica fabbrica NOUN 9 nsubj Gender=Fem|Number=Sing
        riapre riaprire VERB 2 parataxis Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 2 punct
    """)
    assert speakers(t, said(t, "annuncio", "la fabbrica riapre", kind="noun")) == [("Marco Valli", "Marco Valli")]


def test_the_agent_of_a_passive(parse):
    # La chiusura è stata annunciata dal ministro Marco Valli.
    t = parse("""
        La il DET 2 det Definite=Def
        chiusura chiusura NOUN 5 nsubj:pass Gender=Fem|Number=Sing
        è essere AUX 5 aux Number=Sing|Person=3|VerbForm=Fin
        stata essere AUX 5 aux:pass Gender=Fem|Number=Sing|VerbForm=Part
        annunciata annunciare VERB 0 root Gender=Fem|Number=Sing|VerbForm=Part
        dal da ADP 7 case Definite=Def|Number=Sing
        ministro ministro NOUN 5 obl:agent Gender=Masc|Number=Sing
        Marco Marco PROPN 7 nmod B-PER
        Valli_ Valli PROPN 8 flat:name I-PER
        . . PUNCT 5 punct
    """)
    assert speakers(t, said(t, "è stata annunciata", "La chiusura")) == [("ministro Marco Valli", "Marco Valli")]


def test_the_antecedent_of_a_relative_pronoun(parse):
    # Arriva Marco Valli, che ha detto che il ponte regge.
    t = parse("""
        Arriva arrivare VERB 0 root Number=Sing|Person=3|VerbForm=Fin
        Marco Marco PROPN 1 nsubj B-PER
        Valli_ Valli PROPN 2 flat:name I-PER
        , , PUNCT 7 punct
        che che PRON 7 nsubj PronType=Rel
        ha avere AUX 7 aux Number=Sing|Person=3|VerbForm=Fin
        detto dire VERB 2 acl:relcl Gender=Masc|Number=Sing|VerbForm=Part
        che che SCONJ 11 mark
        il il DET 10 det Definite=Def
        ponte ponte NOUN 11 nsubj Gender=Masc|Number=Sing
        regge reggere VERB 7 ccomp Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 1 punct
    """)
    assert speakers(t, said(t, "ha detto", "il ponte regge")) == [("Marco Valli", "Marco Valli")]


def test_the_name_speaks_where_it_stands_in_apposition(who_says):
    assert who_says("""
        Il il DET 2 det Definite=Def
        ministro ministro NOUN 8 nsubj Gender=Masc|Number=Sing
        , , PUNCT 4 punct
        Marco Marco PROPN 2 appos B-PER
        Valli_ Valli PROPN 4 flat:name I-PER
        , , PUNCT 4 punct
    """) == ("Marco Valli", "Marco Valli")


def test_who_stands_before_a_colon(parse):
    # Marco Valli: «Il ponte regge».
    t = parse("""
        Marco Marco PROPN 7 nsubj B-PER
        Valli_ Valli PROPN 1 flat:name I-PER
        : : PUNCT 7 punct
        «_ « PUNCT 7 punct
        Il il DET 6 det Definite=Def
        ponte ponte NOUN 7 nsubj Gender=Masc|Number=Sing
        regge_ reggere VERB 0 root Number=Sing|Person=3|VerbForm=Fin
        »_ » PUNCT 7 punct
        . . PUNCT 7 punct
    """)
    assert speakers(t, said(t, ":", "Il ponte regge", kind="colon")) == [("Marco Valli", "Marco Valli")]


def test_each_of_two_nested_statements_has_its_own_speaker(parse):
    # Anna Ferri riferisce che Marco Valli ha promesso che la diga regge.
    t = parse("""
        Anna Anna PROPN 3 nsubj B-PER
        Ferri Ferri PROPN 1 flat:name I-PER
        riferisce riferire VERB 0 root Number=Sing|Person=3|VerbForm=Fin
        che che SCONJ 8 mark
        Marco Marco PROPN 8 nsubj B-PER
        Valli Valli PROPN 5 flat:name I-PER
        ha avere AUX 8 aux Number=Sing|Person=3|VerbForm=Fin
        promesso promettere VERB 3 ccomp Gender=Masc|Number=Sing|VerbForm=Part
        che che SCONJ 12 mark
        la il DET 11 det Definite=Def
        diga diga NOUN 12 nsubj Gender=Fem|Number=Sing
        regge_ reggere VERB 8 ccomp Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 3 punct
    """)
    outer = said(t, "riferisce", "Marco Valli ha promesso che la diga regge")
    inner = said(t, "ha promesso", "la diga regge")
    assert speakers(t, outer, inner) == [("Anna Ferri", "Anna Ferri"), ("Marco Valli", "Marco Valli")]


SOURCELESS = """
    È essere AUX 3 aux Number=Sing|Person=3|VerbForm=Fin
    stato essere AUX 3 aux:pass Gender=Masc|Number=Sing|VerbForm=Part
    affermato affermare VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part
    che che SCONJ 7 mark
    il il DET 6 det Definite=Def
    lago lago NOUN 7 nsubj Gender=Masc|Number=Sing
    muore_ morire VERB 3 ccomp Number=Sing|Person=3|VerbForm=Fin
    . . PUNCT 3 punct
"""


def test_nobody_speaks_in_a_sourceless_passive(parse):
    t = parse(SOURCELESS)
    assert speakers(t, said(t, "è stato affermato", "il lago muore")) == [(None, None)]


def test_an_article_without_statements_has_no_speakers(parse):
    t = parse(ANNA)
    assert find_speakers(t, Actors(t), []) == []


def test_a_title_before_its_name_is_no_party_of_its_own(who_says):
    # Il segretario del Partito Verde Marco Valli ha detto …
    assert who_says("""
        Il il DET 2 det Definite=Def
        segretario segretario NOUN 9 nsubj Gender=Masc|Number=Sing
        del di ADP 4 case Definite=Def
        Partito partito PROPN 2 nmod B-ORG
        Verde verde PROPN 4 flat I-ORG
        Marco Marco PROPN 4 flat B-PER
        Valli Valli PROPN 6 flat:name I-PER
    """) == ("Il segretario del Partito Verde Marco Valli", "Marco Valli")


def test_a_preposition_taken_for_a_verb_is_read_by_its_form(parse):
    t = parse("""
        Secondo secondo VERB 6 advcl
        i il DET 3 det Definite=Def|Number=Plur
        medici medico NOUN 1 nsubj Gender=Masc|Number=Plur
        la il DET 5 det Definite=Def|Number=Sing
        febbre febbre NOUN 6 nsubj Gender=Fem|Number=Sing
        cala calare VERB 0 root Number=Sing|Person=3|VerbForm=Fin
        . . PUNCT 6 punct
    """)
    assert speakers(t, said(t, "secondo", "la febbre cala")) == [("i medici", "medici")]


def test_whom_somebody_else_speaks_of_does_not_speak(parse):
    # Anna Ferri has said that Bruno Conti leaves, though she has admitted the delay.
    t = parse("""
        Anna Anna PROPN 4 nsubj Gender=Fem|Number=Sing B-PER
        Ferri Ferri PROPN 1 flat:name I-PER
        ha avere AUX 4 aux Number=Sing|Person=3|VerbForm=Fin
        detto dire VERB 0 root Number=Sing|VerbForm=Part
        che che SCONJ 8 mark
        Bruno Bruno PROPN 8 nsubj Gender=Masc|Number=Sing B-PER
        Conti Conti PROPN 6 flat:name I-PER
        parte_ partire VERB 4 ccomp Number=Sing|Person=3|VerbForm=Fin
        , , PUNCT 12 punct
        benché benché SCONJ 12 mark
        abbia avere AUX 12 aux Number=Sing|Person=3|VerbForm=Fin
        ammesso ammettere VERB 8 advcl Number=Sing|VerbForm=Part
        il il DET 14 det
        ritardo_ ritardo NOUN 12 obj
        . . PUNCT 4 punct
    """)
    first, second = said(t, "ha detto", "Bruno Conti parte"), said(t, "abbia ammesso", "il ritardo")
    assert speakers(t, second)[0][1] == "Bruno Conti"  # whom the grammar gives it
    assert [name for _, name in speakers(t, first, second)] == ["Anna Ferri", "Anna Ferri"]
