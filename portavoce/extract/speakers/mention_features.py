"""What speaks for each phrase that may name the speaker of a cue, and for none of them."""

from __future__ import annotations

from collections.abc import Sequence

from portavoce.extract import act_features
from portavoce.extract.actors.coreference import Actors
from portavoce.extract.evidence import bucket, odds
from portavoce.extract.speakers.cue_view import CueView
from portavoce.extract.speakers.mentions import SpeakerMention
from portavoce.extract.tokens import Tokens

_FAR = 40
"""Tokens between a cue and a phrase in which verbs are counted; farther away it is a phrase behind many verbs."""
_ANIMATE = {
    "role": "animate", "person": "animate", "group": "animate", "organization": "animate", "document": "document",
    "pronoun": "pronoun", "name-place": "other",
}  # fmt: skip


def mention_features(actors: Actors, view: CueView, mentions: Sequence[SpeakerMention], n: int) -> list[str]:
    """Named binary features of the candidate ``mentions[n]``."""
    return _Candidate(actors, view, mentions, n).features()


class _Candidate:
    """One of the phrases that may name the speaker, as it stands to the cue and to the other phrases."""

    def __init__(self, actors: Actors, view: CueView, mentions: Sequence[SpeakerMention], n: int) -> None:
        self.actors, self.view, self.mentions, self.n = actors, view, mentions, n
        self.t, self.mention = view.t, mentions[n]
        self.place, self.sort, self.kind = self.mention.place, self.mention.sort, view.cue.kind
        self.dep = self.t.dep[self.place]
        self.path = view.path(self.place)
        self.voice = "pass" if view.passive else "act"
        self.before = self.place < view.cue.first
        self.side = "l" if self.before else "r"
        first, last, cue = self.mention.first, self.mention.last, view.cue
        self.between = (last + 1, cue.first) if self.before else (cue.last + 1, first)
        low, high = self.between
        self.gap = _distance(max(high - low, 0))
        self.verbs = sum([self.t.pos[j] == "VERB" for j in range(low, high)]) if high - low < _FAR else 9
        self.case = self._case()
        self.animate = _ANIMATE.get(self.sort, "animate" if self.sort.startswith("name") else "other")

    def _case(self) -> str:
        """The preposition before the phrase, or "-"."""
        t, i, first = self.t, self.place, self.mention.first
        case = next((t.lemma[c].split(" ", 1)[0] for c in t.children[i] if t.dep[c] == "case"), "-")
        if case == "-" and first > 0 and t.pos[first - 1] == "ADP" and t.sent[first - 1] == t.sent[i]:
            return t.lemma[first - 1].split(" ", 1)[0]
        return case

    def features(self) -> list[str]:
        """Named binary features of the candidate."""
        f = self._to_the_cue()
        if self.kind != "none":
            f += [
                f"lemma-dep={self.view.cue.lemma}:{self.dep}:{self.side}",
                f"lemma-case={self.view.cue.lemma}:{self.case}:{self.side}",
            ]
        if self.kind == "verb":
            f += self._to_the_verb()
        f += self._in_the_sentence()
        f += self._to_the_clause()
        f += self._to_the_others()
        f += self._marks()
        return f + self._read()

    def _to_the_cue(self) -> list[str]:
        """How far from the cue the phrase stands, on which path and side, with which preposition and number."""
        view, kind, case, dep, sort = self.view, self.kind, self.case, self.dep, self.sort
        path, side, gap, voice, where = self.path, self.side, self.gap, self.voice, self.view.where
        low, high = self.between
        number = self.actors.words.agreement(self.t, min(self.mention.first, self.place), self.place)[1]
        agrees = "?" if not (number and view.number) else "=" if number == view.number else "≠"
        across = any(low <= self.t.at(a) < high for a, _ in view.content)
        candidates = sum([low <= o.head < high for o in self.mentions])
        return [
            f"path={kind}:{path}", f"path-voice={path}:{voice}", f"path-sort={path}:{sort}", f"dep={kind}:{dep}:{voice}",
            f"sort={kind}:{sort}", f"case={kind}:{case}:{side}", f"case-voice={case}:{voice}", f"case-sort={case}:{sort}",
            f"gap={kind}:{side}:{gap}", f"verbs={kind}:{side}:{min(self.verbs, 4)}",
            f"between={side}:{min(candidates, 4)}", f"agrees={kind}:{agrees}", f"agrees-dep={dep}:{agrees}", f"number-dep={view.number}:{dep}:{number}",
            f"across={side}:{across}", f"case-gap={kind}:{case}:{gap}",
            f"content={where}:{kind}:{dep}:{side}", f"content-gap={where}:{kind}:{side}:{gap}",
        ]  # fmt: skip

    def _to_the_verb(self) -> list[str]:
        """How the phrase stands to a cue that is a verb, by the verb's form and class."""
        t, dep, side, case, animate = self.t, self.dep, self.side, self.case, self.animate
        form = t.morph[self.view.cue.head].get("VerbForm", "")
        class_ = self.actors.words.cue_classes.get(self.view.cue.lemma, "-")
        same_sentence = t.sent[self.place] == t.sent[self.view.cue.head]
        return [
            f"form-dep={form}:{dep}:{side}:{min(self.verbs, 2)}",
            f"form-path={form}:{self.path}",
            f"form-gap={form}:{side}:{animate}:{self.n == 0}",
            f"form-content={form}:{self.view.where}:{dep}:{side}:{animate}",
            f"unit={form}:{side}:{same_sentence}:{animate}:{case}:{_subject_rank(t, self.mentions, self.n)}",
            f"class-dep={class_}:{dep}:{self.voice}:{side}",
            f"class-case={class_}:{case}:{self.voice}",
        ]

    def _in_the_sentence(self) -> list[str]:
        """What the phrase is made of, and where in its sentence and its quotation it stands."""
        t, m, i, h = self.t, self.mention, self.place, self.view.cue.head
        kind, sort, dep, side = self.kind, self.sort, self.dep, self.side
        words, f = self.actors.words, list[str]()
        if any(words.classes.get(t.form[j]) == "possessive" for j in range(m.first, m.head)):
            f += [f"possessive={kind}:{sort}", f"possessive={kind}:{dep}"]
        if kind == "verb" and dep.startswith("nsubj"):
            governor = "cue" if t.head[i] == h else "chain" if t.head[i] in self.view.depth else "other"
            f.append(f"subject-of={governor}:{self.voice}")
        if t.quote[i] >= 0 and t.quote[h] != t.quote[i]:
            f.append("in-quote")
        if i in self.view.depth:
            f.append(f"governs={kind}:{t.dep[h]}:{sort}")
        if t.sent[i] != t.sent[h]:
            f.append(f"sentence-before={sort}:{self.n == len(self.mentions) - 1}")
        if self.n == 0:
            f.append(f"first={kind}:{sort}")
        placed = f"{side}:{self.case}:{self.gap}:{min(self.verbs, 1)}:{self.animate}"
        f += [f"shape={kind}:{placed}", f"slot={kind}:{self.view.where}:{placed}"]
        if t.lemma[m.head] in words.speech:
            f.append(f"speech={kind}:{dep}:{side}:{sort}")
        return f

    def _to_the_clause(self) -> list[str]:
        """Whether the phrase is the subject that the grammar gives the cue, its relative's antecedent, or spoke before."""
        view, m, kind, sort = self.view, self.mention, self.kind, self.sort
        t, f = self.t, list[str]()
        if view.controller >= 0 and self.place == view.controller:
            f += [
                f"controller={kind}:{self.voice}", f"controller-steps={kind}:{min(view.steps, 3)}:{self.voice}",
                f"controller-sort={kind}:{self.voice}:{sort}",
            ]  # fmt: skip
        elif view.controller >= 0:
            f.append(f"not-controller={kind}:{self.voice}:{self.side}")
        if view.relative >= 0:
            between = t.pos[m.last + 1 : view.relative] if m.last < view.relative else ["VERB"]
            close = len(between) <= 2 and all(p in ("PUNCT", "DET") for p in between)
            f.append(f"relative={close}:{self.side}")
            if close:
                f.append(f"relative-sort={sort}")
        if view.spoken == m.head:
            form = t.morph[view.cue.head].get("VerbForm", "")
            f += [f"spoke={kind}", f"spoke-dep={t.dep[view.cue.head]}", f"spoke-form={form}"]
        elif view.spoken >= 0:
            f.append(f"other-spoke={kind}:{self.place > view.spoken}")
        return f

    def _to_the_others(self) -> list[str]:
        """How many others stand nearer to the cue, and whether the phrase stands inside of another one."""
        t, m, i, cue, kind = self.t, self.mention, self.place, self.view.cue, self.kind
        others, dep, side, sort = self.mentions, self.dep, self.side, self.sort
        nearer = [
            o for o in others if (o.head < cue.first) == self.before and abs(o.head - cue.head) < abs(i - cue.head)
        ]
        people = sum([not o.sort.startswith(("noun", "other", "name-place", "doc")) for o in nearer])
        f = [f"near={kind}:{side}:{min(people, 3)}:{sort}"]
        if dep.startswith("nsubj"):
            subjects = sum([t.dep[o.head].startswith("nsubj") for o in nearer])
            f.append(f"near-subject={kind}:{side}:{min(subjects, 2)}:{min(self.verbs, 2)}")
        if dep == "appos":
            f.append(f"appos={sort}")
        if t.head[i] != i and any(o.head == t.head[i] for o in others):
            f.append(f"inside={dep}:{sort}")
        if any(o.first <= m.first and m.last <= o.last and o is not m for o in others):
            f.append(f"within={sort}")
        return f

    def _marks(self) -> list[str]:
        """Which punctuation the phrase begins with and which follows it."""
        t, m = self.t, self.mention
        begins = ["begins-with-mark"] if t.pos[m.first] == "PUNCT" else []
        colon = m.last + 1 < t.n and t.form[m.last + 1] == ":"
        return [*begins, f"colon-follows={self.sort}"] if colon else begins

    def _read(self) -> list[str]:
        """What an encoder thinks of the phrase as the speaker."""
        evidence, cue, phrase, f = self.t.evidence, self.view.cue, (self.mention.first, self.mention.last), list[str]()
        if evidence is not None:
            by_content = bucket(odds(evidence.named(self.view.parts, phrase)))
            by_cue = bucket(odds(evidence.named(((cue.first, cue.last),), phrase)))
            tagged = bucket(evidence.speaker(phrase), 2)
            f += [
                f"read-named={by_content}", f"read-named-cue={self.kind}:{by_cue}", f"read-speaker={tagged}",
                f"read-both={bucket(by_content, 2)}:{tagged}",
            ]  # fmt: skip
        others = [(o.first, o.last) for k, o in enumerate(self.mentions) if k != self.n]
        return f + act_features.of_mention(self.view.act, phrase, self.kind, others)


