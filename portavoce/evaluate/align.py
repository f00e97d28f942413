"""Which predicted statement answers which gold one: one to one, by the characters that their contents share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import inf

from portavoce.records import Span, Statement

_IGNORED = frozenset(" \t\n\r«»“”\"„‟'’‘‹›")  # white space and quotation marks
_LEAD = re.compile(r"^\W*(?:(?:che|di|se|a|come)\b|d['’])?\s*", re.IGNORECASE)  # "che" may belong to the content or not


def characters(text: str, content: Sequence[Span]) -> frozenset[int]:
    """The positions in ``text`` that say something: no marks, no space, no leading conjunction, no final punctuation."""
    kept: set[int] = set()
    for number, span in enumerate(content):
        start, end = span.start, span.end
        if number == 0 and (lead := _LEAD.match(text[start:end])):
            start += lead.end()
        while end > start and not text[end - 1].isalnum():
            end -= 1
        kept.update(i for i in range(start, end) if text[i] not in _IGNORED)
    return frozenset(kept)


def align(text: str, gold: Sequence[Statement], predicted: Sequence[Statement]) -> list[tuple[int, int, float]]:
    """Pairs (gold index, predicted index, Jaccard) of the one-to-one alignment with the largest total Jaccard.

    Statements that share no character are never paired.
    """
    wanted = [characters(text, s.content) for s in gold]
    found = [characters(text, s.content) for s in predicted]
    overlap = [[_jaccard(w, f) for f in found] for w in wanted]
    return [(i, j, overlap[i][j]) for i, j in assignment(overlap) if overlap[i][j] > 0]


def _jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    return len(a & b) / len(a | b) if a or b else 0.0


def assignment(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """The (row, column) pairs of a one-to-one assignment with the largest total weight; every row or column has one.

    Shortest augmenting paths: D. F. Crouse, On implementing 2D rectangular assignment algorithms, 2016. Ties are broken
    as SciPy's ``linear_sum_assignment`` breaks them, so that figures can be compared with those of tools built on it.
    """
    if not weights or not weights[0]:
        return []
    if len(weights) > len(weights[0]):
        return sorted((row, column) for column, row in assignment(list(zip(*weights, strict=True))))
    rows, columns = len(weights), len(weights[0])
    row_price, column_price = [0.0] * rows, [0.0] * columns
    column_of, row_of = [-1] * rows, [-1] * columns
    for start in range(rows):
        distance, previous = [inf] * columns, [-1] * columns
        open_columns = list(range(columns - 1, -1, -1))
        seen_rows: list[int] = []
        seen_columns: list[int] = []
        row, reached = start, 0.0
        while True:
            seen_rows.append(row)
            nearest, best = inf, -1
            for position, column in enumerate(open_columns):
                through = reached - weights[row][column] - row_price[row] - column_price[column]
                if through < distance[column]:
                    distance[column], previous[column] = through, row
                here = distance[column]
                if here < nearest or (here == nearest and row_of[column] == -1):
                    nearest, best = here, position
            reached, column = nearest, open_columns[best]
            seen_columns.append(column)
            open_columns[best] = open_columns[-1]
            open_columns.pop()
            if row_of[column] == -1:
                break
            row = row_of[column]
        row_price[start] += reached
        for seen in seen_rows[1:]:
            row_price[seen] += reached - distance[column_of[seen]]
        for seen in seen_columns:
            column_price[seen] -= reached - distance[seen]
        while True:  # back along the path, every row on it takes the column that it was reached for
            row = previous[column]
            row_of[column] = row
            column_of[row], column = column, column_of[row]
            if row == start:
                break
    return list(enumerate(column_of))
