"""The work that a text takes grows with its length and no faster, counted in steps of the interpreter, not in seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import numpy as np
import pytest
from spacy.tokens import Doc

from portavoce.extract.actors.coreference import Actors
from portavoce.extract.acts import Attribution, Cue
from portavoce.extract.attribution.interrupted import with_both_halves
from portavoce.extract.attribution.turns import find_turns, inside_a_turn
from portavoce.extract.encoder.decode import log_softmax
from portavoce.extract.encoder.evidence import EVIDENCE, Evidence, SecondLook
from portavoce.extract.speakers.history import Contents, History
from portavoce.extract.statements import Extractor
from portavoce.extract.tokens import Tokens
from portavoce.records import Article

STRETCH = """
    La il DET 2 det Definite=Def|Gender=Fem|Number=Sing
    sindaca sindaca NOUN 6 nsubj Gender=Fem|Number=Sing
    Carla Carla PROPN 2 nmod B-PER
    Verri Verri PROPN 3 flat:name I-PER
    ha avere AUX 6 aux Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin
    spiegato spiegare VERB 0 root Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part
    che che SCONJ 10 mark
    il il DET 9 det Definite=Def|Gender=Masc|Number=Sing
    mercato mercato NOUN 10 nsubj Gender=Masc|Number=Sing
    resta restare VERB 6 ccomp Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin
    aperto_ aperto ADJ 10 xcomp Gender=Masc|Number=Sing
    . . PUNCT 6 punct

    «_ « PUNCT 3 punct
    Nessun nessuno DET 3 det Gender=Masc|Number=Sing
    disagio_ disagio NOUN 7 ccomp Gender=Masc|Number=Sing
    »_ » PUNCT 3 punct
    , , PUNCT 3 punct
    ha avere AUX 7 aux Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin
    detto dire VERB 0 root Gender=Masc|Number=Sing|Tense=Past|VerbForm=Part
    la il DET 9 det Definite=Def|Gender=Fem|Number=Sing
    sindaca_ sindaca NOUN 7 nsubj Gender=Fem|Number=Sing
    . . PUNCT 7 punct

"""  # The mayor Carla Verri has explained that the market stays open. «No trouble», the mayor has said.
LENGTH = 22
"""Tokens of the stretch."""
TAGS = {
    "content": "OOOOOOOBIIIO OBIOOOOOOO", "cue": "OOOOBIOOOOOO OOOOOBIOOO", "speaker": "BIIIOOOOOOOO OOOOOOOBIO",
}  # fmt: skip


def evidence(times: int) -> Evidence:
    """What an encoder that is sure would say of so many stretches, with a second look at each cue."""
    tags = {
        name: np.tile(np.array([[4.0 * (tag == t) for t in "OBI"] for tag in row.replace(" ", "")]), (times, 1))
        for name, row in TAGS.items()
    }
    tags = {name: log_softmax(scores).astype(np.float32) for name, scores in tags.items()}
    targets = np.full((LENGTH * times, 3), -1)
    looks = []
    for k in range(times):
        at = LENGTH * k
        targets[at + 7 : at + 11, 0] = at + 5
        targets[at + 13 : at + 15, 0] = at + 18
        for first, start, end in ((4, 0, 12), (17, 12, 22)):
            odds = np.full(end - start, -3.0)
            content = tags["content"][at + start : at + end]
            looks.append(
                SecondLook((at + first, at + first + 1), True, at + start, content, odds, odds, 3.0, np.zeros(17))
            )
    logs = np.log(np.tile(np.array([0.8, 0.15, 0.05], np.float32), (LENGTH * times, 1)))
    return Evidence(tags, {"cue_of": (targets, logs), "speaker_of": (targets, logs)}, tuple(looks))


def steps(work: Callable[[], object]) -> int:
    """How many lines, calls and returns the interpreter passes; each turn of a loop or comprehension is one at least."""
    count = 0

    def trace(_frame: FrameType, _event: str, _value: object) -> Callable[..., object]:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("read", [False, True], ids=["parse", "encoder"])
def test_every_further_stretch_of_a_text_takes_as_many_steps_as_the_one_before(
    parse_doc: Callable[[str], Doc], read: bool
) -> None:
    extractor = Extractor("it")
    found: list[int] = []

    def record(times: int) -> int:
        doc = parse_doc(STRETCH * times)
        if read:
            doc.user_data[EVIDENCE] = evidence(times)
        article = Article(id="long", text=doc.text)
        return steps(lambda: found.append(len(extractor.record(article, doc).statements)))

    record(2)  # what is loaded or remembered by word, once a process
    short, middle, long = (record(times) for times in (30, 60, 90))
    assert found[1:] == [60, 120, 180]
    further = (long - middle) / (middle - short)
    assert further == pytest.approx(1, abs=0.004)  # one look of every statement at each earlier one is .01 and more


TURN = """
    Carla Carla PROPN 0 root B-PER
    Verri_ Verri PROPN 1 flat:name I-PER
    : : PUNCT 1 punct
    Resta restare VERB 1 parataxis Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin
    aperto_ aperto ADJ 4 xcomp Gender=Masc|Number=Sing
    . . PUNCT 4 punct

