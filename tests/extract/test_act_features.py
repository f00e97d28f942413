"""What the second look contributes to the learned choices, by name."""

from __future__ import annotations

import numpy as np
import pytest

from portavoce.extract import act_features
from portavoce.extract.act_view import ActView
from portavoce.extract.acts import Cue
from portavoce.extract.encoder.decode import log_softmax
from portavoce.extract.encoder.evidence import Evidence, SecondLook
from portavoce.extract.evidence import EvidenceView

WORDS = ["Rossi", "ha", "detto", "che", "il", "ponte", "chiude", "e", "Neri", "tace"]
CONTENT = "OOOOBIIOOO"
SAID = Cue("verb", 2, 1, 2, "dire")


def look(marked: tuple[int, int], *, by_cue: bool = True) -> SecondLook:
    content = log_softmax(np.array([[5.0 * (tag == name) for name in "OBI"] for tag in CONTENT]))
    names = np.array([4.0 if w == "Rossi" else -4.0 for w in WORDS])
    return SecondLook(marked, by_cue, 0, content, names, names, 3.0, np.zeros(17))


@pytest.fixture
def evidence() -> EvidenceView:
    nothing = log_softmax(np.zeros((len(WORDS), 3)))
    nowhere = (np.full((len(WORDS), 3), -1), np.full((len(WORDS), 3), -1.0))
    tags = dict.fromkeys(("content", "cue", "speaker"), nothing)
    pointers = dict.fromkeys(("cue_of", "speaker_of"), nowhere)
    return EvidenceView(Evidence(tags, pointers, (look((1, 2)), look((8, 8), by_cue=False))))


def test_a_cue_is_judged_by_the_look_at_any_of_its_words(evidence):
    assert "look=3" in act_features.of_cue(evidence, SAID, "say")
    assert act_features.of_cue(evidence, Cue("verb", 6, 6, 6, "chiudere"), "-") == ["look=none:verb"]
    assert act_features.of_cue(None, SAID, "say") == []


def test_the_content_as_it_is_read_leaves_no_gap(evidence):
    whole, short, other = act_features.of_contents(evidence, SAID, [((4, 6),), ((4, 5),), ((8, 9),)])
    assert {"look-gap=0", "look-behind=0", "look-edges==:="} <= set(whole)
    assert "look-edges==:+" in short
    gaps = [
        int(next(f for f in features if f.startswith("look-gap=")).split("=")[1]) for features in (whole, short, other)
    ]
    assert gaps == sorted(gaps)
    assert gaps[1] < gaps[2]


def test_a_statement_without_a_cue_is_looked_at_by_its_content(evidence):
    nothing = Cue("none", 8, 8, 8, "")
    act = act_features.act_of(evidence, nothing, ((8, 9),))
    assert act is not None
    assert not act.look.by_cue
    assert act_features.act_of(evidence, nothing, ((4, 6),)) is None
    assert "look=none:none" in act_features.of_statement(evidence, nothing, ((4, 6),))


def test_who_is_read_as_the_speaker_comes_first():
    act = ActView(look((1, 2)))
    named = act_features.of_mention(act, (0, 0), "verb", [(8, 8)])
    other = act_features.of_mention(act, (8, 8), "verb", [(0, 0)])
    assert "look-speaker=4" in named
    assert "look-first=-:1" in named
    assert "look-first=+:-1" in other
    rossi, neri = act_features.of_antecedents(act, "null", [[0], [8]])
    assert "null:look-first=True:1" in rossi
    assert "null:look-first=False:-1" in neri


def test_a_description_is_weighed_against_all_other_words():
    act = ActView(look((1, 2)))
    assert "person:look-beside=4" in act_features.of_no_antecedent(act, "person", (8, 8))
    assert "person:look-beside=-4" in act_features.of_no_antecedent(act, "person", (0, 0))
    assert act.actor_beside(None) == 4


def test_without_a_second_look_nothing_is_said_of_speakers():
    assert act_features.of_mention(None, (0, 0), "verb", []) == act_features.of_nobody(None, "verb") == []
    assert act_features.of_antecedents(None, "null", [[0], [1]]) == [[], []]
