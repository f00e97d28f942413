"""The second opinion moves heads and labels where the encoder is in doubt, and nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pytest

from portavoce.errors import PipelineError
from portavoce.extract.encoder.arc_features import Auxiliaries, Tagged
from portavoce.extract.encoder.arcs import (
    GRAMMAR,
    VERSION,
    ArcScores,
    Grammar,
    doubtful,
    first_parse,
    first_reading,
)
from portavoce.extract.encoder.decode import log_softmax
from portavoce.extract.encoder.opinion import Opinion

NAMES = ["ROOT", "nsubj", "nmod", "obl", "obl:agent"]
TAGGED = Tagged(
    ["Vede", "amici", "Bari"],
    ["VERB", "NOUN", "PROPN"],
    ["VerbForm=Fin", "Number=Plur", ""],
    ["vedere", "amico", "Bari"],
)


def scores(*rows: list[float], label: list[float] | None = None) -> ArcScores:
    """Chances of the heads of each word, root first, and of the labels of every arc."""
    chances = np.log(np.asarray(label or [0.01, 0.04, 0.5, 0.4, 0.05]))

    def labels_of(words: np.ndarray, heads: np.ndarray) -> np.ndarray:
        assert len(words) == len(heads)
        return np.tile(chances, (len(words), 1))

    return ArcScores(log_softmax(np.log(np.asarray(rows))), labels_of, NAMES)


DOUBT = scores([0.997, 0.001, 0.001, 0.001], [0.001, 0.997, 0.001, 0.001], [0.01, 0.5, 0.44, 0.05])


def opinion(heads: dict[str, float], rows: dict[str, list[float]], width: int = len(NAMES)) -> Opinion:
    def table(told: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
        weights = {crc32(name.encode()): row for name, row in told.items()}
        return np.array(sorted(weights), np.int64), np.array([weights[k] for k in sorted(weights)], np.float32)

    keys, weights = table(rows)
    return Opinion.of_weights(table(heads), (keys, weights.reshape(-1, width)))


def grammar(
    folder: Path, heads: dict[str, float], rows: dict[str, list[float]], names: list[str] = NAMES, *,
    elsewhere: Opinion | None = None,
) -> Grammar:  # fmt: skip
    """Written and read again."""
    Grammar(opinion(heads, rows), elsewhere, "it").write(folder / GRAMMAR, names)
    return Grammar.read(folder / GRAMMAR, names, "it")


def test_the_first_parse_is_the_encoders():
    assert first_reading(DOUBT) == [-1, 0, 0]
    assert first_parse(DOUBT) == ([-1, 0, 0], [0, 2, 2])


def test_only_words_in_doubt_are_looked_at_again():
    (found,) = doubtful(TAGGED, DOUBT, [-1, 0, 0], Auxiliaries("it"))
    assert found.word == 2
    assert found.heads == [0, 1, -1]
    assert len(found.features) == len(found.logs) == 3
    sure = scores([0.997, 0.001, 0.001, 0.001], [0.001, 0.997, 0.001, 0.001], [0.001, 0.997, 0.001, 0.001])
    assert doubtful(TAGGED, sure, [-1, 0, 0], Auxiliaries("it")) == []


def test_a_head_moves_where_the_grammar_speaks_for_another(tmp_path):
    assert grammar(tmp_path, {"h1amico PROPNR": 0.25}, {}).parse(TAGGED, DOUBT)[0] == [-1, 0, 1]
    assert grammar(tmp_path, {"h1amico PROPNR": 0.0625}, {}).parse(TAGGED, DOUBT)[0] == [-1, 0, 0]
    assert grammar(tmp_path, {"h1vedere NOUNR": -9.0}, {}).parse(TAGGED, DOUBT)[0] == [
        -1,
        0,
        0,
    ]  # *amici* is in no doubt


def test_a_label_is_chosen_by_both(tmp_path):
    own = {"wbari": [0, 0, 0, 2, 0]}
    assert grammar(tmp_path, {}, own).parse(TAGGED, DOUBT)[1] == [0, 2, 3]
    sure = scores(
        [0.997, 0.001, 0.001, 0.001],
        [0.001, 0.997, 0.001, 0.001],
        [0.001, 0.997, 0.001, 0.001],
        label=[0.001, 0.001, 0.996, 0.001, 0.001],
    )
    assert grammar(tmp_path, {}, {"wbari": [0, 0, 0, 100, 0]}).parse(TAGGED, sure)[1] == [0, 2, 2]


def test_nothing_but_the_root_is_called_root(tmp_path):
    found = grammar(tmp_path, {}, {"": [100, 0, 0, 0, 0]}).parse(TAGGED, DOUBT)
    assert found[1][0] == 0
    assert 0 not in found[1][1:]


def test_words_with_a_mark_between_stand_as_the_encoder_has_them(tmp_path):
    words = Tagged(["Vede", "«", "Bari"], ["VERB", "PUNCT", "PROPN"], ["VerbForm=Fin", "", ""], ["vedere", "«", "Bari"])
    found = scores([0.997, 0.001, 0.001, 0.001], [0.001, 0.997, 0.001, 0.001], [0.01, 0.5, 0.44, 0.05])
    assert doubtful(words, found, [-1, 0, 0], Auxiliaries("it")) == []
    assert grammar(tmp_path, {}, {"wbari": [0, 0, 0, 100, 0]}).parse(words, found)[1] == [0, 2, 2]


def test_of_two_objects_the_less_certain_one_gets_another_label(tmp_path):
    names = [*NAMES[:2], "obj", *NAMES[3:]]
    found = scores([0.997, 0.001, 0.001, 0.001], [0.001, 0.997, 0.001, 0.001], [0.001, 0.997, 0.001, 0.001])
    twice = ArcScores(found.arcs, found.labels_of, names)
    made = grammar(tmp_path, {}, {"wbari": [0, 0, 0, 1, 0]}, names)
    assert first_parse(twice) == ([-1, 0, 0], [0, 2, 2])
    assert made.parse(TAGGED, twice) == ([-1, 0, 0], [0, 2, 3])


CROSSED = scores(
    [0.997, 0.001, 0.001, 0.001, 0.001],
    [0.001, 0.001, 0.001, 0.001, 0.996],
    [0.001, 0.7, 0.29, 0.001, 0.008],
    [0.001, 0.996, 0.001, 0.001, 0.001],
)
"""The third word hangs on the first, or on the second, which hangs on the fourth."""


def crossed(tmp_path, second: str, pos: str) -> list[int]:
    words = Tagged(
        ["Vede", second, "Bari", "amici"], ["VERB", pos, "PROPN", "NOUN"], ["VerbForm=Fin", "", "", "Number=Plur"],
        ["vedere", second.lower(), "Bari", "amico"],
    )  # fmt: skip
    return grammar(tmp_path, {}, {}).parse(words, CROSSED)[0]


def test_arcs_cross_in_sentences_with_quotation_marks_alone(tmp_path):
    assert first_reading(CROSSED) == [-1, 3, 0, 0]
    assert crossed(tmp_path, "Grandi", "ADJ") == [-1, 3, 1, 0]
    assert crossed(tmp_path, "«", "PUNCT") == [-1, 3, 0, 0]


def test_far_from_cues_another_opinion_counts(tmp_path):
    two = grammar(
        tmp_path, {}, {"wbari": [0, 0, 0, 0, 9]}, elsewhere=opinion({"h1amico PROPNR": 1.0}, {"wbari": [0, 0, 0, 9, 0]})
    )
    assert two.parse(TAGGED, DOUBT) == ([-1, 0, 1], [0, 2, 3])
    assert two.parse(TAGGED, DOUBT, cues=[0]) == ([-1, 0, 0], [0, 2, 4])
    assert two.parse(TAGGED, DOUBT, cues=[2]) == ([-1, 0, 0], [0, 2, 4])


def test_far_from_cues_quotation_marks_change_nothing(tmp_path):
    words = Tagged(["Vede", "«", "Bari"], ["VERB", "PUNCT", "PROPN"], ["VerbForm=Fin", "", ""], ["vedere", "«", "Bari"])
    two = grammar(tmp_path, {}, {}, elsewhere=opinion({}, {"wbari": [0, 0, 0, 9, 0]}))
    assert two.parse(words, DOUBT)[1] == [0, 2, 3]
    assert two.parse(words, DOUBT, cues=[0])[1] == [0, 2, 2]


def test_a_file_for_other_features_or_labels_is_refused(tmp_path):
    grammar(tmp_path, {}, {})
    with pytest.raises(PipelineError, match="another encoder"):
        Grammar.read(tmp_path / GRAMMAR, NAMES[::-1], "it")
    np.savez(tmp_path / GRAMMAR, version=VERSION - 1, labels=np.array(NAMES))
    with pytest.raises(PipelineError, match="another encoder"):
        Grammar.read(tmp_path / GRAMMAR, NAMES, "it")
