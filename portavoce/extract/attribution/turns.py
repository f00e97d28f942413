"""Turns of an interview or a list of reactions: *Ferri: Non mi dimetto. Ho la coscienza a posto. Bruni: Deve andarsene.*

Speech without marks behind a label, a name and a colon, up to the next label or the end of the paragraph. A colon alone
may announce many things; two labels in one text show that it gives the floor.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from operator import attrgetter

from portavoce.extract.tokens import Tokens

LONGEST_LABEL = 10
"""Tokens of a label at most: a name, and where or in what role it speaks."""

CONFIDENCE = 0.85
"""That a turn is a statement: too few stand in the annotated articles to measure it; a rule of typography, it is rarely wrong."""

_STOPS = frozenset({".", "!", "?", "…", "...", "»", "”", '"', ")"})
_MARKS = frozenset({"«", "“", '"', "”", "»", "''", "``", "‹", "„"})


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: its label from token ``first`` to the ``colon``, and the speech from ``start`` to ``end`` (both included)."""

    first: int
    colon: int
    start: int
    end: int


def find_turns(t: Tokens) -> list[Turn]:
    """The turns of a text in order; none where fewer than two labels give the floor."""
    labels = [(first, i) for i in range(1, t.n - 1) if t.form[i] == ":" and (first := _label(t, i)) is not None]
    if len(labels) < 2:
        return []
    turns = []
    for number, (first, colon) in enumerate(labels):
        end = colon + 1
        stop = labels[number + 1][0] if number + 1 < len(labels) else t.n
        while end < stop and t.para[end] == t.para[colon]:
            end += 1
        last = end - 1
        while last > colon and (t.form[last].isspace() or t.form[last] in (".", ",", ";")):
            last -= 1
        if last > colon:
            turns.append(Turn(first, colon, colon + 1, last))
    return turns


def inside_a_turn(t: Tokens, turns: list[Turn], cue: int) -> bool:
    """Whether a cue in the first person belongs to what is said in a turn, not to who tells of it."""
    at = bisect_right(turns, cue, key=attrgetter("start")) - 1
    return at >= 0 and cue <= turns[at].end and not _tells(t, cue)


def _tells(t: Tokens, cue: int) -> bool:
    """Whether a cue reports a third person: a verb in that person, or one with a subject of its own."""
    verbs = [cue, *[c for c in t.children[cue] if t.dep[c].split(":")[0] in ("aux", "cop")]]
    persons = {t.morph[k].get("Person") for k in verbs if t.morph[k].get("VerbForm") == "Fin"}
    return persons == {"3"} and any(t.dep[c].startswith("nsubj") for c in t.children[cue])


def _label(t: Tokens, colon: int) -> int | None:
    """The first token of a label that ends at a colon, None where what stands before it is none."""
    nxt = colon + 1
    if (
        t.para[nxt] != t.para[colon]
        or t.para[colon] == 0
        or t.form[nxt] in _MARKS
        or not t.text[t.start[nxt]].isupper()
    ):
        return None
    first = colon
    while first > 0 and colon - first <= LONGEST_LABEL:
        before = first - 1
        if t.para[before] != t.para[colon] or t.form[before].isspace() or t.form[before] in _STOPS:
            break
        first = before
    else:
        if first > 0:
            return None
    if first == colon or not _names(t, first, colon):
        return None
    verbal = any(t.morph[k].get("VerbForm") == "Fin" for k in range(first, colon))
    return None if verbal or any(t.form[k] in _MARKS or t.form[k] == ":" for k in range(first, colon)) else first


def _names(t: Tokens, first: int, colon: int) -> bool:
    """Whether a label begins with a person's name, and all that follows in it stands behind a preposition or a comma."""
    k = t.entity[first]
    if k < 0 or t.entities[k][2] != "PER" or t.entities[k][0] != first:
        return False
    behind = t.entities[k][1]
    return behind >= colon or t.pos[behind] == "ADP" or t.form[behind] in (",", "(")