def _distance(n: int) -> str:
    """The class of a number of tokens."""
    return str(n) if n < 3 else "3-5" if n < 6 else "6-11" if n < 12 else "12+"


def _subject_rank(t: Tokens, mentions: Sequence[SpeakerMention], n: int) -> str:
    """Whether a mention is the first, second or a later subject of its sentence, or none."""
    if not t.dep[mentions[n].place].startswith("nsubj"):
        return "none"
    return str(min(2, sum(t.dep[o.place].startswith("nsubj") for o in mentions[:n])))


def null_features(view: CueView, mentions: Sequence[SpeakerMention], *, previous: bool) -> list[str]:
    """Named binary features of saying that nobody in the sentence is named as the speaker."""
    t, cue = view.t, view.cue
    h, kind = cue.head, view.cue.kind
    subjects = [c for c in t.children[h] if t.dep[c].startswith("nsubj")]
    chained = any(t.dep[c].startswith("nsubj") for n in view.chain[1:4] for c in t.children[n])
    voice = "pass" if view.passive else "act"
    start = t.sentences[t.sent[h]][0]
    lead = "".join(
        "c" if any(a <= t.start[j] < b for a, b in view.content) else "w" for j in range(start, cue.first)[:3]
    )
    impersonal = any(t.dep[c].startswith("expl") for c in t.children[h])
    sorts = {m.place: m.sort.split("-", 1)[0] for m in mentions}
    subject = sorts.get(subjects[0], "other") if subjects else "none"
    m = t.morph[h]
    after = t.pos[cue.last + 1] if cue.last + 1 < t.n and t.sent[cue.last + 1] == t.sent[h] else "end"
    before = t.pos[cue.first - 1] if cue.first > start else "start"
    return [
        f"null-content={kind}:{view.where}:{view.number}", f"null-content-controller={view.where}:{view.controller >= 0}",
        f"null-after={kind}:{after}", f"null-before={kind}:{before}", f"null-around={kind}:{before}:{after}",
        f"null={kind}:{voice}", f"null-subject={kind}:{subject}:{voice}", f"null-chain={kind}:{chained}:{bool(subjects)}",
        f"null-lead={kind}:{lead[:1] or 'start'}", f"null-expl={impersonal}", f"null-number={kind}:{view.number}",
        f"null-person={kind}:{view.person}",
        f"null-candidates={kind}:{min(len(mentions), 5)}", f"null-form={m.get('VerbForm', '')}:{t.dep[h]}",
        f"null-previous={kind}:{previous}", f"null-relative={kind}:{view.relative >= 0}",
        f"null-controller={kind}:{voice}:{min(view.steps, 3) if view.controller >= 0 else 'none'}",
        f"null-controller-sort={kind}:{voice}:{sorts.get(view.controller, 'none')}",
        f"null-spoken={kind}:{view.spoken >= 0}:{t.dep[h]}", *_read_as_null(view),
    ]  # fmt: skip


def _read_as_null(view: CueView) -> list[str]:
    """What an encoder thinks of a statement whose speaker is not named beside it."""
    if view.t.evidence is None:
        return []
    by_content = bucket(odds(view.t.evidence.unnamed(view.parts)))
    by_cue = bucket(odds(view.t.evidence.unnamed(((view.cue.first, view.cue.last),))))
    look = act_features.of_nobody(view.act, view.cue.kind)
    return [f"null-read={by_content}", f"null-read-cue={view.cue.kind}:{by_cue}", *look]
