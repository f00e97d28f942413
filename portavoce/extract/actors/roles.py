"""Roles: the nouns beside a name that say what somebody is, before it, behind it, or by a copula."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from portavoce.extract.actors.names import Name
from portavoce.extract.actors.noun_phrases import noun_phrase
from portavoce.extract.actors.words import SpeakerWords
from portavoce.extract.tokens import Tokens

_BRIDGE = frozenset({"NOUN", "PROPN", "ADJ", "ADP", "DET", "NUM", "X"})
_BECOMING = ("xcomp", "obj", "obl", "nsubj", "nsubj:pass")
_REACH = 14
"""Tokens between a role noun and the name it belongs to, at most ("il ministro dei beni e delle attività culturali X")."""


@dataclass(slots=True)
class RoleNoun:
    """A role noun at token ``head`` ("premier") with the lemmas that narrow it down ("cinese") and whose role it is."""

    head: int
    lemma: str
    modifiers: frozenset[str]
    actor: int
    phrase: tuple[int, int]
    by_comma: bool
    name: tuple[int, int]


@dataclass(frozen=True, slots=True)
class FoundRole:
    """A role noun at ``head`` whose phrase ends at ``last``, and the index of the name that it belongs to."""

    head: int
    last: int
    name: int
    by_comma: bool


class RoleFinder:
    """Finds the role nouns of an article; ``is_person`` says of a name (by index) that it is a person's for sure."""

    def __init__(
        self,
        tokens: Tokens,
        words: SpeakerWords,
        names: Sequence[Name],
        name_at: Sequence[int],
        is_person: Callable[[int], bool],
    ) -> None:
        self.tokens = tokens
        self.words = words
        self.names = names
        self.name_at = name_at
        self.is_person = is_person

    def __iter__(self) -> Iterator[FoundRole]:
        t = self.tokens
        for i in range(t.n):
            if t.pos[i] not in ("NOUN", "PROPN", "ADJ") or self.name_at[i] >= 0:
                continue
            entry = self.words.nominal(t, i)
            if entry is None or entry[0] != "person" or self._is_plural(i):
                continue
            found = self._name_after(i) or self._name_before(i) or self._name_of_copula(i) or self._name_of_becoming(i)
            if found is not None:
                k, last, by_comma = found
                yield FoundRole(i, last, k, by_comma)

    def _is_plural(self, i: int) -> bool:
        first, _ = noun_phrase(self.tokens, self.words, i)
        return self.words.agreement(self.tokens, first, i)[1] == "Plur"

    def _name_after(self, i: int) -> tuple[int, int, bool] | None:
        """The name that stands after a role noun ("il premier cinese X", "il ministro, X, ha"), with the role's end."""
        t = self.tokens
        fallback: tuple[int, int, bool] | None = None
        j = i + 1
        limit = min(t.n, i + _REACH)
        while j < limit and t.sent[j] == t.sent[i]:
            k = self.name_at[j]
            if k >= 0:
                name = self.names[k]
                last_pos = t.pos[j - 1]
                if last_pos not in ("ADP", "DET"):
                    if self.is_person(k):
                        return k, j - 1, False
                    if j == i + 1 and not name.kind and len(name.text) > 3:
                        fallback = k, j - 1, False
                j = name.last + 1
                continue
            if t.form[j] == "(" and ")" in t.form[j : j + 8]:
                j = t.form.index(")", j) + 1  # "il leader dei Greci indipendenti (ANEL), X"
                continue
            if t.form[j] == "," and j + 1 < limit and self.name_at[j + 1] >= 0:
                k = self.name_at[j + 1]
                after = self.names[k].last + 1
                closed = (
                    after >= t.n or t.form[after] in (",", ".", ";", ":", ")", "(") or t.pos[after] in ("VERB", "AUX")
                )
                return (k, j - 1, True) if closed and self._may_be_person(k) else fallback
            if t.pos[j] not in _BRIDGE and not (t.pos[j] == "CCONJ" and self._inside_phrase(j)):
                return fallback
            j += 1
        return fallback

    def _inside_phrase(self, j: int) -> bool:
        """Whether a conjunction joins two parts of one office ("beni e attività culturali")."""
        t = self.tokens
        return j + 1 < t.n and self.name_at[j + 1] < 0 and t.pos[j + 1] in ("NOUN", "ADJ", "ADP")

    def _name_before(self, i: int) -> tuple[int, int, bool] | None:
        """The name that a role noun explains ("X, premier cinese", "X (segretario del Pd)"), with the role's end."""
        t = self.tokens
        j = i - 1
        while j > 0 and t.sent[j] == t.sent[i] and t.pos[j] in ("DET", "ADJ", "ADV", "NUM", "NOUN") and i - j < 4:
            j -= 1
        if j <= 0 or t.form[j] not in (",", "(", "-", "–") or t.sent[j] != t.sent[i]:
            return None
        k = self.name_at[j - 1]
        if k < 0 or not self._may_be_person(k):
            return None
        return k, noun_phrase(t, self.words, i)[1], True

    def _name_of_copula(self, i: int) -> tuple[int, int, bool] | None:
        """The name that is said to be what the noun says ("X è il sindaco di Y"), with the role's end."""
        t = self.tokens
        if not t.below(i, "cop"):
            return None
        for c in t.below(i, "nsubj"):
            k = self.name_at[c]
            if k >= 0 and self._may_be_person(k):
                return k, noun_phrase(t, self.words, i)[1], True
        return None

    def _name_of_becoming(self, i: int) -> tuple[int, int, bool] | None:
        """The name of who came into the office that the noun names ("X è stato eletto sindaco"), with the role's end."""
        t, classes = self.tokens, self.words.classes
        head = t.head[i]
        if head == i or classes.get(t.lemma[head]) != "become" or t.dep[i] not in _BECOMING:
            return None
        if t.dep[i].startswith("nsubj") and i < head:
            return None  # "il sindaco è stato eletto"
        verbs = [head, *(c for c in t.children[head] if t.dep[c].startswith("aux"))]
        told = [t.morph[v] for v in verbs if t.morph[v].get("VerbForm") == "Fin"]
        if not told or any(m.get("Mood") == "Cnd" or m.get("Tense") == "Fut" for m in told):
            return None  # "diventare sindaco", "sarebbe stato eletto"
        if any("negation" in (classes.get(t.form[c]), classes.get(t.lemma[c])) for c in t.children[head]):
            return None
        passive = any(t.dep[c] == "aux:pass" for c in t.children[head])
        if t.dep[i] == "obj" and t.morph[head].get("VerbForm") == "Part" and not passive:
            return None  # "ha eletto il sindaco"
        for c in t.children[head]:
            if t.dep[c] in (("nsubj:pass", "nsubj") if passive else ("nsubj",)) and c != i:
                k = self.name_at[c]
                if k >= 0 and self._may_be_person(k):
                    return k, noun_phrase(t, self.words, i)[1], True
        return None

    def is_told(self, head: int, last: int) -> bool:
        """Whether a noun tells what somebody is: not "ex" alone, nor the first word of a name ("Premio Ferri")."""
        t = self.tokens
        if self.words.is_former(t, head) and last == head:
            return False
        first = t.sentences[t.sent[head]][0]
        capital = t.text[t.start[head]].isupper() and any(t.pos[j] != "PUNCT" for j in range(first, head))
        return not capital or t.form[head] in self.words.titles or bool(self.words.office(t.lemma[head], ()))

    def is_former(self, head: int, last: int) -> bool:
        """Whether a role is one that somebody had once: "l'ex ministro", "il papa emerito"."""
        return any(self.words.is_former(self.tokens, j) for j in range(self.first_of(head), last + 1))

    def first_of(self, head: int) -> int:
        """Where a role begins: at its noun, or at the word before it that says that it is held no more."""
        t = self.tokens
        first = head
        if head > 1 and t.pos[head - 1] in ("ADJ", "NUM") and not self.words.is_former(t, head - 1):
            first -= 1  # "ex primo ministro"
        before = first - 1
        return before if before >= t.sentences[t.sent[head]][0] and self.words.is_former(t, before) else head

    def _may_be_person(self, k: int) -> bool:
        return self.is_person(k) or self.names[k].kind in ("PER", "")

    def role_words(self, head: int, last: int) -> tuple[str, str | None]:
        """The words of a role, and the organisation or place that they name, if any."""
        t = self.tokens
        organization = None
        end = last
        for j in range(head + 1, last + 1):
            k = self.name_at[j]
            if k >= 0 and t.pos[j - 1] in ("ADP", "DET"):
                organization = t.words(j, max(j, min(last, self.names[k].last)))
                end = j - 1
                while end > head and t.pos[end] in ("ADP", "DET"):
                    end -= 1
                break
        return " ".join(t.words(head, end).split()), organization
