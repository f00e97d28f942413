"""What an answer about two actors tells and counts, before it is put into words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from portavoce.graph.query.answers import Between, Deeds
from portavoce.graph.schema import Attributes

Counted = TypeVar("Counted", bound=tuple[str, ...])
Told = tuple[str, str, Attributes]
"""A deed or an office: source and target (holder and body), and the edge."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What an answer tells of one actor and another (None: all others), by nodes and in order, and what it counts.

    ``said`` are statements with who speaks and who is mentioned, ``topics`` come with the first statement of each of the two.
    ``totals`` has the kinds of lines that there are.
    """

    one: str
    other: str | None
    said: Sequence[tuple[str, str, str]] = ()
    acts: Sequence[Told] = ()
    roles: Sequence[Told] = ()
    together: Sequence[str] = ()
    topics: Sequence[tuple[str, str, str]] = ()
    mentions: tuple[tuple[str, str, int], ...] = ()
    common_topics: tuple[str, ...] = ()
    deeds: tuple[Deeds, ...] = ()
    between: tuple[Between, ...] = ()
    totals: tuple[tuple[str, int], ...] = ()


def totals(**counts: int) -> tuple[tuple[str, int], ...]:
    """How many lines there are of each kind, without the kinds of which there is none."""
    return tuple((kind, count) for kind, count in counts.items() if count)


def deeds_counted(told: Iterable[tuple[str, str, str, str]]) -> tuple[Deeds, ...]:
    """What is told (source, type, modality, target) with its counts, the most frequent first."""
    return tuple(Deeds(*what, count) for what, count in _most_first(Counter(told)))


def mentions_counted(told: Iterable[tuple[str, str]]) -> tuple[tuple[str, str, int], ...]:
    """How often who mentions whom, by names, the most frequent first."""
    return tuple((*names, count) for names, count in _most_first(Counter(told)))


def _most_first(counts: Counter[Counted]) -> list[tuple[Counted, int]]:
    return sorted(counts.items(), key=lambda c: (-c[1], c[0]))


def in_the_middle(found: Iterable[Between]) -> list[Between]:
    """Those who stand between two actors, those first whose statements name both most often, then by their ties."""
    return sorted(found, key=lambda b: (*middle_rank(b.with_a, b.with_b, b.names_both), b.name, b.id))


def middle_rank(with_one: int, with_other: int, names_both: int) -> tuple[int, int, int]:
    """The rank of somebody between two actors by the numbers of ties and of statements that name both; the lowest is first."""
    return -names_both, -min(with_one, with_other), -with_one - with_other
