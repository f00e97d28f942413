"""The second opinion moves heads and labels where the encoder is in doubt, and nowhere else."""

from __future__ import annotations

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

NAMES = ["ROOT", "nsubj", "obj", "obl", "obl:agent"]
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


def grammar(folder, heads: dict[str, float], rows: dict[str, list[int]], **changed) -> Grammar:
    stored = {
        "version": VERSION,
        "labels": np.array(NAMES),
        "head_keys": np.array([crc32(f.encode()) for f in heads], np.uint32),
        "head_weights": np.array(list(heads.values()), np.float16),
        "label_keys": np.array([crc32(f.encode()) for f in rows], np.uint32),
        "label_weights": np.array(list(rows.values()), np.int8).reshape(-1, len(NAMES)),
        "label_scale": np.float32(1.0),
    }
    np.savez(folder / GRAMMAR, **stored | changed)
    return Grammar.read(folder / GRAMMAR, NAMES, "it")


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
    assert grammar(tmp_path, {"h1amico PROPNR": 1.0}, {}).parse(TAGGED, DOUBT)[0] == [-1, 0, 1]
    assert grammar(tmp_path, {"h1amico PROPNR": 0.1}, {}).parse(TAGGED, DOUBT)[0] == [-1, 0, 0]
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


def test_a_file_for_other_features_or_labels_is_refused(tmp_path):
    with pytest.raises(PipelineError, match="another encoder"):
        grammar(tmp_path, {}, {}, version=VERSION + 1)
    with pytest.raises(PipelineError, match="another encoder"):
        grammar(tmp_path, {}, {}, labels=np.array(NAMES[::-1]))
