"""Words in pieces, and windows whose cores cover every word once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portavoce.extract.encoder.pieces import WORD_PIECES, Pieces, windows

VOCABULARY = [
    ("<s>", 0.0),
    ("</s>", 0.0),
    ("<unk>", 0.0),
    ("▁", -5.0),
    ("▁il", -2.0),
    ("ponte", -3.0),
    ("▁ponte", -3.0),
]
VOCABULARY += [(c, -6.0) for c in "abcdefghilmnopqrstuvz'"]


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return Pieces(VOCABULARY, bos=0, eos=1, unknown=2)


def names(found: list[list[int]]) -> list[list[str]]:
    return [[VOCABULARY[i][0] for i in ids] for ids in found]


def test_a_word_after_a_space_has_other_pieces(pieces):
    assert names(pieces.of_words(["il", "ponte"], [True, False])) == [["▁il"], ["▁ponte"]]
    assert names(pieces.of_words(["l'", "ponte"], [False, False])) == [["▁", "l", "'"], ["ponte"]]


def test_every_word_has_a_piece(pieces):
    assert names(pieces.of_words(["il", "\n\n", "ponte", "  ", "漢"], [False, False, True, False, False])) == [
        ["▁il"], ["</s>"], ["▁ponte"], ["▁"], ["▁", "<unk>"],
    ]  # fmt: skip


def test_a_word_after_a_line_break_is_spaced(pieces):
    assert names(pieces.of_words(["a", "\n", "ponte"], [False, False, False]))[2] == ["▁ponte"]


def test_a_very_long_word_keeps_its_beginning_and_its_end(pieces):
    (found,) = pieces.of_words(["b" * 99 + "z"], [False])
    assert len(found) == WORD_PIECES
    assert names([found])[0][-1] == "z"


def test_decomposed_letters_are_read_as_composed_ones(pieces):
    composed, decomposed = pieces.of_words(["è"], [False]), pieces.of_words(["e\u0300"], [False])
    assert composed == decomposed


documents = st.lists(st.tuples(st.integers(1, 16), st.booleans()), min_size=1, max_size=80)


@given(documents, st.sampled_from([16, 30, 64]), st.sampled_from([0, 8, 20]))
def test_cores_cover_every_word_once_and_windows_are_short_enough(words, longest, context):
    lengths, starts = [n for n, _ in words], [s for _, s in words]
    found = windows(lengths, starts, longest=longest, context=context)
    assert [i for w in found for i in range(w.core_start, w.core_end)] == list(range(len(words)))
    for window in found:
        assert window.start <= window.core_start < window.core_end <= window.end
        assert sum(lengths[window.start : window.end]) <= longest


@given(documents)
def test_a_segment_that_fits_is_never_parted(words):
    lengths, starts = [n for n, _ in words], [s for _, s in words]
    cuts = {w.core_start for w in windows(lengths, starts, longest=64, context=16)}
    begin = 0
    for i in [*(i for i in range(1, len(words)) if starts[i]), len(words)]:
        if sum(lengths[begin:i]) <= 64:
            assert not cuts & set(range(begin + 1, i))
        begin = i


def test_neighbouring_windows_share_what_stands_at_their_edges():
    found = windows([10] * 12, [True] * 12, longest=60, context=20)
    assert [(w.start, w.end) for w in found] == [(0, 6), (4, 10), (8, 12)]
    assert [(w.core_start, w.core_end) for w in found] == [(0, 5), (5, 9), (9, 12)]
