"""What the grammar around an arc of the parse tells of it: named features of its head and of its label.

An arc hangs a word on a head. The features see the words of one sentence with their tags, and the tree of a first
reading around the arc; names are short, since every one is built for every arc in doubt.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from portavoce.extract.lang import read_lists

ROOT = -1
"""The head of a root."""

NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
PAUSES = frozenset(",;:-–—")
MARKS = frozenset('"«»“”()')
CORE = frozenset({"nsubj", "obj", "iobj", "ccomp", "xcomp", "cop", "conj"})
"""Labels (without subtype) that a head has once, or whose presence tells what else it may have."""


@lru_cache(maxsize=4096)
def _morph(text: str) -> Mapping[str, str]:
    return dict(part.split("=", 1) for part in text.split("|") if "=" in part)


def distance(steps: int) -> int:
    """How far two words are apart, in seven classes."""
    steps = abs(steps)
    return steps if steps < 4 else 4 if steps < 7 else 5 if steps < 12 else 6


@dataclass(frozen=True, slots=True)
class Tagged:
    """The words of a sentence with their tags, as lists of one length."""

    words: Sequence[str]
    pos: Sequence[str]
    morph: Sequence[str]
    lemmas: Sequence[str]


class Auxiliaries:
    """The auxiliaries and clitics of a language, from the lists in its folder."""

    __slots__ = (
        "be",
        "been",
        "being",
        "either",
        "go",
        "have",
        "impersonal",
        "objects",
        "passive",
        "reflexive",
        "reflexive_ending",
        "relatives",
    )

    def __init__(self, language: str) -> None:
        told = read_lists(language, "auxiliaries")
        self.being, self.either, self.been = told["being"], told["either"], told["been"]
        self.have, self.be, self.passive, self.go = told["have"], told["be"], told["become"], told["go"]
        self.reflexive, self.impersonal, self.reflexive_ending = (
            told["reflexive"],
            told["impersonal"],
            told["reflexive_ending"],
        )
        self.objects, self.relatives = told["objects"], told["relatives"]

    def kind(self, verb: str) -> str:
        """With which auxiliary the perfect of a verb goes: B (to be), E (either), H (to have, or not listed)."""
        return "B" if verb in self.being else "E" if verb in self.either else "H"


class Sentence:
    """The words of a sentence with their tags and a tree; `heads` are places in it, `ROOT` for the root."""

    def __init__(self, tagged: Tagged, heads: Sequence[int], auxiliaries: Auxiliaries) -> None:
        words, morph, lemmas = tagged.words, tagged.morph, tagged.lemmas
        self.words, self.pos, self.heads, self.auxiliaries = words, tagged.pos, heads, auxiliaries
        self.low = [w.lower() for w in words]
        self.morph = [_morph(m) for m in morph]
        self.lemmas = [lemma.lower() for lemma in lemmas]
        self.first = [lemma.partition(" ")[0] for lemma in self.lemmas]  # of merged words: *in* of *in il*
        self.children: list[list[int]] = [[] for _ in words]
        for i, head in enumerate(heads):
            if head >= 0:
                self.children[head].append(i)
        self._case: dict[int, str] = {}
        self._group: dict[int, tuple[str, str]] = {}

    def __len__(self) -> int:
        return len(self.words)

    def case(self, i: int) -> str:
        """The preposition before a word, or `-`."""
        if i not in self._case:
            found = (self.first[k] for k in self.children[i] if k < i and self.pos[k] == "ADP")
            self._case[i] = next(found, "-")
        return self._case[i]

    def marker(self, i: int) -> str:
        """The conjunction before a word, or `-`."""
        return next((self.lemmas[k] for k in self.children[i] if k < i and self.pos[k] == "SCONJ"), "-")

    def group(self, i: int) -> tuple[str, str]:
        """The auxiliaries before a verb as lemmas in order, with *stato* apart, and its reflexive clitic."""
        if i not in self._group:
            known = self.auxiliaries
            before = [k for k in self.children[i] if k < i and self.pos[k] == "AUX"]
            auxiliaries = "+".join(sorted({self.lemmas[k] for k in before}))
            been = "+been" if any(self.low[k] in known.been for k in before) else ""
            pronouns = (self.low[k] for k in self.children[i] if self.pos[k] == "PRON")
            clitic = next((w for w in pronouns if w in known.reflexive), "")
            if not clitic and self.low[i].endswith(known.reflexive_ending) and self.form(i) in ("Inf", "Ger", "Part"):
                clitic = "-"
            self._group[i] = auxiliaries + been, clitic
        return self._group[i]

    def form(self, i: int) -> str:
        """The form of a verb: Fin, Inf, Ger, Part; empty of other words."""
        return self.morph[i].get("VerbForm", "")

    def voice(self, i: int) -> str:
        """What a head's group says of its voice, with its auxiliary class and whether *si* stands with it."""
        if self.pos[i] not in ("VERB", "AUX", "ADJ", "NOUN"):
            return "none"
        known = self.auxiliaries
        auxiliaries, clitic = self.group(i)
        parts = set(auxiliaries.split("+"))
        kind = known.kind(self.first[i])
        form = self.form(i)
        if parts & known.have:
            return "active"
        if form == "Part" or (self.pos[i] in ("ADJ", "NOUN") and self.low[i][-2:-1] in ("t", "s")):
            tagged = "" if form == "Part" else self.pos[i]
            if "been" in parts or parts & known.passive:
                return f"{tagged}passive{kind}"
            if parts & known.be:
                return f"{tagged}{'reflexive' if clitic else 'be'}{kind}"
            return f"{tagged}{'go' if parts & known.go else 'bare'}{kind}"
        if clitic == "-" or clitic in known.impersonal:
            return f"si{kind}{self.morph[i].get('Person', '')}{form}"
        return "other"


