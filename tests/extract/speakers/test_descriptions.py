"""What a speaker whom no name names is called, on parses made by hand."""

from __future__ import annotations

from tests.extract.spoken import said, speakers


def test_a_description_has_the_whole_name_of_the_person_in_it(who_says):
    assert who_says("""
        Arriva arrivare VERB 0 root VerbForm=Fin
        Anna Anna PROPN 1 nsubj B-PER
        Ferri Ferri PROPN 2 flat:name I-PER
        . . PUNCT 1 punct

        La il DET 2 det Definite=Def|Number=Sing
        madre madre NOUN 6 nsubj Gender=Fem|Number=Sing
        di di ADP 4 case
        Anna Anna PROPN 2 nmod B-PER
    """) == ("La madre di Anna", "madre di Anna Ferri")


def test_the_name_behind_a_title_in_apposition_speaks(who_says):
    assert who_says("""
        Il il DET 2 det Definite=Def|Number=Sing
        direttore_ direttore NOUN 9 nsubj Gender=Masc|Number=Sing
        , , PUNCT 4 punct
        padre padre NOUN 2 appos Gender=Masc|Number=Sing
        Carlo Carlo PROPN 4 nmod B-PER
        Bruni_ Bruni PROPN 5 flat:name I-PER
        , , PUNCT 4 punct
    """) == ("Carlo Bruni", "Carlo Bruni")


def test_somebody_whom_one_word_describes_is_called_by_the_phrase_that_tells_more(parse):
    t = parse("""
        Un uno DET 2 det Definite=Ind|Number=Sing
        migrante migrante NOUN 4 nsubj Gender=Masc|Number=Sing
        ha avere AUX 4 aux Number=Sing|Person=3|VerbForm=Fin
        detto dire VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part
        che che SCONJ 6 mark
        aiuta aiutare VERB 4 ccomp VerbForm=Fin
        . . PUNCT 4 punct

        Questo questo DET 2 det Number=Sing|PronType=Dem
        migrante migrante NOUN 5 nsubj Gender=Masc|Number=Sing
        africano africano ADJ 2 amod
        ha avere AUX 5 aux Number=Sing|Person=3|VerbForm=Fin
        aggiunto aggiungere VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part
        che che SCONJ 7 mark
        resta restare VERB 5 ccomp VerbForm=Fin
        . . PUNCT 5 punct
    """)
    found = speakers(t, said(t, "ha detto", "aiuta"), said(t, "ha aggiunto", "resta"))
    assert [name for _, name in found] == ["migrante africano", "migrante africano"]


def test_a_full_name_before_the_colon_of_a_quote_speaks(parse):
    t = parse("""
        Tace tacere VERB 0 root VerbForm=Fin
        Dario Dario PROPN 1 nsubj B-PER
        Costa Costa PROPN 2 flat:name I-PER
        . . PUNCT 1 punct

        E e CCONJ 6 cc
        ancora_ ancora ADV 6 advmod
        , , PUNCT 6 punct
        vicino vicino ADV 6 case
        a a ADP 6 case
        Anna Anna PROPN 0 root B-PER
        Ferri_ Ferri PROPN 6 flat:name I-PER
        : : PUNCT 6 punct
        « « PUNCT 10 punct
        Basta_ bastare VERB 6 parataxis VerbForm=Fin
        »_ » PUNCT 10 punct
        . . PUNCT 6 punct
    """)
    assert speakers(t, said(t, None, "Basta")) == [("Anna Ferri", "Anna Ferri")]


def test_a_party_behind_a_title_does_not_speak(who_says):
    assert who_says("""
        La il DET 2 det Definite=Def|Number=Sing
        senatrice senatrice NOUN 4 nsubj Gender=Fem|Number=Sing
        Pd Pd PROPN 2 nmod B-ORG
    """) == ("La senatrice Pd", "senatrice Pd")
