"""Whether what a verb says is so, is to be, may be, or is denied."""

from __future__ import annotations

from portavoce.extract.relations.grammar import Grammar
from portavoce.extract.relations.words import RelationWords
from portavoce.records import Modality

_STEPS = 6


def modality_of(grammar: Grammar, words: RelationWords, i: int) -> Modality:
    """The modality of a verb, or of a noun by the verb above it: its own mood and tense, then those that govern it."""
    t = grammar.t
    found: Modality = "actual"
    for step in range(_STEPS):
        if t.pos[i] in ("VERB", "AUX"):
            clause = grammar.clause(i)
            if any(t.form[c] in words.any("negation") for c in clause.children):
                return "denied" if found == "actual" else found
            moods = {t.morph[c].get("Mood") for c in (*clause.auxiliaries, i)}
            forms = {t.form[c] for c in (*clause.auxiliaries, i)}
            if "Cnd" in moods or any(f.endswith(("rebbe", "rebbero")) for f in forms):
                return "possible"
            modals = {t.lemma[c] for c in clause.auxiliaries}
            if modals & words.any("may"):
                return "possible"
            if "Fut" in {t.morph[c].get("Tense") for c in (*clause.auxiliaries, i)} or modals & words.any("shall"):
                found = "planned"
            if any(t.form[c] in words.any("if") for c in clause.children if t.dep[c] == "mark"):
                return "possible"
            if step and t.lemma[i] in words.any("deny"):
                return "denied" if found == "actual" else found
            if step and t.lemma[i] in words.any("plan") and t.morph[below].get("VerbForm") == "Inf":
                return "planned"
            if step and t.lemma[i] in words.any("may") and t.morph[below].get("VerbForm") == "Inf":
                return "possible"
            if found != "actual":
                return found
            if clause.finite >= 0 and t.dep[i] not in ("ccomp",):
                return found
        elif any(t.lemma[c] in words.any("alleged") or t.form[c] in words.any("alleged") for c in t.children[i]):
            return "possible"
        if t.head[i] == i or t.sent[t.head[i]] != t.sent[i]:
            return found
        below, i = i, t.head[i]
        if t.dep[below] == "ccomp" and grammar.clause(below).finite >= 0 and t.lemma[i] not in words.any("deny"):
            return found
    return found