class Arc:
    """What both models look at in an arc from a word to a head."""

    def __init__(self, sentence: Sentence, word: int, head: int) -> None:
        s, pos = sentence, sentence.pos
        self.s, self.d, self.h = s, word, head
        morph = s.morph[word]
        self.morph = morph
        self.lemma, self.case, self.marker = s.first[word], s.case(word), s.marker(word)
        self.mood = morph.get("VerbForm", "") + morph.get("Mood", "")
        self.side = "L" if word < head or head == ROOT else "R"
        if head == ROOT:
            self.head_pos, self.head_lemma, self.head_mood = "ROOT", "ROOT", ""
            self.head_morph: Mapping[str, str] = {}
            self.siblings: list[int] = []
            self.steps = distance(word)
            self.between = range(word)
            self.auxiliary = ""
        else:
            self.head_pos, self.head_lemma = pos[head], s.first[head]
            self.head_morph = s.morph[head]
            self.head_mood = self.head_morph.get("VerbForm", "") + self.head_morph.get("Mood", "")
            self.siblings = [k for k in s.children[head] if k != word]
            self.steps = distance(word - head)
            self.between = range(min(word, head) + 1, max(word, head))
            self.auxiliary = s.auxiliaries.kind(self.head_lemma) if self.head_pos in ("VERB", "AUX") else ""
        self.kinds = f"{pos[word]}{self.side}{self.head_pos}"
        self.agreement = "".join(
            str(int(morph[x] == self.head_morph[x])) if x in morph and x in self.head_morph else "-"
            for x in ("Number", "Gender", "Person")
        )


