"""What a statement is worth: polarity, certainty, act and tense, and who reports it."""

from __future__ import annotations

import pytest

from portavoce.extract.acts import Attribution, Cue
from portavoce.extract.attribution.choice import AttributionModel
from portavoce.extract.attribution.cues import find_cues
from portavoce.extract.worth import with_reporters, worth
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


def attribution(t, lemma, words, kind="indirect"):
    cue = next(c for c in find_cues(t, MODEL.lexicon) if c.lemma == lemma)
    start = t.text.index(words)
    return Attribution(cue, ((start, start + len(words)),), kind, "test", 1.0)


def worth_of(t, lemma, words, kind="indirect"):
    return worth(t, attribution(t, lemma, words, kind), MODEL.lexicon)


def test_excluding_denies(parse):
    # Rossi has excluded an agreement.
    t = parse(DENIES.format("ha avere AUX 3 aux VerbForm=Fin", "escluso"))
    assert worth_of(t, "escludere", "un accordo").polarity == "denies"


def test_not_excluding_leaves_open(parse):
    # Rossi does not exclude an agreement.
    t = parse(DENIES.format("non non ADV 3 advmod", "esclude"))
    assert worth_of(t, "escludere", "un accordo").polarity == "open"


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
    value = worth_of(t, "dire", "il ponte è sicuro")
    assert (value.polarity, value.certainty, value.act, value.tense) == ("asserts", "certain", "statement", "present")


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
    value = worth_of(t, "secondo", "Rossi sarebbe fuggito")
    assert (value.certainty, value.tense) == ("reported", "past")


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
    value = worth_of(t, "prevedere", "un inverno duro")
    assert (value.certainty, value.tense) == ("possible", "none")


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


def clause(verb, *, cue="ha avere AUX 3 aux VerbForm=Fin|Mood=Ind|Tense=Pres", said="detto dire"):
    """Rossi has said that the bridge … : the verb of the clause is given as one or two lines, its head last."""
    head = 6 + len(verb)
    lines = [line.format(head=head, cue=3) for line in verb]
    return "\n".join(["Rossi Rossi PROPN 3 nsubj B-PER", cue, f"{said} VERB 0 root VerbForm=Part|Tense=Past",
                      f"che che SCONJ {head} mark", "il il DET 6 det", f"ponte ponte NOUN {head} nsubj", *lines, ". . PUNCT 3 punct"])  # fmt: skip


TENSES = [
    (["aprirà_ aprire VERB 3 ccomp VerbForm=Fin|Mood=Ind|Tense=Fut"], "future"),
    (["reggeranno_ reggere VERB 3 ccomp VerbForm=Fin|Mood=Ind|Tense=Pres"], "future"),  # the ending, not the tagger
    (["tremava_ tremare VERB 3 ccomp VerbForm=Fin|Mood=Ind|Tense=Imp"], "past"),
    (["regge_ reggere VERB 3 ccomp VerbForm=Fin|Mood=Ind|Tense=Pres"], "present"),
    (["ha avere AUX {head} aux VerbForm=Fin|Mood=Ind|Tense=Pres", "retto_ reggere VERB 3 ccomp VerbForm=Part|Tense=Past"], "past"),
    (["è essere AUX {head} aux VerbForm=Fin|Mood=Ind|Tense=Pres", "crollato_ crollare VERB 3 ccomp VerbForm=Part|Tense=Past"], "past"),
    (["è essere AUX {head} aux:pass VerbForm=Fin|Mood=Ind|Tense=Pres", "chiuso_ chiudere VERB 3 ccomp VerbForm=Part|Tense=Past"], "present"),
    (["avrebbe avere AUX {head} aux VerbForm=Fin|Mood=Sub|Tense=Pres", "retto_ reggere VERB 3 ccomp VerbForm=Part|Tense=Past"], "future"),
]  # fmt: skip


@pytest.mark.parametrize(("verb", "tense"), TENSES)
def test_the_main_verb_says_of_what_time_a_statement_is(parse, verb, tense):
    t = parse(clause(verb))
    value = worth_of(t, "dire", t.text[t.text.index("il ponte") : -1])
    assert (value.tense, value.certainty) == (tense, "certain")


def test_what_may_be_is_possible(parse):
    # Rossi says that the bridge could fall.
    t = parse(
        clause(["potrebbe potere AUX {head} aux VerbForm=Fin|Mood=Cnd", "cadere_ cadere VERB 3 ccomp VerbForm=Inf"])
    )
    assert worth_of(t, "dire", "il ponte potrebbe cadere").certainty == "possible"


