"""Counts by years, months and days: what stands in some days is summed from few rows, which are kept up as articles come and go."""

from __future__ import annotations

import re
import sqlite3
from calendar import monthrange
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from portavoce.graph.store.packing import packed, unpacked

if TYPE_CHECKING:
    from portavoce.graph.store.conditions import Conditions

_P = TypeVar("_P", int, str)
Period = int | str
"""A year (2021), a month (202105), a day (20210503), or what an article is dated with that is no day of the calendar."""

_DAY = re.compile(r"([1-9]\d{3})-(\d\d)-(\d\d)", re.ASCII)
_YEARS, _MONTHS, _DAYS = (1000, 9999), 100_000, 10_000_000  # the years, and from which on months and days begin
_END = "\U0010ffff"


class PeriodTable(NamedTuple):
    """A table of counts by periods: of what, which counts, and in which column others are counted by their keys."""

    table: str
    of: str
    counts: tuple[str, ...]
    others: str


ACTORS = PeriodTable("actor_periods", "actor", ("appearances", "statements", "mentioned", "articles"), "topics")
TOPICS = PeriodTable("topic_periods", "topic", ("statements",), "speakers")


@lru_cache(maxsize=8192)
def periods_of(day: str) -> tuple[Period, ...]:
    """The periods for which an article of a day counts."""
    if found := _DAY.fullmatch(day):
        year, month, date = map(int, found.groups())
        if 1 <= month <= 12 and 1 <= date <= monthrange(year, month)[1]:
            return year, 100 * year + month, 10_000 * year + 100 * month + date
    return (day,)


class Tallies:
    """What comes to the counts of a table, or leaves them: gathered first, then written."""

    def __init__(self, table: PeriodTable) -> None:
        self._table = table
        self._counts: dict[tuple[Period, int], list[int]] = {}
        self._others: dict[tuple[Period, int], dict[int, int]] = {}

    def count(self, what: str, rows: Iterable[tuple[int, str, int]]) -> None:
        """Count so many in a column: key, day, number."""
        column = self._table.counts.index(what)
        for key, day, n in rows:
            for period in periods_of(day):
                counts = self._counts.setdefault((period, key), [0] * len(self._table.counts))
                counts[column] += n

    def count_others(self, rows: Iterable[tuple[int, str, int, int]]) -> None:
        """Count others of one: its key, day, the other's key, number."""
        for key, day, other, n in rows:
            for period in periods_of(day):
                others = self._others.setdefault((period, key), {})
                others[other] = others.get(other, 0) + n

    def write(self, db: sqlite3.Connection) -> None:
        """Add what is gathered to the rows; those of which the first count comes to nothing go."""
        table, of, counts, others = self._table
        find = f"SELECT {', '.join(counts)}, {others} FROM {table} WHERE period = ? AND {of} = ?"
        put, gone = [], []
        for row in sorted(self._counts, key=lambda row: (isinstance(row[0], str), row)):
            numbers, changes = self._counts[row], self._others.get(row, {})
            counted = changes
            found = db.execute(find, row).fetchone()
            if found:
                numbers = [a + b for a, b in zip(numbers, found[:-1], strict=True)]
                counted = summed(changes.items(), dict(_numbers(found[-1])))
                for key in [key for key in changes if not counted[key]]:
                    del counted[key]
            if numbers[0]:
                put.append((*row, *numbers, _listed(counted)))
            else:
                gone.append(row)
        marks = ", ".join("?" * (len(counts) + 3))
        db.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", put)
        db.executemany(f"DELETE FROM {table} WHERE period = ? AND {of} = ?", gone)


def _listed(counts: dict[int, int]) -> str:
    keys = sorted(counts)
    flat = [0] * (2 * len(keys))
    flat[::2], flat[1::2] = keys, [counts[key] for key in keys]
    return packed(flat)


def _numbers(listed: str) -> Iterator[tuple[int, int]]:
    flat = unpacked(listed)
    return zip(flat[::2], flat[1::2], strict=True)


def summed(numbers: Iterable[tuple[int, int]], counts: dict[int, int]) -> dict[int, int]:
    """Add numbers to the counts of their keys; for many this is quicker here than in SQL."""
    for key, n in numbers:
        counts[key] = counts.get(key, 0) + n
    return counts


def counts_of(lists: Iterable[tuple[str]]) -> dict[int, int]:
    """The keys that some lists count, with their numbers in all of them."""
    counts: dict[int, int] = {}
    for (listed,) in lists:
        counts = summed(_numbers(listed), counts) if counts else dict(_numbers(listed))
    return counts


class Periods:
    """The fewest periods that together are the days of a question, all days without any; of a table, those in which something stands."""

    def __init__(self, conditions: Conditions, table: PeriodTable) -> None:
        self._db, self._table, self._conditions = conditions.db, table, conditions
        self.regular = [*self._inside(*_YEARS)]
        self.others = [*self._others()]

    def __iter__(self) -> Iterator[Period]:
        return iter([*self.regular, *self.others])

    def first_day(self, key: int) -> str:
        """The first of the days on which something is of an actor or a topic; empty where that has no day."""
        found = self._first_of(key, self.regular)
        while found and found < _DAYS:
            found = self._first_of(key, range(100 * found + 1, 100 * found + 32))
        days = [bounds(found)[0]] if found else []
        if other := self._first_of(key, [day for day in self.others if day]):
            days.append(other)
        return min(days, default="")

    def _first_of(self, key: int, periods: Iterable[_P]) -> _P | None:
        query = f"SELECT p.period FROM json_each(?) j CROSS JOIN {self._table.table} p ON p.period = j.value AND p.{self._table.of} = ? LIMIT 1"
        row = self._db.execute(query, (packed([*periods]), key)).fetchone()
        return row[0] if row else None

    def _inside(self, least: int, most: int) -> Iterator[int]:
        """Of the years, months or days between two those that lie in the days, and the parts of those that lie there in part."""
        for period in self._there(least, most):
            first, last = bounds(period)
            if self._conditions.include(first) and self._conditions.include(last):
                yield period
            elif period < _DAYS and not self._conditions.exclude(first, last):
                yield from self._inside(100 * period + 1, 100 * period + 31)

    def _others(self) -> Iterator[str]:
        """What articles are dated with that is no day, where it lies in the days."""
        return (day for day in self._there("", _END) if self._conditions.include(day))

    def _there(self, least: Period, most: Period) -> list[Any]:
        """The periods of the table between two, each looked for from the one before on."""
        rows = self._db.execute(
            f"""
            WITH RECURSIVE there(period) AS (
                SELECT min(period) FROM {self._table.table} WHERE period >= :least AND period <= :most
                UNION ALL SELECT (SELECT min(period) FROM {self._table.table} x WHERE x.period > there.period AND x.period <= :most)
                FROM there WHERE there.period IS NOT NULL
            ) SELECT period FROM there WHERE period IS NOT NULL
            """,
            {"least": least, "most": most},
        )
        return [period for (period,) in rows]


def bounds(period: int) -> tuple[str, str]:
    """The first and the last day of a year, a month or a day."""
    if period < _MONTHS:
        return f"{period}-01-01", f"{period}-12-31"
    if period < _DAYS:
        year, month = divmod(period, 100)
        return f"{year}-{month:02}-01", f"{year}-{month:02}-{monthrange(year, month)[1]}"
    day = f"{period // 10_000}-{period // 100 % 100:02}-{period % 100:02}"
    return day, day
