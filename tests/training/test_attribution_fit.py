"""Fitting the choice of cues and contents: it learns what it is shown, and a comparison counts what people would."""

from __future__ import annotations

from training.attribution.corpus import characters, jaccard
from training.attribution.fit import Index, fit_binary, fit_ranking, platt, scaled


def test_rare_features_get_no_column():
    index = Index([["a", "b"], ["a"], ["a", "c", "c"]], least=2)
    assert index.names == ["a"]
    assert index.matrix([["a", "zzz"], []]).toarray().tolist() == [[1.0], [0.0]]


def test_a_feature_that_decides_gets_the_weight():
    rows = [["x", "yes"], ["x", "no"], ["x", "yes"], ["x", "no"]] * 5
    model = fit_binary(rows, [True, False, True, False] * 5, c=1.0)
    assert model.probability(["x", "yes"]) > 0.8
    assert model.probability(["x", "no"]) < 0.2


def test_ranking_prefers_what_was_chosen_in_each_group():
    groups = [[["short"], ["long"]], [["long"], ["short"], ["none"]]] * 5
    targets = [[0.0, 1.0], [1.0, 0.0, 0.0]] * 5
    model = fit_ranking(groups, targets, l2=0.1)
    assert model.score(["long"]) > model.score(["short"])
    assert model.score(["long"]) > model.score(["none"])


def test_marks_spaces_and_a_leading_che_do_not_count():
    text = "ha detto che «il ponte è chiuso»."
    whole = characters(text, [(9, len(text))])
    bare = characters(text, [(14, 31)])
    assert jaccard(whole, bare) == 1.0
    assert jaccard(bare, set()) == 0.0
    assert jaccard(set(), set()) == 0.0


def test_chances_that_are_too_sure_are_drawn_back():
    chances = [0.95] * 10 + [0.05] * 10
    labels = [True] * 7 + [False] * 3 + [True] * 3 + [False] * 7
    line = platt(chances, labels)
    assert abs(scaled(0.95, *line) - 0.7) < 0.01
    assert abs(scaled(0.05, *line) - 0.3) < 0.01
