"""Which names are compared at all: only those of one block, and of a large block only neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portavoce.graph.resolve.profiles import Profile
from portavoce.graph.resolve.spelling import given_groups, sound

WHOLE = 24
"""Profiles in a block up to which all its pairs are compared."""

WINDOW = 8
"""How many neighbours in order of spelling each profile of a larger block is compared with."""


def person_pairs(profiles: Iterable[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Pairs of full names of persons that may be one; at most `WINDOW` for each name of a large block, each pair once."""
    blocks: dict[tuple[str, str], list[Profile]] = {}
    for profile in profiles:
        name = profile.person
        if name is None or name.single:
            continue
        last = sound(name.last)
        first = name.given[0]
        keys = {(sound(word)[:1], last) for word in (first, name.given[-1])}  # words may stand before the name
        keys.update((group, last) for group in given_groups(first))
        for key in sorted(keys):
            blocks.setdefault(key, []).append(profile)
    seen: set[tuple[str, str]] = set()
    for key in sorted(blocks):
        for a, b in _pairs(blocks[key]):
            pair = (a.item, b.item) if a.item < b.item else (b.item, a.item)
            if pair not in seen:
                seen.add(pair)
                yield (a, b) if a.item < b.item else (b, a)


def _pairs(block: list[Profile]) -> Iterator[tuple[Profile, Profile]]:
    ordered = sorted(block, key=_spelling)
    reach = len(ordered) if len(ordered) <= WHOLE else WINDOW
    for n, a in enumerate(ordered):
        for b in ordered[n + 1 : n + 1 + reach]:
            yield a, b


def _spelling(profile: Profile) -> tuple[str, ...]:
    words = profile.person.words if profile.person else ()
    return (*(sound(w) for w in words), *words, profile.item)
