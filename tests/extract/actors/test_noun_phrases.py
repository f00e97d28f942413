"""The phrases around nouns and what their words tell, on parses made by hand."""

from __future__ import annotations

import pytest

from portavoce.extract.actors.noun_phrases import described_edge, noun_phrase, phrase_head, without_article
from portavoce.extract.actors.words import SpeakerWords

WORDS = SpeakerWords.load("it")


def test_noun_phrase_keeps_possession_and_leaves_other_complements(parse):
    # il portavoce del comune a Trieste tace
    t = parse("""
        il il DET 2 det Definite=Def
        portavoce portavoce NOUN 7 nsubj
        del di+il ADP 4 case
        comune comune NOUN 2 nmod
        a a ADP 6 case
        Trieste Trieste PROPN 2 nmod B-LOC
        tace tacere VERB 0 root
    """)
    t.lemma[2] = "di il"  # articulated prepositions keep both lemmas
    first, last = noun_phrase(t, WORDS, 1)
    assert t.words(first, last) == "il portavoce del comune"
    assert without_article(t, WORDS, first, last) == "portavoce del comune"


def test_noun_phrase_stops_before_a_comma(parse):
    t = parse("""
        la il DET 2 det Definite=Def
        sindaca_ sindaca NOUN 7 nsubj
        , , PUNCT 4 punct
        medico_ medico NOUN 2 appos
        , , PUNCT 4 punct
        oggi oggi ADV 7 advmod
        tace tacere VERB 0 root
    """)
    assert noun_phrase(t, WORDS, 1) == (0, 1)


def test_phrase_head_is_the_token_whose_head_lies_outside(parse):
    t = parse("""
        Anna Anna PROPN 3 nsubj B-PER
        Poli Poli PROPN 1 flat:name I-PER
        tace tacere VERB 0 root
    """)
    assert phrase_head(t, 0, 1) == 0


@pytest.mark.parametrize(
    ("noun", "kind"),
    [
        ("vignettista", "person"),
        ("61enne", "person"),
        ("neotecnico", "person"),
        ("neoallenatori", "person"),
        ("meteorologi", "person"),
        ("motore", None),
        ("intervista", "document"),
    ],
)
def test_a_noun_that_no_list_has_is_known_by_its_ending(parse, noun, kind):
    t = parse(f"{noun} {noun} NOUN 0 root")
    entry = WORDS.nominal(t, 0)
    assert (entry[0] if entry else None) == kind


def test_determiners_tell_definiteness_and_number_whatever_the_parse_says(parse):
    t = parse("""
        Parlano parlare VERB 0 root
        gli il DET 3 det Definite=Def
        inquirenti inquirenti NOUN 1 nsubj Number=Sing
        e e CCONJ 6 cc
        un uno DET 6 det Definite=Def
        medico medico NOUN 3 conj
    """)
    assert WORDS.agreement(t, 1, 2)[:2] == ("Def", "Plur")
    assert WORDS.agreement(t, 4, 5)[:2] == ("Ind", "Sing")


def test_complements_of_possession_belong_to_a_phrase_whatever_they_hang_on(parse):
    # il partito di estrema destra ha: the parser hangs the preposition elsewhere
    t = parse("""
        il il DET 2 det
        titolare titolare NOUN 6 nsubj
        di di ADP 6 case
        Borgo Borgo PROPN 6 nmod
        ha avere AUX 6 aux
        parlato parlare VERB 0 root
    """)
    assert noun_phrase(t, WORDS, 1) == (0, 3)


def test_what_modifies_a_noun_without_a_comma_is_part_of_its_description(parse):
    t = parse("""
        dati dato NOUN 5 nsubj
        diffusi diffondere VERB 1 acl VerbForm=Part
        dalla da ADP 4 case
        polizia polizia NOUN 2 obl
        parlano parlare VERB 0 root
    """)
    assert described_edge(t, 0, 0) == 3


def test_a_quantifier_is_no_part_of_a_description(parse):
    t = parse("""
        alcuni alcuno DET 2 det
        esperti esperto NOUN 3 nsubj
        tacciono tacere VERB 0 root
    """)
    assert without_article(t, WORDS, 0, 1) == "esperti"


@pytest.mark.parametrize(
    ("end", "pos", "said"),
    [("e", "CCONJ", "servizio regionale"), ("(", "PUNCT", "servizio regionale"), (",", "PUNCT", "servizio regionale"),
     ("di", "ADP", "servizio regionale"), ("»", "PUNCT", "servizio regionale »"), ("veneto", "ADJ", "servizio regionale veneto")],
)  # fmt: skip
def test_a_description_does_not_end_with_what_needs_more_words(parse, end, pos, said):
    t = parse(f"""
        il il DET 2 det Definite=Def
        servizio servizio NOUN 5 nsubj
        regionale regionale ADJ 2 amod
        {end} {end} {pos} 2 dep
        tace tacere VERB 0 root
    """)
    assert without_article(t, WORDS, 0, 3) == said


def test_a_relative_pronoun_ends_no_phrase(parse):
    # turisti italiani che erano (the parser hangs the pronoun on the noun)
    t = parse("""
        turisti turista NOUN 0 root Number=Plur
        italiani italiano ADJ 1 amod
        che che PRON 1 nmod PronType=Rel
        erano essere AUX 1 acl VerbForm=Fin
    """)
    assert noun_phrase(t, WORDS, 0) == (0, 1)
    assert without_article(t, WORDS, 0, 2) == "turisti italiani"


def test_a_partitive_article_goes(parse):
    t = parse("""
        degli di DET 2 det Number=Plur
        studiosi studioso NOUN 0 root Number=Plur
    """)
    assert without_article(t, WORDS, 0, 1) == "studiosi"
