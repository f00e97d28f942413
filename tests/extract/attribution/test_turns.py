"""Speech without marks behind names and colons: interviews, lists of reactions."""

from __future__ import annotations

from portavoce.extract.attribution.turns import find_turns, inside_a_turn

TITLE = """
    Le le DET 2 det
    reazioni reazione NOUN 0 root
    ¶
"""
FERRI = """
    Ferri Ferri PROPN 0 root B-PER
    :_ : PUNCT 1 punct
    Non non ADV 5 advmod
    mi mi PRON 5 expl
    dimetto_ dimettere VERB 1 parataxis VerbForm=Fin|Person=1
    . . PUNCT 1 punct

    Credo credere VERB 0 root VerbForm=Fin|Person=1
    che che SCONJ 3 mark
    basti_ bastare VERB 1 ccomp VerbForm=Fin|Person=3
    . . PUNCT 1 punct
"""
BRUNI = """
    Anna Anna PROPN 0 root B-PER
    Bruni Bruni PROPN 1 flat I-PER
    in in ADP 4 case
    aula aula NOUN 1 nmod
    :_ : PUNCT 1 punct
    Deve dovere AUX 7 aux VerbForm=Fin|Person=3
    andarsene andare VERB 1 parataxis
    . . PUNCT 1 punct
"""


def said(t, turns):
    return [t.text[t.start[turn.start] : t.end[turn.end]] for turn in turns]


def test_a_turn_goes_on_to_the_next_label(parse):
    t = parse(f"{TITLE}\n{FERRI}\n{BRUNI}")
    assert said(t, find_turns(t)) == ["Non mi dimetto. Credo che basti", "Deve andarsene"]


def test_a_turn_ends_with_its_paragraph(parse):
    t = parse(f"{TITLE}\n{FERRI}\n¶\nPiove piovere VERB 0 root VerbForm=Fin\n¶\n{BRUNI}")
    assert said(t, find_turns(t)) == ["Non mi dimetto. Credo che basti", "Deve andarsene"]


def test_one_label_gives_nobody_the_floor(parse):
    assert find_turns(parse(f"{TITLE}\n{FERRI}")) == []


def test_the_headline_is_no_turn(parse):
    assert find_turns(parse(f"{FERRI.split('Credo', maxsplit=1)[0]}\n¶\n{BRUNI}")) == []


def test_a_label_has_no_verb(parse):
    said = BRUNI.replace("in in ADP 4 case", "in in ADP 4 case VerbForm=Fin")
    assert find_turns(parse(f"{TITLE}\n{FERRI}\n{said}")) == []


def test_a_list_of_results_is_no_speech(parse):
    score = BRUNI.replace("Deve dovere AUX 7 aux VerbForm=Fin|Person=3", "cinque cinque NUM 7 nummod")
    assert find_turns(parse(f"{TITLE}\n{FERRI}\n{score}")) == []


def test_what_stands_in_marks_is_left_to_the_marks(parse):
    quoted = BRUNI.replace("Deve dovere AUX 7 aux VerbForm=Fin|Person=3", "« « PUNCT 7 punct")
    assert find_turns(parse(f"{TITLE}\n{FERRI}\n{quoted}")) == []


def test_a_cue_in_the_first_person_belongs_to_the_turn(parse):
    t = parse(f"{TITLE}\n{FERRI}\n{BRUNI}")
    assert inside_a_turn(t, find_turns(t), t.form.index("credo"))
    assert not inside_a_turn(t, find_turns(t), 0)