def label_features(sentence: Sentence, word: int, head: int) -> list[str]:
    """The features by which the label of an arc is judged; the head is a word."""
    a = Arc(sentence, word, head)
    s, d, h, pos, low = sentence, word, head, sentence.pos, sentence.low
    kinds, case, side, steps = a.kinds, a.case, a.side, a.steps
    dp, hp = pos[d], a.head_pos
    aux, si = s.group(h)
    own_aux, own_si = s.group(d)
    cls, own_cls = a.auxiliary, s.auxiliaries.kind(a.lemma) if dp in ("VERB", "AUX") else ""
    children = s.children[d]
    determiner = next((s.lemmas[k] for k in children if pos[k] == "DET"), "-")
    comma = "c" if any(low[k] in ",;:" for k in a.between) else ""
    pronoun = a.morph.get("Clitic", "") + a.morph.get("PronType", "")
    bare = [k for k in a.siblings if pos[k] in NOMINAL and s.case(k) == "-"]
    core = f"{min(sum(k < h for k in bare), 2)}{min(sum(k > h for k in bare), 2)}"
    own_finite = [h] if s.form(h) == "Fin" else []
    finite = next(iter([*own_finite, *(k for k in [*a.siblings, d] if pos[k] == "AUX" and s.form(k) == "Fin")]), None)
    person = "-" if finite is None else s.morph[finite].get("Number", "?")[0] + s.morph[finite].get("Person", "?")
    number = a.morph.get("Number", "?")[0]
    shared = "+" if any(pos[k] == "CCONJ" for child in children for k in s.children[child]) else ""
    agrees = f"{int(person[:1] == number)}{person}{shared}"
    copula = "c" if hp not in ("VERB", "AUX") and any(pos[k] == "AUX" for k in s.children[h]) else ""
    above = s.heads[h]
    over = "R" if above < 0 else pos[above]
    voice = s.voice(h)
    group = f"{aux}|{si}|{cls}"
    before, after = (low[d - 1] if d else "^"), (low[d + 1] if d + 1 < len(s) else "$")
    before_pos, after_pos = (pos[d - 1] if d else "^"), (pos[d + 1] if d + 1 < len(s) else "$")
    antecedent = ""
    if low[d] in s.auxiliaries.relatives and above >= 0:
        antecedent = s.morph[above].get("Number", "?")[0] + pos[above][0] + str(above < d)
    obj = next((low[k] for k in a.siblings if k < h and pos[k] == "PRON" and low[k] in s.auxiliaries.objects), "")
    small = "+".join(sorted({s.lemmas[k] for k in children if pos[k] in ("ADP", "SCONJ", "CCONJ", "DET", "PRON")}))
    form, lemma, hl, mood, hmood, agr = low[d], a.lemma, a.head_lemma, a.mood, a.head_mood, a.agreement
    slot = f"{kinds} {case}"
    return [
        "", f"k{kinds}", f"k1{kinds}{steps}", f"k2{kinds}{comma}", f"w{form}", f"w1{form} {kinds}", f"l{lemma}", f"l1{lemma} {hp}{side}",
        f"h{hl}", f"h1{hl} {dp}{side}", f"h2{hl} {case}", f"h3{hl} {case} {dp}", f"lh{lemma} {hl}", f"h4{hl} {dp}{case}{side}{core}",
        f"h5{hl} {aux}{si}{kinds}", f"h6{hl} {si} {form}", f"h7{hl} {voice}{dp}{case}",
        f"c{slot}", f"c1{slot}{steps}", f"c2{slot}{comma}{steps}{determiner}", f"m{a.marker} {kinds}", f"m1{a.marker} {kinds}{mood}",
        f"v{mood}{kinds}", f"v1{mood}{hmood}{slot} {a.marker}", f"v2{mood}{own_aux}{own_si}{own_cls}{kinds}", f"v3{mood}{own_aux}{own_si}{kinds}{a.marker}",
        f"v4{mood}{a.marker}{case}{hl} {hp}", f"v5{mood}{a.marker}{slot}{comma}{copula}", f"v6{lemma} {mood}{kinds}",
        f"g{agr}{slot}", f"g1{agr}{slot}{hmood}", f"a{agrees}{slot}{core}", f"a1{agrees}{slot}{voice}", f"a2{agrees}{slot}{cls}{core}",
        f"r{antecedent}{person}{form}{core}", f"r1{antecedent}{person}{form}{cls}{core}",
        f"u{group}", f"u1{group}{kinds}", f"u2{group}{slot}", f"u3{group}{form}", f"u4{group}{lemma} {side}", f"u5{aux}{si}{hmood}{slot}", f"u6{cls}{slot}",
        f"u7{cls}{slot}{si}{hmood}{agr}", f"u8{cls}{si}{kinds}{form if dp in ('AUX', 'PRON') else case}{core}",
        f"V{voice}{slot}", f"V1{voice}{form} {side}", f"V2{voice}{lemma} {hp}", f"V3{voice}{slot}{core}", f"V4{voice}{slot}{person}{number}{determiner}",
        f"V5{voice}{dp}{case}{side}", f"V6{voice}{pronoun}{form}{core}", f"V7{voice}{form}{person}{core}", f"V8{voice}{dp}{case}{steps}{core}",
        f"n{core}{slot}", f"n1{core}{slot}{cls}{si}", f"n2{core}{slot}{agr}{person}", f"d{determiner} {slot}", f"d1{determiner} {slot}{comma}",
        f"d2{determiner} {number}{slot}{cls}", f"o{obj}{slot}", f"o1{obj}{slot}{cls}{core}", f"o2{obj}{voice}{form}",
        f"s{form[-3:]} {kinds}", f"s1{form[-4:]} {dp}{hp}", f"s2{form[-3:]} {low[h][-3:]} {slot}", f"s3{low[h][-3:]} {slot}",
        f"p{number}{person}{pronoun}{kinds}{group}", f"p1{pronoun}{lemma} {group}", f"p2{form} {hp}{hmood}{aux}{cls}",
        f"q{a.morph.get('NumType', '')}{a.morph.get('PronType', '')}{a.morph.get('Definite', '')}{kinds}", f"x{copula}{slot}", f"x1{over}{slot}",
        f"x2{over}{slot}{hmood}", f"x3{above < 0}{kinds}{comma}{steps}", f"b{before_pos}{after_pos}{kinds}", f"b1{before} {kinds}", f"b2{after} {kinds}",
        f"C{s.words[d][:1].isupper()}{s.words[h][:1].isupper()}{slot}{steps}", f"t{''.join(sorted({pos[k] for k in children}))} {kinds}",
        f"t1{min(len(children), 4)}{slot}{mood}", f"t2{small[:40]} {kinds}", f"y{s.lemmas[d]} {kinds}{steps}", f"y1{d - h if abs(d - h) < 2 else 0}{lemma} {hp}",
    ]  # fmt: skip


