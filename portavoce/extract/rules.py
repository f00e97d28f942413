"""The catalogue of rules: what each part of `Statement.rule` means, with an example of the language.

``verb-cue/after/ccomp…sentence+name`` says by which kind of cue the statement was found, on which side of it the content
stands, how its beginning and its end were found, and how its speaker was.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from portavoce.errors import InputError
from portavoce.extract.lang import language_file

PARTS = ("cue", "order", "begins", "ends", "speaker")

_STOPS = frozenset(",;:()-–—")
_SPEAKER = re.compile(r".*, (?P<unsure>unsure)$|(?P<rule>antecedent|nobody)\b")
Part = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue; ``why`` is the reason to keep one that is seldom right, or empty."""

    part: str
    name: str
    meaning: str
    example: str
    why: str = ""


@lru_cache(maxsize=4)
def catalogue(language: str = "it") -> dict[Part, Rule]:
    """The rules by part and name, in the order of the language's table."""
    out: dict[Part, Rule] = {}
    for line in language_file(language, "rules.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            rule = Rule(*line.split("\t"))
            out[rule.part, rule.name] = rule
    return out


def parts_of(rule: str, language: str = "it") -> tuple[Part, ...]:
    """The parts of a statement's rule with the names that the catalogue has for them.

    A rule that is none of ours is an `InputError`.
    """
    found, _, speaker = rule.partition("+")
    cue, _, content = found.partition("/")
    out: list[Part] = [("cue", cue)]
    if content:
        order, _, edges = content.partition("/")
        begins, dots, ends = edges.partition("…")
        if not dots:
            raise InputError(f"{rule!r} is no rule of a statement")
        out += [("order", order), ("begins", _beginning(begins, language)), ("ends", _ending(ends))]
    if speaker:
        out.append(("speaker", _speaker(speaker)))
    return tuple(out)


def _beginning(name: str, language: str) -> str:
    if name[0] in _STOPS:
        return "stop"
    if ">" in name:
        return "relation>relation"
    if name.endswith("-clause"):
        return "word-clause"
    return name if ("begins", name) in catalogue(language) else "word"  # of the text, behind which it begins


def _ending(name: str) -> str:
    if name in _STOPS:
        return "stop"
    if name[0] in "=-<":
        return f"{name[0]}relation"
    return re.sub(r"(?<=comma)\d+", "", name)


def _speaker(name: str) -> str:
    found = _SPEAKER.match(name)
    return (found["unsure"] or found["rule"]) if found else name
