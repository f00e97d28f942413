"""What a statement is worth: what is done by it, whether its source stands for it, how sure it is, and of when it speaks.

All of it is read off the cue and the main verb of the content, the first word of its parse that hangs outside of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from portavoce.extract.acts import Attribution
from portavoce.extract.attribution.cues import CueLexicon
from portavoce.extract.lang import Language
from portavoce.extract.nearby import Nearby
from portavoce.extract.tokens import Tokens
from portavoce.records import Act, Certainty, Polarity, Statement, Tense

_ADJUNCTS = (
    "obl",
    "advmod",
    "nmod",
    "case",
    "det",
    "amod",
    "dep",
)  # a phrase of these relations is not all that is said
_BESIDE = 3  # tokens between the content and the question mark that ends it


@dataclass(frozen=True, slots=True)
class Worth:
    """What one statement is worth, in the words of the record."""

    polarity: Polarity
    certainty: Certainty
    act: Act
    tense: Tense


@dataclass(frozen=True, slots=True)
class _Verb:
    """The verb group that a content says: its head word and its words in text order; ``finite`` is one of them or -1.

    ``form`` is its mood or tense: conditional, future, past, present, subjunctive, or none of an infinitive; ``compound``
    says that auxiliary and participle make it a past of that, as in *ha detto*, *sarebbe fuggito*, *aver detto*.
    """

    head: int
    words: tuple[int, ...]
    finite: int
    form: str
    compound: bool


@cache
def _words(language: str) -> Mapping[str, frozenset[str]]:
    return {role: frozenset(lemmas[0].split()) for role, lemmas in Language(language).table("worth").items()}


def worth(t: Tokens, attribution: Attribution, lexicon: CueLexicon, language: str = "it") -> Worth:
    """What an attribution is worth."""
    words = _words(language)
    cue = _Cue(t, attribution, lexicon, words)
    verb = _main_verb(t, attribution.content, words)
    act = _act(t, attribution, cue, verb, words)
    return Worth(_polarity(cue, act, words), _certainty(t, cue, verb, words), act, _tense(t, cue, verb, act, words))


class _Cue:
    """A cue with the nouns that belong to its verb: *ha rivolto un appello* is an appeal."""

    def __init__(
        self, t: Tokens, attribution: Attribution, lexicon: CueLexicon, words: Mapping[str, frozenset[str]]
    ) -> None:
        cue = attribution.cue
        self.kind = cue.kind
        self.class_ = lexicon.class_of(cue)
        if self.class_ in ("-", "other"):
            self.class_ = lexicon.nouns.get(cue.lemma) or self.class_  # a noun that was taken for a verb
        self.lemmas = (
            {cue.lemma} if cue.kind in ("verb", "noun") else {t.lemma[k] for k in range(cue.first, cue.last + 1)}
        )
        self.negated = self.conditional = False
        self.past = cue.kind == "verb" and t.morph[cue.head].get("VerbForm") == "Part"
        if cue.kind in ("colon", "none"):
            return
        for c in t.children[cue.head]:
            inside = any(start <= t.start[c] < end for start, end in attribution.content)
            before = c < cue.head
            self.negated |= before and t.form[c] in lexicon.particles["negation"]
            if t.dep[c].startswith("aux"):
                self.past |= t.morph[cue.head].get("VerbForm") == "Part"
                self.conditional |= _form(t, c, words) == "conditional"
            if not inside and t.pos[c] == "NOUN" and t.dep[c] in ("obj", "nsubj:pass", "nsubj", "obl"):
                noun = lexicon.nouns.get(t.lemma[c])
                if noun and self.class_ in ("light", "-", "other") and t.dep[c] != "nsubj":
                    self.class_ = noun
                    self.lemmas |= {t.lemma[c], t.form[c]}
                elif t.dep[c] in ("nsubj", "nsubj:pass", "obj"):
                    self.lemmas.add(t.lemma[c])
        self.past |= _form(t, cue.head, words) == "past"

    def is_any(self, lemmas: frozenset[str]) -> bool:
        return bool(self.lemmas & lemmas)


def _main_verb(t: Tokens, content: tuple[tuple[int, int], ...], words: Mapping[str, frozenset[str]]) -> _Verb | None:
    """The verb group of the first word of the content that hangs outside of it and is, or has, a verb; None in a phrase.

    A first span that is an adjunct alone (*verso sera*, said the witnesses, *…*) is passed over.
    """
    for start, end in content:
        first, last = t.at(start), t.at(end - 1)
        heads = [
            k for k in range(first, last + 1)
            if t.pos[k] not in ("PUNCT", "SPACE") and (t.head[k] == k or not first <= t.head[k] <= last)
        ]  # fmt: skip
        for k in heads:
            around = [c for c in t.children[k] if first <= c <= last and t.dep[c].split(":")[0] in ("aux", "cop")]
            if t.pos[k] in ("VERB", "AUX") or around:  # a cop, or an auxiliary of what was taken for a noun
                return _verb(t, k, sorted([k, *around]), words)
            if t.dep[k].split(":")[0] not in _ADJUNCTS and t.pos[k] in ("NOUN", "PROPN", "ADJ", "PRON", "NUM"):
                break
    return None


def _verb(t: Tokens, head: int, group: list[int], words: Mapping[str, frozenset[str]]) -> _Verb:
    finite = next((k for k in group if t.morph[k].get("VerbForm") == "Fin"), -1)
    form = _form(t, finite, words) if finite >= 0 else "none"
    auxiliaries = [k for k in group if t.dep[k].startswith("aux")]
    compound = False
    if auxiliaries and any(t.morph[k].get("VerbForm") == "Part" for k in group):
        has = any({t.lemma[k], t.form[k]} & words["having"] for k in auxiliaries)
        reflexive = any(t.form[c] in ("si", "s'", "mi", "ti", "ci", "vi") for c in t.children[head] if c < head)
        twice = len({k for k in group if t.dep[k].startswith(("aux", "cop"))}) > 1  # è stato eletto, è stato bello
        compound = has or twice or reflexive or t.lemma[head] in words["unaccusative"]
    return _Verb(head, tuple(group), finite, form, compound)


def _form(t: Tokens, k: int, words: Mapping[str, frozenset[str]]) -> str:
    """Mood or tense of a finite verb by its ending, which tells them more surely than a tagger where it tells them."""
    for form in ("conditional", "future", "past"):
        if _ends(t.form[k], words[form]) and not (form == "conditional" and _ends(t.form[k], words["unconditional"])):
            return form
    features = t.morph[k]
    if features.get("Mood") == "Cnd":
        return "conditional"
    if features.get("Tense") in ("Past", "Imp"):
        return "past"
    if features.get("Tense") == "Fut":
        return "future"
    return "subjunctive" if features.get("Mood") == "Sub" else "present"


def _ends(word: str, endings: frozenset[str]) -> bool:
    return word in endings or any(f"-{word[-n:]}" in endings for n in range(2, min(7, len(word)) + 1))


def _act(
    t: Tokens, attribution: Attribution, cue: _Cue, verb: _Verb | None, words: Mapping[str, frozenset[str]]
) -> Act:
    first, last = t.at(attribution.content[0][0]), t.at(attribution.content[-1][1] - 1)
    stop = min(t.sentences[t.sent[first]][1], last + _BESIDE)
    ends = next((t.form[k] for k in range(first, stop) if t.form[k] in ("?", "!", ".", "…")), "")
    if ends == "?" or cue.is_any(words["asking"]):
        return "question"
    opening = first - 1 if first and t.lemma[first - 1] in words["interrogative"] else first
    if cue.class_ == "ask" and attribution.kind != "direct":
        asked = t.lemma[opening] in words["interrogative"] and cue.is_any(words["questioning"])
        return "question" if asked else "request"
    if attribution.kind == "direct":
        commanded = verb is not None and any(t.morph[k].get("Mood") == "Imp" for k in verb.words)
        return "request" if commanded or cue.class_ == "ask" else "statement"
    if cue.is_any(words["requesting"]):
        return "request"
    open_form = verb is not None and ((verb.form == "none" and not verb.compound) or verb.form == "subjunctive")
    return "request" if open_form and cue.is_any(words["commanding"]) else "statement"


def _polarity(cue: _Cue, act: Act, words: Mapping[str, frozenset[str]]) -> Polarity:
    if act == "question" or cue.negated or cue.is_any(words["doubting"]):
        return "open"
    return "denies" if cue.class_ == "deny" else "asserts"


def _certainty(t: Tokens, cue: _Cue, verb: _Verb | None, words: Mapping[str, frozenset[str]]) -> Certainty:
    if cue.conditional or cue.is_any(words["hearsay"]):
        return "reported"
    if cue.class_ == "predict" or cue.is_any(words["supposing"]):
        return "possible"
    if verb is None or verb.finite < 0 or t.quote[verb.finite] >= 0:
        return "certain"
    if any(t.lemma[c] in words["hedge"] for c in t.children[verb.head] if c < verb.head):
        return "possible"
    if verb.form != "conditional":
        return "certain"
    if t.lemma[verb.finite] in words["ability"]:
        return "possible"
    if t.lemma[verb.finite] in words["modal"] or _future_in_past(cue, verb):
        return "certain"
    return "reported" if t.pos[verb.finite] == "AUX" or cue.kind in ("prep", "noun") else "certain"


def _future_in_past(cue: _Cue, verb: _Verb) -> bool:
    """*Ha annunciato che avrebbe lasciato*: what was still to come, and no hearsay."""
    return cue.kind == "verb" and cue.past and verb.compound and verb.form == "conditional"


def _tense(t: Tokens, cue: _Cue, verb: _Verb | None, act: Act, words: Mapping[str, frozenset[str]]) -> Tense:
    if verb is None:
        return "none"
    if verb.form == "future" or _future_in_past(cue, verb):
        return "future"
    if verb.form == "none":
        if t.morph[verb.head].get("VerbForm") != "Inf":
            return "past" if verb.compound else "none"
        return "future" if act == "request" or cue.is_any(words["committing"]) else "present"
    return "past" if verb.compound or verb.form == "past" else "present"


def with_reporters(t: Tokens, attributions: list[Attribution], statements: list[Statement]) -> tuple[Statement, ...]:
    """The statements, each nested one pointing to the smallest statement whose content holds its cue and content."""
    nearby = Nearby(size=512)
    for k, s in enumerate(statements):
        nearby.add(k, [(c.start, c.end) for c in s.content])
    out = []
    for k, (a, s) in enumerate(zip(attributions, statements, strict=True)):
        at = t.start[a.cue.head]
        first = s.content[0]
        outer = [
            (sum(len(c.text) for c in o.content), o.id)
            for o in (statements[j] for j in nearby.of([(at, at)]) if j != k)
            if any(c.start <= at < c.end for c in o.content)
            and any(c.start <= first.start and first.end <= c.end for c in o.content)
        ]
        out.append(replace(s, reported_by=min(outer)[1]) if outer else s)
    return tuple(out)
