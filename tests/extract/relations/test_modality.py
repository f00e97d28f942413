"""Whether a deed is so, is to be, may be, or is denied, on parses made by hand."""

import pytest

from portavoce.extract.relations.grammar import Grammar
from portavoce.extract.relations.modality import modality_of
from portavoce.extract.relations.words import RelationWords

HAS = "ha avere AUX 3 aux Mood=Ind|Number=Sing|Person=3|VerbForm=Fin"
MET = "incontrato incontrare VERB 0 root Tense=Past|VerbForm=Part"


def of(t, form):
    words = RelationWords.load("it")
    return modality_of(Grammar(t, words), words, t.form.index(form))


@pytest.mark.parametrize(
    ("table", "form", "modality"),
    [
        (f"Anna Anna PROPN 3 nsubj B-PER\n{HAS}\n{MET}", "incontrato", "actual"),
        (
            ("Anna Anna PROPN 4 nsubj B-PER\nnon non ADV 4 advmod\nha avere AUX 4 aux VerbForm=Fin\n"
            "incontrato incontrare VERB 0 root VerbForm=Part"),
            "incontrato", "denied",
        ),
        ("Anna Anna PROPN 2 nsubj B-PER\nincontrerà incontrare VERB 0 root Tense=Fut|VerbForm=Fin", "incontrerà", "planned"),
        ("Anna Anna PROPN 2 nsubj B-PER\nincontrerebbe incontrare VERB 0 root VerbForm=Fin", "incontrerebbe", "possible"),
        (
            "Anna Anna PROPN 3 nsubj B-PER\npuò potere AUX 3 aux VerbForm=Fin\nincontrare incontrare VERB 0 root VerbForm=Inf",
            "incontrare", "possible",
        ),
        (
            ("Anna Anna PROPN 2 nsubj B-PER\npromette promettere VERB 0 root VerbForm=Fin\ndi di ADP 4 mark\n"
            "incontrare incontrare VERB 2 xcomp VerbForm=Inf"),
            "incontrare", "planned",
        ),
        (
            ("Anna Anna PROPN 2 nsubj B-PER\nnega negare VERB 0 root VerbForm=Fin\ndi di ADP 5 mark\n"
            "aver avere AUX 5 aux VerbForm=Inf\nincontrato incontrare VERB 2 xcomp VerbForm=Part"),
            "incontrato", "denied",
        ),
        (
            ("Anna Anna PROPN 2 nsubj B-PER\ndice dire VERB 0 root VerbForm=Fin\nche che SCONJ 5 mark\n"
            "Luca Luca PROPN 5 nsubj B-PER\nparla parlare VERB 2 ccomp VerbForm=Fin"),
            "parla", "actual",
        ),
        ("il il DET 3 det\npresunto presunto ADJ 3 amod\nattacco attacco NOUN 0 root", "attacco", "possible"),
    ],
)  # fmt: skip
def test_modality(parse, table, form, modality):
    assert of(parse(table), form) == modality
