"""Statements over time as bars: by day, month or year, as fits in a row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

MOST = 60
"""Bars in a row, at most."""

_DAY = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class Bar:
    """A span of days, as its date is written, how many statements it has, and their share of the highest bar, in percent."""

    date: str
    count: int
    percent: int


@dataclass(frozen=True, slots=True)
class Course:
    """Bars in the order of time, by ``unit``; statements of articles without a day are ``undated``, and have none.

    Where there are too many spans those without a statement are left out, of the rest the latest are shown.
    """

    unit: str
    bars: tuple[Bar, ...]
    undated: int
    left_out: int


def course_of(days: Iterable[str | None]) -> Course:
    """The course of statements by the days of their articles."""
    counts: Counter[str] = Counter()
    undated = 0
    for day in days:
        found = _DAY.match(day or "")
        if found:
            counts[found[0]] += 1
        else:
            undated += 1
    for unit, length in (("day", 10), ("month", 7), ("year", 4)):
        by_unit: Counter[str] = Counter()
        for day, n in counts.items():
            by_unit[day[:length]] += n
        spans = _spans(sorted(by_unit), length)
        if len(spans) <= MOST or unit == "year":
            break
    shown = spans if len(spans) <= MOST else sorted(by_unit)[-MOST:]
    highest = max(by_unit.values(), default=1)
    bars = tuple(Bar(span, by_unit[span], -(-100 * by_unit[span] // highest)) for span in shown)
    return Course(unit, bars, undated, sum(counts.values()) - sum(bar.count for bar in bars))


def _spans(found: list[str], length: int) -> list[str]:
    """All spans from the first to the last, those without a statement too; as they are where one is less exact than a bar."""
    if not found or any(len(span) < length for span in found):
        return found
    first, last = found[0], found[-1]
    try:
        if length == 10:
            start, end = date.fromisoformat(first), date.fromisoformat(last)
            return [(start + timedelta(n)).isoformat() for n in range(min((end - start).days, MOST) + 1)]
    except ValueError:
        return found
    step = 12 if length == 7 else 1
    start_at, end_at = (_number(span, step) for span in (first, last))
    numbers = range(start_at, min(end_at, start_at + MOST) + 1)
    return [f"{n // 12:04}-{n % 12 + 1:02}" if step == 12 else f"{n:04}" for n in numbers]


def _number(span: str, step: int) -> int:
    return int(span[:4]) * step + (int(span[5:7]) - 1 if step == 12 else 0)
