"""What a statement is about: one to three noun phrases, found in its content, its sentence or the title, and ranked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portavoce.errors import PipelineError
from portavoce.extract.lang import language_file
from portavoce.extract.linear import Linear, logistic, read_models
from portavoce.extract.tokens import Tokens

VERSION = 1
MOST = 3  # phrases of a statement
LONGEST = 7  # words of a phrase
LONGEST_TEXT = 8  # words of a phrase as it is given, a name's included: a longer one is passed over
AROUND = 60  # tokens on each side of the content, and of the headline, that are looked at
KEY = 6  # letters by which two words count as one

_NOMINAL = frozenset({"NOUN", "PROPN"})
_BEFORE = frozenset({"amod", "nummod", "flat", "compound"})  # what a phrase takes in before its noun
_AFTER = frozenset({"amod", "nummod", "flat", "compound", "fixed"})
_PART_OF_NAME = frozenset({"flat", "fixed", "compound", "goeswith"})
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase by tokens: its noun, its first token, and its possible last ones, from no complement to all."""

    head: int
    first: int
    ends: tuple[int, ...]

    @property
    def short(self) -> int:
        """The last token of the noun with its adjectives, without complements."""
        return self.ends[0]

    @property
    def last(self) -> int:
        """The last token of the whole phrase."""
        return self.ends[-1]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that a statement may be about, with the named features that speak for it."""

    phrase: Phrase
    features: tuple[str, ...]


class AboutModel:
    """Weights of the features, and the chances from which a second and a third phrase are given."""

    def __init__(self, linear: Linear, further: Sequence[float]) -> None:
        self.linear = linear
        self.further = tuple(further)

    @classmethod
    def load(cls, language: str) -> AboutModel:
        """The model of a language; raises `PipelineError` when it was made for other features."""
        model: dict[str, Any] = read_models(language_file(language, "about.json"), version=VERSION)["about"]
        if len(model["further"]) != MOST - 1 or model["key"] != KEY:
            raise PipelineError(
                f"about.json of {language} was trained for other features than this version has: "
                "retrain it (training/README.md) or reinstall portavoce"
            )
        return cls(Linear(model["weights"], model["bias"]), model["further"])

    def choose(self, article: ArticlePhrases, candidates: Sequence[Candidate]) -> tuple[str, ...]:
        """The phrases that a statement is most probably about, the most probable first."""
        scored = sorted(
            ((self.linear.score(c.features), -n, c.phrase) for n, c in enumerate(candidates)), reverse=True
        )  # a tie goes to the earlier candidate
        return article.pick([(logistic(score), phrase) for score, _, phrase in scored], self.further)


class ArticlePhrases:
    """The noun phrases of one article, built when first asked for, with what is known of its words."""

    def __init__(self, t: Tokens, title: str | None) -> None:
        self.t = t
        self.title = {w[:KEY] for w in _WORD.findall(title.lower()) if len(w) > 3} if title else set()
        # a headline opens the text as a paragraph of its own
        self.headline = t.n if title and t.text.lstrip().startswith(title.strip()) else 0
        self.headline = next((i for i in range(min(self.headline, AROUND)) if t.para[i] > t.para[0]), 0)
        self.counts = Counter(
            lemma[:KEY] for lemma, pos in zip(t.lemma, t.pos, strict=True) if pos in _NOMINAL
        )  # how often the article speaks of a noun
        self._phrases: dict[int, Phrase | None] = {}

    def candidates(
        self, content: Sequence[tuple[int, int]], kind: str, actor: str | None, *, marked: frozenset[int] = frozenset()
    ) -> list[Candidate]:
        """The phrases of the content, of the rest of its sentences and of the headline, each noun once.

        ``content`` holds character spans; ``marked`` the tokens that name a concept of the thesaurus.
        """
        t = self.t
        inside: list[int] = []
        for start, end in content:
            inside += [i for i in range(t.at(start), t.at(max(start, end - 1)) + 1) if t.end[i] > start]
        if not inside:
            return []
        within = set(inside)
        first, last = t.sent[inside[0]], t.sent[inside[-1]]
        start, end = max(t.sentences[first][0], inside[0] - AROUND), min(t.sentences[last][1], inside[-1] + AROUND)
        around = [i for i in range(start, end) if i not in within]
        headline = [i for i in range(self.headline) if i not in within]
        speaker = {w[:KEY] for w in _WORD.findall(actor.lower()) if len(w) > 3} if actor else set()
        own = [p for p in map(self.phrase, inside) if p]
        size = _bucket(len(own), (0, 1, 2, 3, 6))
        out: list[Candidate] = []
        seen: set[str] = set()
        for rank, whole in enumerate(own):
            p = _clipped(whole, within)
            names = self._features(p, speaker, marked)
            depth, below = self._depth(p.head, within)
            names += (
                "in content", f"content {kind}", f"rank {_bucket(rank, (0, 1, 2, 3, 5))} of {size}",
                f"depth {_bucket(depth, (0, 1, 2, 3))}", f"depth {_bucket(depth, (0, 1, 2, 3))} {t.dep[p.head]}",
                f"below {below}", f"sentence {_bucket(t.sent[p.head] - first, (0, 1, 2))}",
            )  # fmt: skip
            out.append(Candidate(p, tuple(names)))
            seen.add(t.lemma[p.head][:KEY])
        for zone, tokens in (("sentence", around), ("headline", headline)):
            limits = set(tokens)
            for i in tokens:
                found = self.phrase(i)
                if found is None or t.lemma[i][:KEY] in seen:
                    continue
                seen.add(t.lemma[i][:KEY])
                p = _clipped(found, limits)
                names = [f"{zone} {name}" for name in self._features(p, speaker, marked)]
                side = "before" if i < inside[0] else "after"
                names += [
                    f"in {zone}",
                    f"in {zone} of {size}",
                    f"in {zone} {side}",
                    f"{zone} {t.dep[p.head]} of {size}",
                ]
                out.append(Candidate(p, tuple(names)))
        return out

    def pick(self, ranked: Sequence[tuple[float, Phrase]], further: Sequence[float]) -> tuple[str, ...]:
        """The texts of the best phrases that share no word, the first always, others above their chance."""
        out: list[str] = []
        taken: set[int] = set()
        keys: set[str] = set()
        for chance, phrase in ranked:
            if len(out) == MOST or (out and chance < further[len(out) - 1]):
                break
            last = phrase.last
            if taken.intersection(range(phrase.first, last + 1)):
                last = phrase.short  # the complement is taken already: the noun alone may still say something
            tokens = range(phrase.first, last + 1)
            words = {w[:KEY] for i in tokens for w in _WORD.findall(self.t.form[i]) if len(w) > 3}
            if taken.intersection(tokens) or (words and keys & words):
                continue
            given = self.t.words(phrase.first, last).split()
            if len(given) > LONGEST_TEXT:
                continue
            out.append(" ".join(given))
            taken.update(tokens)
            keys |= words
        return tuple(out)

    def phrase(self, i: int) -> Phrase | None:
        """The noun phrase whose noun or name is headed by a token, or None where it heads none."""
        if i not in self._phrases:
            self._phrases[i] = self._build(i)
        return self._phrases[i]

    def _build(self, i: int) -> Phrase | None:
        t = self.t
        if t.pos[i] not in _NOMINAL or not any(c.isalnum() for c in t.form[i]):
            return None
        number = t.entity[i]
        if number >= 0:
            start, end, _ = t.entities[number]
            heads = [k for k in range(start, end) if not start <= t.head[k] < end or t.head[k] == k]
            if i != next((h for h in heads if t.pos[h] in _NOMINAL), heads[0] if heads else start):
                return None
            while start < i and t.pos[start] in ("DET", "ADP", "PUNCT"):
                start += 1
            return Phrase(i, start, (end - 1,))
        if t.dep[i].split(":")[0] in _PART_OF_NAME and t.pos[t.head[i]] in _NOMINAL:
            return None
        first = i
        while first and t.head[first - 1] == i and self._modifies(first - 1):
            first -= 1
        ends = [self._with_adjectives(i)]
        for _ in range(2):  # il ritiro delle truppe dalla Siria: two complements at most
            longer = self._complement(ends[-1], first, i)
            if longer == ends[-1]:
                break
            ends.append(longer)
        return Phrase(i, first, tuple(ends))

    def _modifies(self, i: int) -> bool:
        """Whether a token is one word that a phrase takes in before its noun."""
        return self.t.dep[i].split(":")[0] in _BEFORE and self.t.left[i] == self.t.right[i]

    def _with_adjectives(self, i: int) -> int:
        """The last token of the adjectives and names that stand directly behind a noun."""
        t, last = self.t, i
        while last + 1 < t.n and last - i < 4:
            n = last + 1
            if t.head[n] != i or t.dep[n].split(":")[0] not in _AFTER or t.right[n] - n > 2:
                break
            if any(t.pos[k] in ("PUNCT", "CCONJ", "VERB") for k in range(n + 1, t.right[n] + 1)):
                last = n
                break
            last = t.right[n]
        return last

    def _complement(self, last: int, first: int, head: int) -> int:
        """The last token after one more complement (preposition, article, noun, adjectives), or the same token."""
        t = self.t
        n = last + 1
        while n < t.n and t.pos[n] in ("ADP", "DET") and n - last <= 2:
            n += 1
        if n >= t.n or n == last + 1 or t.sent[n] != t.sent[head]:
            return last
        while n < t.n and t.pos[n] in ("ADJ", "NUM") and n - last <= 4:
            n += 1
        if n >= t.n or t.pos[n] not in _NOMINAL:
            return last
        top, steps = n, 0
        while not first <= t.head[top] <= last and t.head[top] != top and last < t.head[top] and steps < 4:
            top, steps = t.head[top], steps + 1
        if not first <= t.head[top] <= last or not t.dep[top].startswith(("nmod", "amod", "flat", "compound")):
            return last
        end = t.entities[t.entity[n]][1] - 1 if t.entity[n] >= 0 else self._with_adjectives(n)
        return end if end - first < LONGEST else last

    def _depth(self, i: int, within: set[int]) -> tuple[int, str]:
        """Steps up to the top of the content, and the part of speech of the head."""
        t, steps, k = self.t, 0, i
        while t.head[k] != k and t.head[k] in within and steps < 6:
            k, steps = t.head[k], steps + 1
        return steps, t.pos[t.head[i]] if t.head[i] != i else "none"

    def _features(self, p: Phrase, speaker: set[str], marked: frozenset[int]) -> list[str]:
        t, h = self.t, p.head
        lemma, dep = t.lemma[h], t.dep[h]
        kind = t.entities[t.entity[h]][2] if t.entity[h] >= 0 else "none"
        tokens = range(p.first, p.last + 1)
        count = _bucket(self.counts[lemma[:KEY]], (1, 2, 3, 5))
        case = next((t.form[c] for c in t.children[h] if t.dep[c] == "case"), "none")
        titled = sum(1 for i in tokens if t.form[i][:KEY] in self.title)
        out = [
            f"pos {t.pos[h]}", f"entity {kind}", f"relation {dep}", f"count {count}", f"entity {kind} count {count}",
            f"length {_bucket(len(tokens), (1, 2, 3, 4, 5))}", f"case {case}", f"titled {_bucket(titled, (0, 1, 2))}",
            f"titled {bool(titled)} {t.pos[h]}", f"ending {lemma[-4:]}" if kind == "none" else f"name {dep}",
        ]  # fmt: skip
        if kind == "none":
            out.append(f"lemma {lemma}")
        if p.last > p.short:
            out.append("has complement")
        if p.short > h or p.first < h:
            out.append("has modifier")
        if any(t.form[i][:KEY] in speaker for i in tokens):
            out += ["names the speaker", f"names the speaker {dep}"]
        if any(i in marked for i in tokens):
            out.append("thesaurus")
        if any(t.form[i][0].isdigit() for i in tokens):
            out.append("has number")
        return out


def _clipped(p: Phrase, limits: set[int]) -> Phrase:
    """The phrase without what stands outside of the allowed tokens."""
    first = p.first
    while first not in limits and first < p.head:
        first += 1
    ends = tuple(end for end in p.ends if end in limits)
    return p if first == p.first and ends == p.ends else Phrase(p.head, first, ends or (p.head,))


def _bucket(value: int, limits: Sequence[int]) -> str:
    """The greatest limit that a value reaches, with a plus where it is the last and passed."""
    reached = [x for x in limits if value >= x]
    if not reached:
        return f"under {limits[0]}"
    return f"{reached[-1]}+" if value > reached[-1] else str(reached[-1])
