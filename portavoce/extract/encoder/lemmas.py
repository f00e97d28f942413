"""Lemmas as edit scripts: what to cut from a word's ends and what to put there, so that a lemma is a class.

A script that is likely for the ending may make a word that does not exist (*funghi* → *fungho*); so known forms have
their lemma, and among likely scripts one that makes a known word comes first.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

SAME = "="
KNOWN = 3.0
"""How much likelier, in log-odds, a script is that makes a known word."""

CHANGING = frozenset({"NOUN", "VERB", "ADJ", "AUX", "DET", "PRON", "ADP", "ADV", "NUM"})
"""Parts of speech whose lemma may differ from the form; a name is its own lemma."""


def script_of(form: str, lemma: str) -> str:
    """Return the script that makes `lemma` of `form`.

    `=` keeps the form; `l2|are` is in lower case, cut two characters from the end and add *are*; `p1|ri:…` cuts one
    from the front and adds *ri* there first; `!in il` is the lemma itself, for forms that share too little with it.
    """
    if form == lemma:
        return SAME
    lower = form.lower()
    lowered = lower != form and not (lemma[:1].isupper() and form[:1].isupper())
    base = lower if lowered else form
    flag = "l" if lowered else ""
    match = SequenceMatcher(None, base, lemma, autojunk=False).find_longest_match()
    if match.size < 2 and not (match.size == 1 and len(base) <= 3 and match.a == match.b == 0):
        return "!" + lemma
    front, back = match.a, len(base) - match.a - match.size
    before, after = lemma[: match.b], lemma[match.b + match.size :]
    if front or before:
        if match.size < 3:
            return "!" + lemma
        return f"{flag}p{front}|{before}:{back}|{after}"
    return f"{flag}{back}|{after}"


def apply_script(script: str, form: str) -> str | None:
    """Return the lemma that `script` makes of `form`, or None where it asks for more characters than there are."""
    if script == SAME:
        return form
    if script.startswith("!"):
        return script[1:]
    base = form
    if script.startswith("l"):
        base, script = form.lower(), script[1:]
    before = ""
    if script.startswith("p"):
        head, script = script[1:].split(":", 1)
        cut, before = head.split("|", 1)
        if int(cut) >= len(base):
            return None
        base = base[int(cut) :]
    cut, after = script.split("|", 1)
    if int(cut) > len(base) or (int(cut) == len(base) and not after):
        return None
    return before + base[: len(base) - int(cut)] + after


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Lemmas of known forms by part of speech, and words that exist."""

    lemmas: dict[str, dict[str, str]]
    words: frozenset[str]

    @classmethod
    def read(cls, path: Path) -> Lexicon:
        """Read the lexicon that lies beside a model."""
        data = json.loads(gzip.decompress(path.read_bytes()))
        return cls(data["lemmas"], frozenset(data["words"]))

    def write(self, path: Path) -> None:
        """Write the lexicon; the same one gives the same bytes."""
        data = {"lemmas": self.lemmas, "words": sorted(self.words)}
        raw = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        path.write_bytes(gzip.compress(raw, 9, mtime=0))

    def lemma(self, form: str, pos: str, scripts: Iterable[tuple[str, float]]) -> str:
        """Return the lemma of a form: the known one, else the best of `scripts`, each with its log-probability."""
        known = self.lemmas.get(pos, {}).get(form.lower().replace("’", "'"))
        if known is not None:
            return known
        best, score = form, float("-inf")
        for script, likelihood in scripts:
            lemma = apply_script(script, form)
            if not lemma:
                continue
            value = likelihood + (KNOWN if pos in CHANGING and lemma.split(" ", 1)[0] in self.words else 0.0)
            if value > score:
                best, score = lemma, value
        return best
