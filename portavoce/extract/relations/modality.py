"""Whether what a verb says is so, is to be, may be, or is denied."""

from __future__ import annotations

from portavoce.extract.relations.clause import Clause
from portavoce.extract.relations.grammar import Grammar
from portavoce.extract.relations.words import RelationWords
from portavoce.records import Modality

_STEPS = 6
"""Verbs above the one asked about that are looked at."""


def modality_of(grammar: Grammar, words: RelationWords, i: int) -> Modality:
    """The modality of a verb, or of a noun by the verb above it: its own mood and tense, then those that govern it."""
    t = grammar.t
    governed = ""  # the form of the verb below: an infinitive is what the verb above makes of it
    for _ in range(_STEPS):
        if t.pos[i] in ("VERB", "AUX"):
            clause = grammar.clause(i)
            found = _own(clause, words) or _of_governed(clause, words, governed)
            if found is not None:
                return found
            if clause.finite >= 0 and t.dep[i] != "ccomp":
                return "actual"
            governed = t.morph[i].get("VerbForm", "Fin")
        elif any({t.lemma[c], t.form[c]} & words.any("alleged") for c in t.children[i]):
            return "possible"
        head = t.head[i]
        if head == i or t.sent[head] != t.sent[i]:
            return "actual"
        if t.dep[i] == "ccomp" and grammar.clause(i).finite >= 0 and t.lemma[head] not in words.any("deny"):
            return "actual"
        i = head
    return "actual"


def _own(clause: Clause, words: RelationWords) -> Modality | None:
    """What negation, mood, modals and tense of a verb say, or nothing."""
    t = clause.t
    if any(t.form[c] in words.any("negation") for c in clause.children):
        return "denied"
    verbs = (*clause.auxiliaries, clause.verb)
    modals = {t.lemma[c] for c in clause.auxiliaries}
    conditional = any(t.morph[c].get("Mood") == "Cnd" or t.form[c].endswith(("rebbe", "rebbero")) for c in verbs)
    supposed = any(t.form[c] in words.any("if") for c in clause.children if t.dep[c] == "mark")
    if conditional or supposed or modals & words.any("may"):
        return "possible"
    if modals & words.any("shall") or any(t.morph[c].get("Tense") == "Fut" for c in verbs):
        return "planned"
    return None


def _of_governed(clause: Clause, words: RelationWords, governed: str) -> Modality | None:
    """What a verb makes of the one below it, whose form is given: "vuole incontrare", "ha deciso di sospendere"."""
    lemma = clause.t.lemma[clause.verb]
    if governed and lemma in words.any("deny"):
        return "denied"
    if governed == "Inf" and lemma in words.any("plan"):
        return "planned"
    return "possible" if governed == "Inf" and lemma in words.any("may") else None
