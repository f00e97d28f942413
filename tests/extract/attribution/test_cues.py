"""Which words may signal that somebody says something, and which must not."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from portavoce.extract.attribution.cue_features import cue_features
from portavoce.extract.attribution.cues import CueLexicon, find_cues

LEXICON = CueLexicon.load("it")


def cues(t):
    return [(c.kind, t.words(c.first, c.last)) for c in find_cues(t, LEXICON)]


def test_a_verb_with_its_auxiliary_and_clitic(parse):
    # «The minister has said it.»
    t = parse("""
        Lo lo PRON 3 obj
        ha avere AUX 3 aux VerbForm=Fin
        detto dire VERB 0 root VerbForm=Part
        la il DET 5 det
        ministra ministra NOUN 3 nsubj
        . . PUNCT 3 punct
    """)
    assert cues(t) == [("verb", "Lo ha detto")]


def test_a_noun_with_a_complement(parse):
    # «the announcement of the strike»
    t = parse("""
        L'_ il DET 2 det
        annuncio annuncio NOUN 0 root
        dello di ADP 4 case
        sciopero sciopero NOUN 2 nmod
    """)
    assert cues(t) == [("noun", "annuncio")]


def test_secondo_before_a_source(parse):
    # «According to the police the theft is invented»
    t = parse("""
        Secondo secondo ADP 3 case
        la il DET 3 det
        polizia polizia NOUN 7 obl
        il il DET 5 det
        furto furto NOUN 7 nsubj
        è essere AUX 7 cop VerbForm=Fin
        inventato inventato ADJ 0 root
    """)
    assert cues(t) == [("prep", "Secondo")]


def test_il_secondo_is_an_ordinal(parse):
    # «He lost the second match»
    t = parse("""
        Perse perdere VERB 0 root VerbForm=Fin
        il il DET 4 det
        secondo secondo ADJ 4 amod
        incontro incontro NOUN 1 obj
    """)
    assert cues(t) == []


def test_a_longer_phrase_wins(parse):
    # «in the judge's opinion»
    t = parse("""
        A a ADP 2 case
        giudizio giudizio NOUN 6 obl
        della di ADP 4 case
        Corte corte PROPN 2 nmod B-ORG
        la il DET 6 det
        legge legge NOUN 0 root
    """)
    assert ("prep", "A giudizio") in cues(t)


def test_per_needs_a_source_and_no_infinitive(parse):
    # «He came to speak»
    t = parse("""
        È essere AUX 2 aux VerbForm=Fin
        venuto venire VERB 0 root VerbForm=Part
        per per ADP 4 mark
        mangiare mangiare VERB 2 advcl VerbForm=Inf
    """)
    assert cues(t) == []


def test_a_colon_after_a_name(parse):
    # «Bonfanti: "No to the dam"»
    t = parse("""
        Bonfanti Bonfanti PROPN 0 root B-PER
        :_ : PUNCT 1 punct
        «_ « PUNCT 4 punct
        No no INTJ 1 parataxis
        alla a ADP 6 case
        diga_ diga NOUN 4 obl
        » » PUNCT 4 punct
    """)
    assert ("colon", ":") in cues(t)


def test_a_verb_beside_marks_may_be_a_cue_though_no_list_has_it(parse):
    # «"Enough", thundered the mayor»
    t = parse("""
        «_ « PUNCT 2 punct
        Basta_ basta INTJ 0 root
        »_ » PUNCT 2 punct
        , , PUNCT 5 punct
        sbraitò sbraitare VERB 2 parataxis VerbForm=Fin
        la il DET 7 det
        sindaca sindaca NOUN 5 nsubj
    """)
    assert ("verb", "sbraitò") in cues(t)


def test_a_plain_verb_is_no_cue(parse):
    # «The train left Turin.»
    t = parse("""
        Il il DET 2 det
        treno treno NOUN 3 nsubj
        partì partire VERB 0 root VerbForm=Fin
        da da ADP 5 case
        Torino_ Torino PROPN 3 obl B-LOC
        . . PUNCT 3 punct
    """)
    assert cues(t) == []


def test_features_are_named_and_repeatable(parse):
    t = parse("""
        Rossi Rossi PROPN 3 nsubj B-PER
        ha avere AUX 3 aux VerbForm=Fin|Mood=Ind
        negato negare VERB 0 root VerbForm=Part
        di di ADP 5 mark
        sapere_ sapere VERB 3 xcomp VerbForm=Inf
        . . PUNCT 3 punct
    """)
    (cue,) = (c for c in find_cues(t, LEXICON) if c.lemma == "negare")
    features = cue_features(t, cue, LEXICON)
    assert {"lemma=verb:negare", "class=verb:deny", "frame=xcomp-di", "frame=nsubj=PER", "side=l"} <= set(features)
    assert features == cue_features(t, cue, LEXICON)


def test_grown_words_do_not_replace_listed_ones():
    grown = LEXICON.grown({"verbs": ["dire", "zompettare"], "nouns": []})
    assert grown.verbs["dire"] == LEXICON.verbs["dire"]
    assert grown.verbs["zompettare"] == "other"


@pytest.mark.parametrize(("word", "is_cue"), [("a", False), ("tramite", True)])
def test_a_preposition_that_an_encoder_reads_as_a_cue(parse, word, is_cue):
    # «a» only begins phrases of the list («a detta di»): «as in Marghera» has no source
    t = parse(f"""
        {word} {word} ADP 2 case
        Marghera Marghera PROPN 4 obl B-LOC
        le il DET 4 det
        morti_ morte NOUN 0 root
        . . PUNCT 4 punct
    """)
    t.evidence = SimpleNamespace(spans=lambda _: [(0, 0)])
    assert [kind for kind, _ in cues(t)] == ["prep"] * is_cue
