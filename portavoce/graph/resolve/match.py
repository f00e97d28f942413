"""How sure it is that two names are one person's: named features with their weights, and the score that they add up to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portavoce.graph.resolve.spelling import PersonName, alike_given, gender_of, is_given, sound

SAME = 0.8
"""From this score on two actors are one. On the annotated names of 760 articles (2,015 statements) every pair of full
names above it is right; those below it from `DOUBTFUL` on are proposed to whoever reviews."""

DOUBTFUL = 0.45
"""From this score on a pair is worth a look."""

_FOREIGN = re.compile(r"[jkwxyq]|sh|zh|[^a-z]|ch[aou]|ou|ov$|ev$|in$|ic$|enko$|vich$")


@dataclass(frozen=True, slots=True)
class Score:
    """What speaks for and against two names being one actor's: pairs of feature and weight."""

    features: tuple[tuple[str, float], ...] = ()

    @property
    def value(self) -> float:
        return round(sum(weight for _, weight in self.features), 3)

    def plus(self, feature: str, weight: float) -> Score:
        return Score((*self.features, (feature, weight)))

    def has(self, feature: str) -> bool:
        return any(name == feature for name, _ in self.features)

    def __str__(self) -> str:
        return ", ".join(f"{name} {weight:+.2f}" for name, weight in self.features)


NOTHING = Score()

CONTRADICTIONS = ("other gender", "other middle name", "father and son", "other Wikidata id", "two persons of the gazetteer")  # fmt: skip
"""Features of pairs that never meet in one cluster, whoever stands between them."""


def compare_names(a: PersonName, b: PersonName) -> Score:
    """Two full names of persons; an empty score where the surnames or the given names differ."""
    if a.single or b.single:
        return NOTHING
    score = _surnames(a, b)
    if not score.features:
        return score
    score = _given_names(a, b, score)
    if score.features and a.suffix != b.suffix:
        score = score.plus("father and son", -0.5) if a.suffix and b.suffix else score.plus("junior or senior", -0.05)
    one, other = gender_of(a), gender_of(b)
    if score.features and one and other and one != other:
        score = score.plus("other gender", -0.6)
    return score


def _surnames(a: PersonName, b: PersonName) -> Score:
    if a.surname == b.surname:
        return Score((("surname", 0.5),))
    if sound(a.last) != sound(b.last):
        return NOTHING
    if a.last == b.last:
        return Score((("surname, other particles", 0.45),))
    if _foreign(a) or _foreign(b):
        return Score((("surname transliterated", 0.42),))
    return Score((("surname sounds alike", 0.2),))


def _foreign(name: PersonName) -> bool:
    """Whether a name is spelt as no Italian name is, so that its spelling varies."""
    return not is_given(name.given[0]) or any(_FOREIGN.search(word) for word in name.surname)


def _given_names(a: PersonName, b: PersonName, score: Score) -> Score:
    if a.given == b.given:
        return score.plus("given name", 0.5)
    first, other = a.given[0], b.given[0]
    if "".join(a.given) == "".join(b.given):
        return score.plus("given name written apart", 0.48)
    if first == other:
        short, long = sorted((a.given, b.given), key=len)
        if len(short) == 1 or short == long[: len(short)] or (set(short) <= set(long) and min(map(len, short)) > 1):
            return score.plus("middle name", 0.4)
        if all(x[0] == y[0] for x, y in zip(short[1:], long[1:], strict=False)):
            return score.plus("middle initials", 0.4)
        return score.plus("other middle name", 0.15)
    if sound(first) == sound(other) or alike_given(first, other):
        if len(a.given) != len(b.given):
            return score.plus("given name in another form, middle name", 0.2)
        if sound(first) == sound(other):
            return score.plus("given name transliterated", 0.42)
        return score.plus("given name in another form", 0.36)
    if 1 in (len(first), len(other)) and first[0] == other[0]:
        return score.plus("initial of the given name", 0.2)
    short, long = sorted((a.given, b.given), key=len)
    if short == long[-len(short) :] and not any(is_given(word) for word in long[: -len(short)]):
        return score.plus("words before the name", 0.32)
    if first in b.given or other in a.given:
        return score.plus("one of the given names", 0.25)
    return NOTHING
