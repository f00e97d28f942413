"""Bodies under their acronyms: what an article spells out once holds for the acronym alone in others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portavoce.graph.resolve import words
from portavoce.graph.resolve.match import Score
from portavoce.graph.resolve.names import known_name
from portavoce.graph.resolve.profiles import Profile
from portavoce.ids import fold

_ACRONYM = re.compile(r"(?:[A-Z0-9]\.?){2,8}|[A-Z][a-z]{1,6}")
_SMALL = words.names("small")


def acronym_links(profiles: dict[str, Profile]) -> Iterator[tuple[str, str, Score]]:
    """Pairs of an acronym's profile and that of the name it surely stands for, by item."""
    bodies = {item: p for item, p in sorted(profiles.items()) if p.kind in ("organization", "unknown") and not p.local}
    spelled: dict[str, list[Profile]] = {}
    initials: dict[str, list[Profile]] = {}
    for profile in bodies.values():
        if len(profile.name.split()) < 2:
            continue
        for alias in sorted(profile.aliases):
            if is_acronym(alias) and fold(alias) not in fold(profile.name).split():
                spelled.setdefault(fold(alias), []).append(profile)
        for letters in initials_of(profile.name):
            initials.setdefault(letters, []).append(profile)
    for item, profile in bodies.items():
        if not is_acronym(profile.name) or known_name(profile.name, profile.kind):
            continue
        key = fold(profile.name).replace(" ", "")
        for found, feature, weight, shortest in (
            (spelled, "acronym spelled out in an article", 0.9, 1),
            (initials, "initials", 0.6, 3),
        ):
            candidates = [c for c in found.get(key, []) if c.item != item]
            if candidates and len(key) >= shortest:
                alone = len(candidates) == 1
                yield from (_link(item, profile, c, feature, weight, alone=alone) for c in candidates)
                break


def _link(
    item: str, acronym: Profile, other: Profile, feature: str, weight: float, *, alone: bool
) -> tuple[str, str, Score]:
    score = Score(((feature, weight),))
    if not alone:
        score = score.plus("several names have it", -0.3)
    if len(fold(acronym.name)) >= 3 and feature == "initials":
        score = score.plus("three letters or more", 0.1)
    common = set(acronym.places) & set(other.places)
    if common or (acronym.at_home and other.at_home):
        score = score.plus("same countries", 0.1)
    if not acronym.articles.isdisjoint(other.articles):
        score = score.plus("both in one article", 0.1)
    return item, other.item, score


def is_acronym(name: str) -> bool:
    """Whether a name is one word that looks like an acronym: "Onu", "AGCOM", "O.N.U."."""
    letters = name.replace(".", "")
    capitals = sum(c.isupper() for c in letters)
    return bool(_ACRONYM.fullmatch(name)) and 2 <= len(letters) <= 8 and (capitals > 1 or len(letters) <= 5)


def initials_of(name: str) -> list[str]:
    """The initials of a name's words, without and with its small words, folded."""
    told = [w for w in re.findall(r"[^\W_]+", name) if fold(w)]
    every = "".join(fold(w)[0] for w in told)
    large = "".join(fold(w)[0] for w in told if w.lower() not in _SMALL)
    return [i for i in dict.fromkeys((large, every)) if len(i) > 1]
