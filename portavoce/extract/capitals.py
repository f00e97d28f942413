"""Lines all in capitals, as some papers set their headlines, in the letters that the rest of the article uses.

*IL SINDACO FERRI LASCIA IL PD* tells no name from other words; where the article says *Ferri* and *il sindaco*, it is read as
*Il sindaco Ferri lascia il PD*.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache

from portavoce.extract.lang import read_table

_WORD = re.compile(r"[^\W\d_]+")
_OPENING = re.compile(r"(?:^|[.!?…:;«“„\"‘(\[–—-])[\s«“„\"‘(\[]*$")
_FEWEST = 3
"""Words of a line in capitals: fewer may be an acronym, a name, a place and its date."""
_SHORTEST = 4
"""Letters of a country or seat of power that is known in capitals where the article does not name it."""
_OPENS = re.compile(r"[.!?](?=\s)|[«“„\"‘]$")

Forms = dict[str, Counter[str]]
"""How often a word in small letters is written in which way, where it begins no sentence."""


def without_capitals(text: str, title: str | None) -> tuple[str, str | None]:
    """The text and the title of an article, lines in capitals in other letters; each as long as before.

    A text that is in capitals all over stays as it is.
    """
    lines = text.split("\n")
    loud = [k for k, line in enumerate(lines) if _is_loud(line)]
    loud_title = title is not None and _is_loud(title)
    quiet = [line for line in lines if not line.isupper()]
    if not (loud or loud_title) or sum(map(len, quiet)) < len(text) / 2:
        return text, title
    forms = _forms(quiet)
    for k in loud:
        lines[k] = _calm(lines[k], forms)
    return "\n".join(lines), _calm(title, forms) if title is not None and loud_title else title


def _is_loud(line: str) -> bool:
    return line.isupper() and sum(len(word) > 1 for word in _WORD.findall(line)) >= _FEWEST


def _forms(lines: list[str]) -> Forms:
    forms: Forms = defaultdict(Counter)
    for line in lines:
        for m in _WORD.finditer(line):
            if not _OPENING.search(line, max(0, m.start() - 4), m.start()):
                forms[m[0].lower()][m[0]] += 1
    return forms


def _calm(line: str, forms: Forms) -> str:
    """A line in small letters but for names, acronyms and what begins a sentence."""
    words = list(_WORD.finditer(line))
    used = [_used(m[0], forms) for m in words]
    out: list[str] = []
    end, after_given = 0, False
    for k, m in enumerate(words):
        between = line[end : m.start()]
        known = used[k]
        following = used[k + 1] if k + 1 < len(words) and line[m.end() : words[k + 1].start()] == " " else None
        if known is None:
            given = m[0].capitalize() in _given_names() and following is not None and following[0].isupper()
            known = m[0].capitalize() if given or (after_given and between == " ") else m[0].lower()
        if k == 0 or _OPENS.search(between):
            known = known[0].upper() + known[1:]
        out += [between, known if len(known) == len(m[0]) else m[0]]
        after_given = known.capitalize() in _given_names() and known[0].isupper()
        end = m.end()
    return _with_countries("".join(out) + line[end:])


def _used(word: str, forms: Forms) -> str | None:
    """How the article writes a word most often, None where it does not."""
    known = forms.get(word.lower())
    return known.most_common(1)[0][0] if known else None


def _with_countries(line: str) -> str:
    lower = line.lower()
    for name in _places():
        at = lower.find(name.lower())
        while at >= 0:
            if _WORD.match(line, at + len(name)) is None and not line[max(0, at - 1) : at].isalpha():
                line = line[:at] + name + line[at + len(name) :]
            at = lower.find(name.lower(), at + 1)
    return line


@cache
def _given_names(language: str = "it") -> frozenset[str]:
    return frozenset(read_table(language, "given_names"))


@cache
def _places(language: str = "it") -> tuple[str, ...]:
    """Countries and seats of power, by their names in texts."""
    names = [*read_table(language, "countries"), *read_table(language, "metonyms")]
    return tuple(name for name in names if len(name) >= _SHORTEST and name[0].isupper())
