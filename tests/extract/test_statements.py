"""What a statement is worth: polarity, certainty, and who reports it."""

from __future__ import annotations

from portavoce.extract.attribution import Attribution
from portavoce.extract.choice import AttributionModel
from portavoce.extract.cues import find_cues
from portavoce.extract.statements import certainty, polarity, with_reporters
from portavoce.ids import statement_id
from portavoce.records import Span, Statement

MODEL = AttributionModel.load("it")

DENIES = """
    Rossi Rossi PROPN 3 nsubj B-PER
    {}
    {} escludere VERB 0 root VerbForm=Part
    un uno DET 5 det
    accordo_ accordo NOUN 3 obj
    . . PUNCT 3 punct
"""


def attribution(t, lemma, words):
    cue = next(c for c in find_cues(t, MODEL.lexicon) if c.lemma == lemma)
    start = t.text.index(words)
    return Attribution(cue, ((start, start + len(words)),), "indirect", "test", 1.0)


def test_excluding_denies(parse):
    # Rossi has excluded an agreement.
    t = parse(DENIES.format("ha avere AUX 3 aux VerbForm=Fin", "escluso"))
    assert polarity(t, attribution(t, "escludere", "un accordo"), MODEL) == "denies"


def test_not_excluding_leaves_open(parse):
    # Rossi does not exclude an agreement.
    t = parse(DENIES.format("non non ADV 3 advmod", "esclude"))
    assert polarity(t, attribution(t, "escludere", "un accordo"), MODEL) == "open"


def test_saying_asserts(parse):
    # Rossi says that the bridge is safe.
    t = parse("""
        Rossi Rossi PROPN 2 nsubj B-PER
        dice dire VERB 0 root VerbForm=Fin
        che che SCONJ 7 mark
        il il DET 5 det
        ponte ponte NOUN 7 nsubj
        è essere AUX 7 cop VerbForm=Fin|Mood=Ind
        sicuro_ sicuro ADJ 2 ccomp
        . . PUNCT 2 punct
    """)
    a = attribution(t, "dire", "il ponte è sicuro")
    assert polarity(t, a, MODEL) == "asserts"
    assert certainty(t, a, MODEL) == "certain"


def test_the_reportive_conditional_is_hearsay(parse):
    # According to the police Rossi is said to have fled.
    t = parse("""
        Secondo secondo ADP 3 case
        la il DET 3 det
        polizia polizia NOUN 6 obl
        Rossi Rossi PROPN 6 nsubj B-PER
        sarebbe essere AUX 6 aux VerbForm=Fin|Mood=Cnd
        fuggito_ fuggire VERB 0 root VerbForm=Part
        . . PUNCT 6 punct
    """)
    assert certainty(t, attribution(t, "secondo", "Rossi sarebbe fuggito"), MODEL) == "reported"


def test_a_prediction_is_possible(parse):
    # Rossi predicts a hard winter.
    t = parse("""
        Rossi Rossi PROPN 2 nsubj B-PER
        prevede prevedere VERB 0 root VerbForm=Fin
        un uno DET 4 det
        inverno inverno NOUN 2 obj
        duro_ duro ADJ 4 amod
        . . PUNCT 2 punct
    """)
    assert certainty(t, attribution(t, "prevedere", "un inverno duro"), MODEL) == "possible"


def test_the_inner_statement_points_to_the_outer(parse):
    # The paper reports that Rossi has promised an inquiry.
    t = parse("""
        Il il DET 2 det
        giornale giornale NOUN 3 nsubj
        riferisce riferire VERB 0 root VerbForm=Fin
        che che SCONJ 7 mark
        Rossi Rossi PROPN 7 nsubj B-PER
        ha avere AUX 7 aux VerbForm=Fin
        promesso promettere VERB 3 ccomp VerbForm=Part
        un' uno DET 9 det
        inchiesta_ inchiesta NOUN 7 obj
        . . PUNCT 3 punct
    """)
    attributions = [
        attribution(t, "riferire", "Rossi ha promesso un' inchiesta"),
        attribution(t, "promettere", "un' inchiesta"),
    ]
    statements = []
    for a in attributions:
        content = tuple(Span.of(t.text, *c) for c in a.content)
        statements.append(Statement(id=statement_id("x", content, None), kind="indirect", content=content))
    outer, inner = with_reporters(t, attributions, statements)
    assert outer.reported_by is None
    assert inner.reported_by == outer.id
