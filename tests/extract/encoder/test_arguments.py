"""Of two subjects or two objects of a verb, the one that loses least by it is called, or hung, otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest

from portavoce.extract.encoder.arguments import Arguments

NAMES = ["ROOT", "nsubj", "nsubj:pass", "csubj", "obj", "xcomp", "appos", "nsubj:outer"]
ROOT, NSUBJ, PASSIVE, CSUBJ, OBJ, XCOMP, APPOS, OUTER = range(len(NAMES))


@dataclass
class Told:
    """Log-chances by hand: every arc -5 and every label -9 if nothing else is said."""

    words: int
    heads: dict[tuple[int, int], float] = field(default_factory=dict)
    names: dict[tuple[int, int, int], float] = field(default_factory=dict)

    @property
    def arcs(self) -> np.ndarray:
        table = np.full((self.words, self.words + 1), -5.0)
        for (word, head), chance in self.heads.items():
            table[word, head + 1] = chance
        return table

    def labels(self, word: int, head: int) -> np.ndarray:
        return np.array([self.names.get((word, head, label), -9.0) for label in range(len(NAMES))])


def settled(heads, labels, others, told) -> tuple[list[int], list[int]]:
    found = Arguments(NAMES, heads, labels, others)
    found.settle(told)
    return found.heads, found.labels


def test_what_is_there_once_stays():
    """*Il governo* (0) *approva* (1) *la legge* (2)."""
    assert settled([1, -1, 1], [NSUBJ, ROOT, OBJ], {}, Told(3)) == ([1, -1, 1], [NSUBJ, ROOT, OBJ])


def test_the_less_certain_object_gets_its_next_label():
    """*Lo* (0) *definisce* (1) *un errore* (2): the second is no object but a complement."""
    told = Told(3, names={(0, 1, OBJ): -0.1, (0, 1, XCOMP): -6.0, (2, 1, OBJ): -0.5, (2, 1, XCOMP): -1.0})
    assert settled([1, -1, 1], [OBJ, ROOT, OBJ], {}, told) == ([1, -1, 1], [OBJ, ROOT, XCOMP])


def test_a_second_subject_moves_to_another_head_where_that_costs_less():
    """*Il direttore* (0), *Rossi* (1), *annuncia* (2): the name belongs to the noun."""
    told = Told(
        3,
        heads={(0, 2): -0.1, (1, 2): -0.5, (1, 0): -1.0},
        names={(0, 2, NSUBJ): -0.1, (1, 2, NSUBJ): -0.1, (1, 0, APPOS): -0.2, (1, 2, APPOS): -4.0},
    )
    assert settled([2, 2, -1], [NSUBJ, NSUBJ, ROOT], {1: [2, 0]}, told) == ([2, 0, -1], [NSUBJ, APPOS, ROOT])


def test_subjects_of_any_subtype_count_together():
    told = Told(3, names={(0, 1, NSUBJ): -0.1, (2, 1, PASSIVE): -0.1, (2, 1, CSUBJ): -0.2, (2, 1, OBJ): -0.3})
    assert settled([1, -1, 1], [NSUBJ, ROOT, PASSIVE], {}, told)[1] == [NSUBJ, ROOT, OBJ]


def test_the_subject_of_a_clause_that_is_a_predicate_stands_beside_the_clauses_own():
    """*Il problema* (0) *è che nessuno* (1) *paga* (2)."""
    told = Told(3, names={(0, 2, OUTER): -0.1, (1, 2, NSUBJ): -0.1})
    assert settled([2, 2, -1], [OUTER, NSUBJ, ROOT], {}, told) == ([2, 2, -1], [OUTER, NSUBJ, ROOT])


def test_no_word_is_hung_below_itself_or_made_a_second_one_elsewhere():
    """Word 1 hangs on 2; 2 may go to its own dependent, to the root, or to 4, which has a subject."""
    heads, labels = [3, 2, 3, -1, 3, 4], [NSUBJ, APPOS, NSUBJ, ROOT, XCOMP, NSUBJ]
    told = Told(
        6,
        heads={(2, 1): 0.0, (2, -1): 0.0, (2, 4): -0.1},
        names={(2, 1, APPOS): 0.0, (2, 4, NSUBJ): 0.0, (2, 3, NSUBJ): -0.1, (0, 3, NSUBJ): -0.1, (2, 3, OBJ): -3.0},
    )
    assert settled(heads, labels, {2: [3, 1, -1, 4]}, told) == (heads, [NSUBJ, APPOS, OBJ, ROOT, XCOMP, NSUBJ])


@pytest.mark.parametrize("count", [3, 5])
def test_of_many_one_is_left(count):
    heads, labels = [count] * count + [-1], [NSUBJ] * count + [ROOT]
    told = Told(count + 1, names={(i, count, NSUBJ): -0.1 * i for i in range(count)})
    assert settled(heads, labels, {}, told)[1].count(NSUBJ) == 1
