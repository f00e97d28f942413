"""One verb with what hangs on it: its subjects, objects, agents and obliques, whether it is passive or reflexive."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from portavoce.extract.relations.words import RelationWords
from portavoce.extract.tokens import Tokens

_REACH = 12
"""Tokens behind a participle in which its agent is looked for."""
_NEVER_SUBJECT = frozenset({"cui"})
_PHRASES = frozenset({"obl", "iobj", "nmod", "xcomp", "advcl", "nsubj", "obj"})


def preposition(t: Tokens, i: int) -> str:
    """The preposition before a phrase whose head is ``i``, or nothing."""
    for c in t.children[i]:
        if t.dep[c] == "case" and c < i:
            return t.lemma[c].split(" ", 1)[0]
    return ""


class Clause:
    """One verb with what hangs on it."""

    def __init__(self, t: Tokens, words: RelationWords, verb: int) -> None:
        self.t, self.words, self.verb = t, words, verb

    @cached_property
    def children(self) -> list[int]:
        return [c for c in self.t.children[self.verb] if self.t.sent[c] == self.t.sent[self.verb]]

    @cached_property
    def auxiliaries(self) -> list[int]:
        return [c for c in self.children if self.t.dep[c].startswith("aux")]

    @cached_property
    def finite(self) -> int:
        """The token that carries mood, number and person, or -1."""
        t = self.t
        for i in (*self.auxiliaries, self.verb):
            if t.morph[i].get("VerbForm") == "Fin":
                return i
        return -1

    @cached_property
    def passive(self) -> bool:
        t, v = self.t, self.verb
        if any(t.dep[c] in ("aux:pass", "nsubj:pass") for c in self.children):
            return True
        if t.dep[v] == "conj" and t.morph[v].get("VerbForm") == "Part" and not self.auxiliaries:
            head = t.head[v]
            if t.pos[head] in ("VERB", "AUX") and t.morph[head].get("VerbForm") == "Part":
                return Clause(t, self.words, head).passive  # "ha attaccato e ferito"
        return t.morph[v].get("VerbForm") == "Part" and not self.auxiliaries and not self._after_auxiliary()

    def _after_auxiliary(self) -> bool:
        """Whether "avere" stands right before a participle, whatever the parser hangs it on."""
        t, i = self.t, self.verb - 1
        while i > 0 and t.pos[i] == "ADV":
            i -= 1
        return (
            i >= 0
            and t.sent[i] == t.sent[self.verb]
            and t.lemma[i] in self.words.any("have")
            and t.pos[i] in ("AUX", "VERB")
        )

    @cached_property
    def reflexive(self) -> bool:
        """Whether the verb has a reflexive pronoun, or one joined to it ("dimettersi", "avvalendosi")."""
        t, v = self.t, self.verb
        if any(t.form[c] in self.words.reflexives for c in self.children if t.pos[c] == "PRON"):
            return True
        return t.form[v].endswith(("rsi", "ndosi", "tosi", "tasi", "tisi", "tesi", "rmi", "ndomi"))

    @cached_property
    def subjects(self) -> list[int]:
        t, v = self.t, self.verb
        found = [
            c
            for c in self.children
            if t.dep[c] in ("nsubj", "nsubj:pass") and not self.oblique_case(c) and t.form[c] not in _NEVER_SUBJECT
        ]
        if not found and self.finite >= 0 and not self.passive:  # an object before the verb is its subject
            found = [
                c
                for c in self.children
                if t.dep[c] == "obj" and c < v and t.pos[c] in ("NOUN", "PROPN") and not self.oblique_case(c)
            ]
        return found

    def oblique_case(self, i: int) -> str:
        """The preposition before a phrase, whatever the parser calls it; the partitive of "dei soldati" is none."""
        case = preposition(self.t, i)
        return "" if case == "di" and self.t.dep[i] in ("nsubj", "nsubj:pass", "obj") else case

    @cached_property
    def objects(self) -> list[int]:
        """Direct objects; what the parser calls a second subject behind the verb is one."""
        t, v = self.t, self.verb
        found = [
            c
            for c in self.children
            if t.dep[c] in ("obj", "obl")
            and not self.oblique_case(c)
            and t.form[c] not in self.words.reflexives
            and c not in self.subjects
            and (t.dep[c] == "obj" or (c > v and t.pos[c] in ("NOUN", "PROPN") and self._is_thing(c)))
        ]
        if not found and not self.passive and len(self.subjects) > 1:
            found = [c for c in self.subjects[1:] if c > v]
        return found

    def _is_thing(self, i: int) -> bool:
        """Whether a bare phrase that the parser calls oblique is an object: not a time."""
        return self.t.lemma[i] not in self.words.any("time") and not self.t.form[i][0].isdigit()

    def obliques(self, prepositions: frozenset[str]) -> Iterator[int]:
        """The phrases under one of these prepositions, those of the verb before those of its object."""
        t = self.t
        for c in self.children:
            if t.dep[c].split(":", 1)[0] in _PHRASES and self.oblique_case(c) in prepositions:
                yield c
            elif "a" in prepositions and t.form[c] == "cui" and not preposition(t, c):
                yield c  # "la società cui ha ceduto"
        if "a" in prepositions:
            yield from (c for c in self.children if t.dep[c] == "iobj" and not preposition(t, c))
        for o in self.objects:
            for c in t.children[o]:
                if t.dep[c].split(":", 1)[0] not in ("nmod", "obl"):
                    continue
                if preposition(t, c) in prepositions - {"di"}:
                    yield c
                else:
                    yield from (
                        d for d in t.children[c] if t.dep[d] == "nmod" and preposition(t, d) in prepositions - {"di"}
                    )

    def agents(self) -> Iterator[int]:
        """Who does it, behind a passive."""
        t = self.t
        found = False
        for c in self.children:
            if t.dep[c] == "obl:agent" or (t.dep[c].split(":", 1)[0] in _PHRASES and preposition(t, c) == "da"):
                found = True
                yield c
        if not found:
            yield from self._agent_near()

    def _agent_near(self) -> Iterator[int]:
        """A phrase with "da" behind the verb that the parser hung on another word ("rinviato a giudizio dal giudice")."""
        t, v = self.t, self.verb
        for i in range(v + 1, min(v + _REACH, t.sentences[t.sent[v]][1])):
            if t.pos[i] in ("VERB", "AUX", "SCONJ") or t.form[i] in (";", ":"):
                return
            if t.pos[i] in ("NOUN", "PROPN") and preposition(t, i) == "da" and v < t.head[i]:
                yield i
                return

    def has_noun(self, nouns: frozenset[str]) -> bool:
        """Whether one of these nouns is an object or complement of the verb ("prendere di mira")."""
        t = self.t
        return any(
            t.lemma[c] in nouns or t.form[c] in nouns
            for c in self.children
            if t.pos[c] in ("NOUN", "ADV", "ADJ", "INTJ", "VERB")
        )