"""  # Carla Verri: It stays open.
HALVES = """
    «_ « PUNCT 3 punct
    Il il DET 3 det Definite=Def|Gender=Masc|Number=Sing
    mercato_ mercato NOUN 11 nsubj Gender=Masc|Number=Sing
    »_ » PUNCT 3 punct
    , , PUNCT 6 punct
    dice dire VERB 0 root Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin
    Carla Carla PROPN 6 nsubj B-PER
    Verri_ Verri PROPN 7 flat:name I-PER
    , , PUNCT 6 punct
    «_ « PUNCT 11 punct
    resta restare VERB 6 ccomp Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin
    aperto_ aperto ADJ 11 xcomp Gender=Masc|Number=Sing
    »_ » PUNCT 11 punct
    . . PUNCT 6 punct

"""  # «The market», says Carla Verri, «stays open».
TITLE = """
    Il il DET 2 det
    mercato mercato NOUN 0 root
    ¶
"""


def halves(t: Tokens) -> list[Attribution]:
    """What is left when only the first half of each interrupted quote was chosen."""
    return with_both_halves(
        t,
        [
            Attribution(Cue("verb", i, i, i, "dire"), ((t.start[i - 3], t.end[i - 3]),), "direct", "", 1.0)
            for i in range(t.n)
            if t.form[i] == "dice"
        ],
    )


def turns(t: Tokens) -> list[bool]:
    """Whether each word belongs to a turn."""
    found = find_turns(t)
    return [inside_a_turn(t, found, i) for i in range(t.n)]


@pytest.mark.parametrize(("stretch", "work"), [(TURN, turns), (HALVES, halves)])
def test_turns_and_interrupted_quotes_take_as_many_steps_as_those_before(
    parse_doc: Callable[[str], Doc], stretch: str, work: Callable[[Tokens], list]
) -> None:
    def taken(times: int) -> int:
        t = Tokens(parse_doc(TITLE + "\n" + stretch * times))
        return steps(lambda: work(t))

    short, middle, long = (taken(times) for times in (50, 100, 150))
    assert (long - middle) / (middle - short) < 1.02


class Place(int):
    """A token that counts how often it is compared."""

    compared = 0

    def __lt__(self, other: int) -> bool:
        Place.compared += 1
        return int(self) < int(other)


def test_the_places_of_an_actor_are_not_sorted_anew_with_each_mention(parse_doc: Callable[[str], Doc]) -> None:
    actors = Actors(Tokens(parse_doc(STRETCH)))
    history = History(actors, Contents([]))
    tokens = actors.actors[0].tokens
    for n in range(1000, 0, -1):
        tokens.append(Place(n))
        assert history.places(0)[-1] >= n
    assert history.places(0) == sorted(tokens)
    Place.compared = 0
    for n in range(2000, 3000):
        tokens.append(Place(n))
        history.places(0)
    assert Place.compared < 15_000