class Doubt:
    """A word whose head is in doubt: the heads it may have, with the labels that the encoder gives each."""

    def __init__(
        self, sentence: Sentence, labels: Sequence[str], word: int, heads: Sequence[int], given: Sequence[str]
    ) -> None:
        self.sentence, self.labels, self.word, self.heads, self.given = sentence, labels, word, heads, given

    def features(self) -> Iterator[list[str]]:
        """The features of each head in turn."""
        for rank, (head, label) in enumerate(zip(self.heads, self.given, strict=True)):
            yield self._of(rank, head, label)

    def _of(self, rank: int, head: int, label: str) -> list[str]:
        s, d, h, pos, low = self.sentence, self.word, head, self.sentence.pos, self.sentence.low
        a = Arc(s, d, h)
        kinds, case, side, steps, dp, hp = a.kinds, a.case, a.side, a.steps, pos[d], a.head_pos
        first = s.heads[d]
        nouns = min(sum(pos[k] in ("NOUN", "PROPN") for k in a.between), 3)
        verbs = min(sum(pos[k] == "VERB" for k in a.between), 2)
        pauses = min(sum(low[k] in PAUSES for k in a.between), 2)
        quotes = min(sum(low[k] in MARKS for k in a.between), 2)
        way = f"{verbs}{nouns}{pauses}"
        joined = next((low[k] for k in s.children[d] if pos[k] == "CCONJ" and k < d), "")
        bases = {k: self.labels[k].partition(":")[0] for k in a.siblings}
        core = "".join(sorted({b for b in bases.values() if b in CORE}))
        near = sorted({bases[k] for k in a.siblings if h < k < d or d < k < h}) if h >= 0 else []
        nearer = "+".join(near[:4])
        taken = case != "-" and any(s.case(k) == case for k in a.siblings if h < k < d or d < k < h)
        alike = "".join(
            str(int(a.morph.get(x) == a.head_morph.get(x))) for x in ("VerbForm", "Mood", "Tense", "Number")
        )
        head_case = s.case(h) if h >= 0 else ""
        above = s.heads[h] if h >= 0 else -1
        over, over_lemma = ("R", "R") if above < 0 else (pos[above], s.first[above])
        over_case = s.case(above) if above >= 0 else ""
        head_label = self.labels[h] if h >= 0 else "R"
        relation = self._relation(h, first)
        other = 1 if rank == 0 else 0
        rival, rival_label = (self.heads[other], self.given[other]) if len(self.heads) > other else (-1, "-")
        rival_pos, rival_lemma = ("R", "R") if rival < 0 else (pos[rival], s.first[rival])
        same = [x for x in self.heads if x >= 0 and h >= 0 and pos[x] == hp and (x < d) == (h < d)]
        nearest = bool(same) and h == (max(same) if h < d else min(same))
        crossed = min(self._crossed(h), 2)
        right = min(sum(k > d for k in s.children[d]), 3)
        before, after = (low[d - 1] if d else "^"), (low[d + 1] if d + 1 < len(s) else "$")
        before_pos, after_pos = (pos[d - 1] if d else "^"), (pos[d + 1] if d + 1 < len(s) else "$")
        behind, behind_pos = (low[h + 1], pos[h + 1]) if 0 <= h < len(s) - 1 else ("$", "$")
        form, lemma, hl, mood, hmood, cls = low[d], a.lemma, a.head_lemma, a.mood, a.head_mood, a.auxiliary
        kind = f"{hp}{hmood}"
        return [
            f"k{kinds}", f"k1{kinds}{steps}", f"k2{kinds}{way}", f"k3{kinds}{steps}{way}", f"L{label}", f"L1{label}{kinds}", f"L2{label}{kinds}{steps}", f"L3{label}{way}",
            f"L4{label}{pauses}{steps}{case}", f"w{form} {kinds}", f"w1{form} {label}{steps}", f"l{lemma} {hp}{side}{label}", f"h{hl} {label}", f"h1{hl} {dp}{side}",
            f"h2{hl} {case} {dp}", f"lh{lemma} {hl}", f"lh1{lemma} {case} {hl}", f"lh2{form} {hl} {side}", f"c{case} {kinds}", f"c1{case} {kinds}{steps}", f"c2{case} {label}{kind}",
            f"c3{case} {lemma} {hp}", f"c4{lemma} {case} {hp}{label}", f"r{relation}{dp}{case}", f"r1{relation}{label}", f"r2{relation}{kinds}{head_label}",
            f"r3{relation}{label}{head_label}", f"r4{relation}{label}{way}", f"r5{relation}{label}{case}{head_label}{hp}", f"s{core} {label}", f"s1{core} {label}{cls}",
            f"s2{core} {kinds}{case}", f"n{nearer} {label}", f"n1{nearer} {kinds}{case}", f"n2{taken}{label}{case}", f"g{a.agreement}{label}{kinds}", f"g1{a.agreement}{kinds}",
            f"y{alike}{label}", f"y1{alike}{kinds}{label}", f"y2{label}{case == head_case}{case} {kinds}", f"j{joined} {label}{kinds}", f"j1{joined} {kinds}{steps}{alike}",
            f"v{mood}{kind}{a.marker}{side}", f"v1{mood}{kind}{label}{pauses}", f"m{a.marker} {label}{kind}{steps}", f"m1{a.marker} {hl}", f"o{head_label}{kinds}",
            f"o1{head_label}{label}{pauses}", f"o2{over}{head_label}{label}", f"q{quotes}{label}{kinds}", f"b{before_pos}{kinds}{steps}", f"b1{after_pos}{kinds}",
            f"b2{behind_pos}{kinds}{steps}", f"C{s.words[d][:1].isupper()}{h >= 0 and s.words[h][:1].isupper()}{kinds}{label}", f"u{cls}{label}", f"u1{cls}{label}{case}{side}",
            f"e{lemma} {hp}{steps}{side}", f"e1{lemma} {kind}{head_label}{side}", f"N{nearest}{kinds}{label}", f"N1{nearest}{case} {kinds}",
            f"O{label}{rival_label}{hp}{rival_pos}", f"O1{label}{rival_label}{hp}{rival_pos}{case}", f"O2{label}{rival_label}{steps}{distance(d - rival)}",
            f"O3{label}{rival_label}{lemma}", f"O4{hl} {rival_lemma} {case}", f"x{crossed}{label}", f"x1{crossed}{kinds}",
            f"t{'+'.join(sorted(bases.values()))[:60]} {label}", f"t1{right}{label}{steps}", f"o3{over_lemma} {label}{case}{hp}", f"S{form[-3:]} {hp}{label}",
            f"S1{low[h][-4:] if h >= 0 else ''} {case} {dp}", f"p{case} {head_case} {over_case} {label}", f"p1{label}{a.marker}{before} {hp}", f"p2{after} {dp}{label}",
            f"p3{behind} {label}{side}",
        ]  # fmt: skip

    def _relation(self, head: int, first: int) -> str:
        """How a head stands to that of the first reading: the same, above it, below it, beside it, or elsewhere."""
        heads = self.sentence.heads
        if head == first:
            return "same"
        if first >= 0 and heads[first] == head:
            return "above"
        if head >= 0 and heads[head] == first:
            return "below"
        return "beside" if head >= 0 and first >= 0 and heads[head] == heads[first] else "else"

    def _crossed(self, head: int) -> int:
        """How many arcs of the first reading the arc to a head would cross."""
        if head < 0:
            return 0
        low, high = min(self.word, head), max(self.word, head)
        heads = self.sentence.heads
        ends = (heads[k] for k in range(low + 1, high))
        return sum((end < low or end > high) for end in ends)