def test_what_must_be_is_no_hearsay(parse):
    # Rossi has said that the bridge should hold.
    t = parse(
        clause(["dovrebbe dovere AUX {head} aux VerbForm=Fin|Mood=Cnd", "reggere_ reggere VERB 3 ccomp VerbForm=Inf"])
    )
    value = worth_of(t, "dire", "il ponte dovrebbe reggere")
    assert (value.certainty, value.tense) == ("certain", "present")


def test_a_saying_in_the_conditional_is_hearsay_itself(parse):
    # Rossi is said to have said that the bridge holds.
    cue = "avrebbe avere AUX 3 aux VerbForm=Fin|Mood=Cnd"
    t = parse(clause(["regge_ reggere VERB 3 ccomp VerbForm=Fin|Mood=Ind|Tense=Pres"], cue=cue))
    assert worth_of(t, "dire", "il ponte regge").certainty == "reported"


ASKED = """
    Rossi Rossi PROPN 3 nsubj B-PER
    ha avere AUX 3 aux VerbForm=Fin|Mood=Ind|Tense=Pres
    chiesto chiedere VERB 0 root VerbForm=Part|Tense=Past
    {} {} SCONJ 5 mark
    {}
    . . PUNCT 3 punct
"""


def test_asking_whether_is_a_question_and_open(parse):
    # Rossi has asked whether the bridge holds.
    t = parse(ASKED.format("se", "se", "regge_ reggere VERB 3 ccomp VerbForm=Fin|Mood=Ind|Tense=Pres"))
    value = worth_of(t, "chiedere", "regge")
    assert (value.act, value.polarity, value.tense) == ("question", "open", "present")


def test_asking_for_is_a_request_of_what_is_to_come(parse):
    # Rossi has asked to close.
    t = parse(ASKED.format("di", "di", "chiudere_ chiudere VERB 3 xcomp VerbForm=Inf"))
    value = worth_of(t, "chiedere", "chiudere")
    assert (value.act, value.polarity, value.tense) == ("request", "asserts", "future")


def test_a_quote_with_a_question_mark_is_a_question(parse):
    # "What time is it?", Rossi has said.
    t = parse("""
        Che che DET 2 det
        ora_ ora NOUN 4 nsubj
        mai mai ADV 4 advmod
        è_ essere VERB 0 root VerbForm=Fin|Mood=Ind|Tense=Pres
        ?_ ? PUNCT 4 punct
        , , PUNCT 8 punct
        ha avere AUX 8 aux VerbForm=Fin|Mood=Ind|Tense=Pres
        detto dire VERB 4 parataxis VerbForm=Part|Tense=Past
        Rossi_ Rossi PROPN 8 nsubj B-PER
        . . PUNCT 8 punct
    """)
    assert worth_of(t, "dire", t.text[: t.text.index("?")], "direct").act == "question"
    assert worth_of(t, "dire", t.text[: t.text.index("?") + 1], "direct").act == "question"


@pytest.mark.parametrize(("what", "act"), [("di di ADP 5 mark", "request"), ("che che SCONJ 5 mark", "statement")])
def test_warning_to_do_asks_and_warning_that_tells(parse, what, act):
    # Rossi has warned (not) to come near; Rossi has warned that it slides.
    verb = (
        "avvicinarsi_ avvicinare VERB 3 xcomp VerbForm=Inf"
        if act == "request"
        else "frana_ franare VERB 3 ccomp VerbForm=Fin|Mood=Ind"
    )
    t = parse(ASKED.replace("chiesto chiedere", "avvertito avvertire").replace("{} {} SCONJ 5 mark", what).format(verb))
    assert worth_of(t, "avvertire", verb.split("_", maxsplit=1)[0]).act == act


def test_a_promise_is_of_what_is_to_come(parse):
    # Rossi has promised to close.
    t = parse(
        ASKED.replace("chiesto chiedere", "promesso promettere").format(
            "di", "di", "chiudere_ chiudere VERB 3 xcomp VerbForm=Inf"
        )
    )
    value = worth_of(t, "promettere", "chiudere")
    assert (value.act, value.tense) == ("statement", "future")


def test_rumours_are_hearsay(parse):
    # Rumours spread of an agreement.
    t = parse("""
        Circolano circolare VERB 0 root VerbForm=Fin|Mood=Ind|Tense=Pres
        voci voce NOUN 1 nsubj
        su su ADP 5 case
        un uno DET 5 det
        accordo_ accordo NOUN 2 nmod
        . . PUNCT 1 punct
    """)
    cue = Cue("verb", 0, 0, 0, "circolare")
    start = t.text.index("un accordo")
    value = worth(t, Attribution(cue, ((start, start + 10),), "indirect", "test", 1.0), MODEL.lexicon)
    assert (value.certainty, value.tense) == ("reported", "none")
