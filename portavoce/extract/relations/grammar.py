"""Who does what a verb says: its own subject, that of a verb above or beside it, the noun of a relative clause, or a dropped one."""

from __future__ import annotations

from dataclasses import dataclass

from portavoce.extract.relations.clause import Clause, preposition
from portavoce.extract.relations.words import RelationWords
from portavoce.extract.tokens import Tokens

_STEPS = 8
"""Steps up the tree after which no subject is looked for any more."""
_BACK = 60
"""Tokens before a word in which somebody is looked for: a sentence of any length takes linear time."""
_NOMINAL = ("NOUN", "PROPN", "PRON", "X", "ADJ", "NUM", "DET")


@dataclass(frozen=True, slots=True)
class Subject:
    """Where the subject of a verb stands: at token ``at``, or -1 where it is dropped, with the ``verb`` that drops it."""

    at: int
    verb: int


class Grammar:
    """The clauses of one article, and their subjects."""

    def __init__(self, t: Tokens, words: RelationWords) -> None:
        self.t, self.words = t, words
        self._clauses: dict[int, Clause] = {}

    def clause(self, verb: int) -> Clause:
        found = self._clauses.get(verb)
        if found is None:
            found = self._clauses[verb] = Clause(self.t, self.words, verb)
        return found

    def subject(self, verb: int, steps: int = 0) -> Subject | None:
        """The subject of a verb, its own or that of the verb it hangs on; None where the grammar gives it none."""
        t, clause = self.t, self.clause(verb)
        if steps > _STEPS:
            return None
        own = clause.subjects
        if own:
            first = next((c for c in own if t.form[c] in self.words.relatives), own[0])
            if t.morph[first].get("PronType") == "Rel" or t.form[first] in self.words.relatives:
                modified = self._modified(verb)
                return Subject(modified, verb) if modified >= 0 else None
            return Subject(first, verb)
        head, dep = t.head[verb], t.dep[verb]
        if head == verb or t.sent[head] != t.sent[verb]:
            return Subject(-1, verb) if clause.finite >= 0 else None
        if dep == "conj" and (t.pos[head] in ("VERB", "AUX") or self._predicate(head)):
            return self._shared(verb, head, steps)
        if dep.startswith("acl"):
            return self._of_noun(verb, head, clause, steps)
        if clause.finite >= 0:
            return self._same(verb, head, steps) or Subject(-1, verb)
        if t.pos[head] in ("VERB", "AUX") or self._predicate(head):
            return self._controlled(verb, head, steps)
        if t.pos[head] in ("NOUN", "PROPN", "ADJ") and t.dep[verb] in ("advcl", "xcomp", "ccomp"):
            above = t.head[head]
            return self.subject(above, steps + 1) if above != head and t.pos[above] in ("VERB", "AUX") else None
        return None

    def _predicate(self, i: int) -> bool:
        """Whether a noun or adjective is what a copula says of its subject."""
        return any(self.t.dep[c] == "cop" for c in self.t.children[i])

    def _same(self, verb: int, head: int, steps: int) -> Subject | None:
        """The subject of the verb above, which a finite clause under it shares where it drops its own ("dice che verrà")."""
        t = self.t
        if t.pos[head] not in ("VERB", "AUX") or t.dep[verb] not in ("ccomp", "advcl", "parataxis"):
            return None
        own, above = (
            t.morph[self.clause(verb).finite],
            t.morph[self.clause(head).finite] if self.clause(head).finite >= 0 else {},
        )
        if own.get("Person", "3") != "3" or (above and above.get("Number") != own.get("Number")):
            return None
        return self.subject(head, steps + 1)

    def _shared(self, verb: int, head: int, steps: int) -> Subject | None:
        """The subject of a coordinated verb: that of the first one, unless the number differs."""
        t = self.t
        own, first = self.clause(verb).finite, self.clause(head).finite
        if own >= 0 and first >= 0 and t.morph[own].get("Number") != t.morph[first].get("Number"):
            return Subject(-1, verb)
        if self.clause(head).passive != self.clause(verb).passive and own >= 0 and self.clause(head).passive:
            return Subject(-1, verb)
        return self.subject(head, steps + 1)

    def _of_noun(self, verb: int, noun: int, clause: Clause, steps: int) -> Subject | None:
        """The subject of a verb that modifies a noun: the noun of a participle, the one who decides of "la decisione di partire"."""
        t = self.t
        if t.morph[verb].get("VerbForm") == "Inf":
            head = t.head[noun]
            if head != noun and t.pos[head] in ("VERB", "AUX"):
                return self.subject(head, steps + 1)
            return None
        if clause.finite >= 0:
            relative = next((c for c in clause.children if t.form[c] in self.words.relatives), -1)
            where = any(t.form[c] in self.words.any("where") for c in clause.children)
            if where or (relative >= 0 and t.dep[relative] in ("obj", "obl", "iobj")):
                return Subject(-1, verb)
            if relative < 0 and (before := self._bare_before(verb)) >= 0:
                return Subject(before, verb)  # no relative clause at all
            return Subject(noun, verb)
        return Subject(noun, verb)

    def _bare_before(self, verb: int) -> int:
        """The nearest phrase without a preposition before a verb, no other verb between, or -1."""
        t = self.t
        for i in range(verb - 1, max(t.sentences[t.sent[verb]][0], verb - _BACK) - 1, -1):
            if t.pos[i] == "VERB" or t.form[i] in (";", ":"):
                return -1
            if (
                t.pos[i] in ("NOUN", "PROPN")
                and t.dep[i] not in ("flat", "flat:name", "conj")
                and not preposition(t, i)
            ):
                return i
        return -1

    def _controlled(self, verb: int, head: int, steps: int) -> Subject | None:
        """The subject of an infinitive or gerund: whom the verb above asks to do it, else the subject of that verb."""
        t = self.t
        above = self.clause(head)
        if t.lemma[head] in self.words.object_control and t.dep[verb] in ("xcomp", "ccomp", "advcl"):
            asked = [*above.objects, *above.obliques(frozenset({"a"}))]
            asked = [c for c in asked if c != verb and t.pos[c] in _NOMINAL]
            if asked:
                return Subject(asked[0], verb)
        return self.subject(head, steps + 1)

    def _modified(self, verb: int) -> int:
        """The noun that the relative clause around a verb belongs to, or -1."""
        t, i = self.t, verb
        relative = next((c for c in self.clause(verb).subjects if t.form[c] in self.words.relatives), -1)
        before = relative - 2 if relative > 1 and t.form[relative - 1] == "," else relative - 1
        finite = self.clause(verb).finite
        plural = finite >= 0 and t.morph[finite].get("Number") == "Plur"
        if before >= 0 and t.pos[before] == "PROPN" and t.sent[before] == t.sent[verb] and not plural:
            return self._noun_before(relative)
        for _ in range(_STEPS):
            if t.dep[i].startswith("acl"):
                return t.head[i]
            if t.head[i] == i:
                break
            i = t.head[i]
        return self._noun_before(relative) if relative >= 0 else -1

    def _noun_before(self, relative: int) -> int:
        """The noun that stands right before a relative pronoun whose clause the parser hung on a verb, or -1."""
        t, i = self.t, relative - 1
        while i >= 0 and t.sent[i] == t.sent[relative] and (t.pos[i] in ("PUNCT", "ADP", "ADJ")):
            i -= 1
        if i < 0 or t.sent[i] != t.sent[relative] or t.pos[i] not in ("NOUN", "PROPN"):
            return -1
        while t.dep[i] in ("flat", "flat:name", "nmod") and t.head[i] < i and relative - t.head[i] < 8:
            if t.dep[i] == "nmod" and preposition(t, i):
                break
            i = t.head[i]
        return i

    def antecedent(self, relative: int) -> int:
        """The noun that a relative pronoun stands for, or -1."""
        t, i = self.t, self.t.head[relative]
        for _ in range(_STEPS):
            if t.dep[i].startswith("acl"):
                return t.head[i] if t.head[i] < relative else -1
            if t.head[i] == i:
                break
            i = t.head[i]
        return self._noun_before(relative)
