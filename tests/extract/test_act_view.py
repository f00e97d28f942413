"""The second look at an act: its likeliest content, gaps to other contents, speaker and actor."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portavoce.extract.act_view import UNLIKELY, ActView, gap_class, likeliest_spans
from portavoce.extract.encoder.decode import best_path, log_softmax, transitions
from portavoce.extract.encoder.evidence import SecondLook

TAGS = ("O", "B", "I")


def look(tags: str, *, start: int = 0, speaker: int = -1, actor: int = -1) -> SecondLook:
    """A second look that is rather sure of `tags`, one letter a word."""
    content = log_softmax(np.array([[4.0 * (tag == name) for name in TAGS] for tag in tags]))
    odds = [np.array([3.0 if i == at else -3.0 for i in range(len(tags))]) for at in (speaker, actor)]
    return SecondLook((start, start), True, start, content, odds[0], odds[1], 2.0, np.zeros(17))


def test_the_likeliest_content_is_in_tokens_of_the_article():
    assert ActView(look("OOBIIOBI", start=10)).content == ((12, 14), (16, 17))


def test_nothing_is_likelier_than_a_content():
    assert ActView(look("OOO")).content == ()


def test_a_gap_grows_with_every_word_that_differs():
    act = ActView(look("OOBIIIOO", start=5))
    assert act.gap(((7, 10),)) == 0
    assert 0 < act.gap(((7, 9),)) < act.gap(((7, 8),)) < act.gap(((5, 6),))


def test_the_speaker_is_the_words_around_one_that_are_all_read_so():
    act = ActView(look("OOOO", start=3, speaker=1))
    assert act.speaker_around(4) == (4, 4)
    assert act.speaker_around(5) is None
    assert act.speaker_around(99) is None


def test_what_lies_outside_of_the_words_looked_at_is_unlikely():
    act = ActView(look("BII", start=5))
    assert act.gap(((5, 7),)) == pytest.approx(0, abs=1e-9)
    assert act.gap(((5, 9),)) == pytest.approx(-UNLIKELY)
    assert act.gap(((20, 22),)) > act.gap(((5, 9),))
    assert act.speaker((20, 21)) == act.actor_at([99]) == UNLIKELY


def test_a_phrase_is_as_likely_as_its_likeliest_word():
    act = ActView(look("OOBI", start=3, speaker=1, actor=0))
    assert act.speaker((3, 4)) == act.actor((3, 4)) == act.actor_at([3, 9]) == 3.0
    assert act.speaker((5, 6)) == act.actor_at([4]) == -3.0


@given(st.lists(st.tuples(*[st.floats(-4, 4, width=16)] * 3), min_size=1, max_size=30))
def test_the_short_way_finds_what_viterbi_finds(scores):
    tags = log_softmax(np.array(scores, dtype=float))
    path = best_path(tags, *transitions(TAGS))
    spans, total = likeliest_spans(tags.tolist())
    assert total == pytest.approx(float(tags[np.arange(len(path)), path].sum()))
    labels = ["O"] * len(scores)
    for first, last in spans:
        labels[first : last + 1] = ["B", *["I"] * (last - first)]
    assert float(sum(tags[i, TAGS.index(label)] for i, label in enumerate(labels))) == pytest.approx(total)


def test_classes_of_gaps_rise():
    assert [gap_class(g) for g in (0, 0.3, 4, 1000)] == [0, 1, 4, 9]
