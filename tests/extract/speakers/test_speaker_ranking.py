"""What weights and threshold decide about who speaks, on parses made by hand."""

from __future__ import annotations

import pytest

from portavoce.errors import PipelineError
from portavoce.extract.actors.coreference import Actors
from portavoce.extract.linear import Linear
from portavoce.extract.speakers import Ranking, find_speakers
from tests.extract.spoken import ANNA, said, speakers


def test_below_the_threshold_the_actor_stays_open(parse):
    t = parse(ANNA)
    packaged = Ranking.load("it")
    strict = Ranking(packaged.mention, packaged.antecedent, packaged.sure, 1.01)
    actors = Actors(t)
    found = find_speakers(t, actors, [said(t, "ha detto", "la diga regge")], ranking=strict)[0]
    assert (found.name, found.kind, found.actor) == (None, "unknown", None)
    assert found.rule.endswith("unsure")
    assert t.text[slice(*found.span)] == "Anna Ferri"


def test_weights_decide(parse):
    t = parse(ANNA)
    nobody = Ranking(Linear({"null=verb:act": 9.0}), Linear({"nobody:null:verb": 9.0}), Linear({}), 0.0)
    assert speakers(t, said(t, "ha detto", "la diga regge"), ranking=nobody) == [(None, None)]


def test_a_language_without_weights_is_refused():
    with pytest.raises((PipelineError, FileNotFoundError)):
        Ranking.load("xx")


TWICE = """
    Anna Anna PROPN 4 nsubj Gender=Fem|Number=Sing B-PER
    Ferri Ferri PROPN 1 flat:name I-PER
    ha avere AUX 4 aux Number=Sing|Person=3|VerbForm=Fin|Mood=Ind
    visto vedere VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part|Tense=Past
    Marco Marco PROPN 4 obj B-PER
    Valli Valli PROPN 5 flat:name I-PER
    e e CCONJ 9 cc
    ha avere AUX 9 aux Number=Sing|Person=3|VerbForm=Fin|Mood=Ind
    detto dire VERB 4 conj Gender=Masc|Number=Sing|VerbForm=Part|Tense=Past
    che che SCONJ 12 mark
    tutto tutto PRON 12 nsubj
    regge reggere VERB 9 ccomp Number=Sing|Person=3|VerbForm=Fin
    . . PUNCT 4 punct
"""


def test_the_mentions_of_an_actor_count_together(parse):
    # Marco Valli is the likeliest mention; Anna Ferri, and the dropped subject that means her, are likelier together
    t = parse(TWICE)
    weights = Ranking(
        Linear({"sort=verb:name-person": 0.0, "agrees-dep=obj:?": 0.3, "null=verb:act": 0.0}),
        Linear({"null:dep=nsubj:0": 9.0}), Linear({}), 0.0,
    )  # fmt: skip
    assert speakers(t, said(t, "ha detto", "tutto regge"), ranking=weights)[0][1] == "Anna Ferri"


def test_the_confidence_is_what_its_model_says(parse):
    t = parse(ANNA)
    packaged = Ranking.load("it")
    doubtful = Ranking(packaged.mention, packaged.antecedent, Linear({}, -2.0), 0.0)
    found = find_speakers(t, Actors(t), [said(t, "ha detto", "la diga regge")], ranking=doubtful)[0]
    assert found.confidence == pytest.approx(0.119, abs=0.001)
