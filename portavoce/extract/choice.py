"""The learned choice: which candidate cues report speech, and which candidate is the content of each.

Three linear models over named features, trained on annotated articles (``training/attribution``) and stored as plain
JSON in the language's folder: ``cue`` accepts or rejects a cue, ``content`` ranks the candidates of one cue against
each other, ``marks`` judges quotes that no cue claims; ``statement`` looks once more at the outcome and gives the
confidence, which is calibrated: of the statements given .8, about 80 % agree with the annotators.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from math import log, log2
from sys import intern
from typing import Literal

from portavoce.extract import act_features
from portavoce.extract.attribution import Attribution, Cue
from portavoce.extract.content import Candidate, ContentFinder
from portavoce.extract.content_features import ContentFeatures
from portavoce.extract.content_spans import characters, quotation_kind, trimmed
from portavoce.extract.cue_features import CueFeatures
from portavoce.extract.cues import CueLexicon, find_cues
from portavoce.extract.evidence import bucket, odds
from portavoce.extract.interrupted import with_both_halves
from portavoce.extract.lang import language_file
from portavoce.extract.linear import Linear, read_models, softmax
from portavoce.extract.nearby import Nearby
from portavoce.extract.tokens import Tokens
from portavoce.extract.turns import CONFIDENCE, Turn, find_turns, inside_a_turn

VERSION = 2
"""Raised whenever a feature changes its meaning; a model of another version is refused."""


def model_file(*, evidence: bool) -> str:
    """The name of the file of weights for parses with or without an encoder's evidence."""
    return "attribution.json.gz" if evidence else "attribution_parse.json.gz"


@dataclass(frozen=True, slots=True)
class Proposal:
    """An accepted cue with its best content, before proposals that claim the same words are settled.

    ``why`` holds the features by which the cue was accepted (``c|…``) and the content chosen (``k|…``), for the last look,
    each string once in memory: a long text has them by the million.
    """

    cue: Cue
    class_: str
    accepted: float
    content: Candidate
    chosen: float
    margin: float
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AttributionModel:
    """The learned choice of one language."""

    lexicon: CueLexicon
    cue: Linear
    content: Linear
    marks: Linear
    statement: Linear
    cue_threshold: float
    marks_threshold: float
    threshold: float

    @classmethod
    @lru_cache(maxsize=4)
    def load(cls, language: str, *, evidence: bool = False) -> AttributionModel:
        """The model of a language, for parses with an encoder's `evidence` or without it, read once.

        Raises `PipelineError` when it was trained for other features.
        """
        models = read_models(language_file(language, model_file(evidence=evidence)), version=VERSION)
        lexicon = CueLexicon.load(language).grown(models["lexicon"])
        linear = {
            name: Linear(models[name]["weights"], models[name]["bias"])  # type: ignore[arg-type]
            for name in ("cue", "content", "marks", "statement")
        }
        cut = {name: float(value) for name, value in models["thresholds"].items()}  # type: ignore[arg-type]
        return cls(
            lexicon, linear["cue"], linear["content"], linear["marks"], linear["statement"],
            cut["cue"], cut["marks"], cut["statement"],
        )  # fmt: skip

    def attributions(self, t: Tokens) -> list[Attribution]:
        """The attributions of an article in text order."""
        proposals, cue_heads = self.proposals(t)
        judged = [
            (self.statement.probability(statement_features(t, p, neighbours)), p)
            for p, neighbours in with_neighbours(proposals)
        ]
        turns = find_turns(t)
        out = [_turn(t, turn) for turn in turns]
        if turns:
            labels = {turn.colon for turn in turns}
            judged = [(c, p) for c, p in judged if p.cue.head not in labels and not inside_a_turn(t, turns, p.cue.head)]
        for confidence, p in settle([(c, p) for c, p in judged if c >= self.threshold]):
            spans = characters(t, p.content.parts)
            if spans:
                out.append(_attribution(t, p, spans, confidence))
        out = with_both_halves(t, out)
        claimed = [span for a in out for span in a.content]
        for cue, spans, features in unclaimed_marks(t, claimed, cue_heads):
            chance = self.marks.probability(features)
            if chance >= self.marks_threshold:
                out.append(Attribution(cue, spans, "direct", "marks-alone", chance))
        return sorted(out, key=lambda a: (a.content[0], a.cue.head))

    def proposals(self, t: Tokens) -> tuple[list[Proposal], set[int]]:
        """Each accepted cue with its best content, and the heads of the accepted cues."""
        cues = find_cues(t, self.lexicon)
        accepted = []
        described = CueFeatures(t, cues, self.lexicon)
        for cue in cues:
            why = described.of(cue)
            chance = self.cue.probability(why)
            if chance >= self.cue_threshold:
                accepted.append((cue, chance, why))
        heads = {cue.head for cue, _, _ in accepted}
        finder = ContentFinder(t, heads, self.lexicon)
        contents = ContentFeatures(finder)
        out = []
        for cue, chance, why in accepted:
            class_ = self.lexicon.class_of(cue)
            candidates = finder.candidates(cue)
            if not candidates:
                continue
            features = contents.of_all(cue, class_, candidates)
            out.append(best_proposal(cue, class_, (chance, why), (candidates, features), self.content))
        return out, heads


def best_proposal(
    cue: Cue,
    class_: str,
    accepted: tuple[float, list[str]],
    contents: tuple[list[Candidate], list[list[str]]],
    model: Linear,
) -> Proposal:
    """The candidate with the highest score, the first among equals, and how far the next one is behind.

    ``accepted`` is the chance of the cue with its features, ``contents`` its candidates with theirs.
    """
    candidates, described = contents
    chances = softmax([model.score(f) for f in described])
    order = sorted(range(len(chances)), key=lambda k: (-chances[k], k))
    top = order[0]
    margin = chances[top] - chances[order[1]] if len(order) > 1 else 1.0
    why = tuple([intern(f"c|{x}") for x in accepted[1]] + [intern(f"k|{x}") for x in described[top]])
    return Proposal(cue, class_, accepted[0], candidates[top], chances[top], margin, why)


def overlap(a: tuple[tuple[int, int], ...], b: tuple[tuple[int, int], ...]) -> float:
    """The Jaccard index of two lists of ranges (both ends included)."""
    shared = sum(max(0, min(q, y) - max(p, x) + 1) for p, q in a for x, y in b)
    total = sum(q - p + 1 for p, q in a) + sum(y - x + 1 for x, y in b) - shared
    return shared / total if total else 0.0


def settle(judged: list[tuple[float, Proposal]]) -> list[tuple[float, Proposal]]:
    """Of proposals that claim nearly the same words, the surest: ``ha proseguito affermando che`` is one act."""
    kept: list[tuple[float, Proposal]] = []
    nearby = Nearby()
    for confidence, p in sorted(judged, key=lambda j: (-j[0], j[1].cue.head)):
        parts = p.content.parts
        if not any(overlap(parts, kept[k][1].content.parts) > 0.6 for k in nearby.of(parts)):
            nearby.add(len(kept), parts)
            kept.append((confidence, p))
    return sorted(kept, key=lambda j: j[1].cue.head)


def with_neighbours(proposals: list[Proposal]) -> list[tuple[Proposal, list[Proposal]]]:
    """Each proposal with the others whose content or cue stands near it, in text order."""
    nearby = Nearby()
    for k, p in enumerate(proposals):
        nearby.add(k, p.content.parts)
    return [
        (p, [proposals[j] for j in nearby.of([*p.content.parts, (p.cue.head, p.cue.head)]) if j != k])
        for k, p in enumerate(proposals)
    ]


def statement_features(t: Tokens, p: Proposal, others: list[Proposal]) -> list[str]:
    """Named features of a proposal beside its neighbours; what the last look weighs."""
    n = sum(b - a + 1 for a, b in p.content.parts)
    f = [
        f"accepted={_bucket(p.accepted)}",
        f"chosen={_bucket(p.chosen)}",
        f"margin={int(p.margin * 5)}",
        f"kind={p.cue.kind}:{p.content.order}",
        f"class={p.class_}",
        f"class-chosen={p.class_}:{int(p.chosen * 5)}",
        f"begin={p.cue.kind}:{p.content.begins[0]}",
        f"end={p.content.ends[0]}",
        f"size={p.cue.kind}:{min(5, int(log2(n)))}",
        f"product={_bucket(p.accepted * p.chosen)}",
        f"lemma={p.cue.kind}:{p.cue.lemma}",
    ]
    first = p.content.parts[0][0]
    finite = verb = marked = name = False
    for a, b in p.content.parts:
        for k in range(a, b + 1):
            if t.pos[k] in ("VERB", "AUX"):
                verb = True
                finite = finite or t.morph[k].get("VerbForm") == "Fin"
            marked = marked or t.quote[k] >= 0
            name = name or t.entity[k] >= 0
    shape = "finite" if finite else "verb" if verb else "name" if name else "noun"
    f += [
        f"shape={p.cue.kind}:{shape}:{marked}",
        f"class-shape={p.class_}:{shape}",
        f"lemma-shape={p.cue.lemma}:{shape}",
        f"first={t.pos[first]}",
        f"shape-size={shape}:{min(5, int(log2(n)))}",
    ]
    if t.evidence is not None:
        cue = (p.cue.first, p.cue.last)
        inside, begin, end, beside = t.evidence.content(p.content.parts)
        read, linked = t.evidence.cue(cue), odds(t.evidence.linked(cue, p.content.parts))
        f += [
            f"read-cue={bucket(read)}",
            f"read-inside={bucket(inside)}",
            f"read-begin={bucket(begin, 2)}",
            f"read-end={bucket(end, 2)}",
            f"read-beside={bucket(beside, 2)}",
            f"read-linked={bucket(linked)}",
            f"read-both={bucket(read, 2)}:{bucket(inside, 2)}",
            *act_features.of_statement(t.evidence, p.cue, p.content.parts),
        ]
    for o in others:
        shared = overlap(p.content.parts, o.content.parts)
        if shared > 0:
            f.append(f"overlaps={p.cue.kind}:{o.cue.kind}:{'inner' if _size(o) > n else 'outer'}")
            f.append(f"overlap={int(shared * 4)}")
            if o.accepted > p.accepted:
                f.append("overlaps-surer")
        if any(a <= p.cue.head <= b for a, b in o.content.parts):
            f.append(f"cue-inside={o.cue.kind}")
    f += p.why
    return f


def _size(p: Proposal) -> int:
    return sum(b - a + 1 for a, b in p.content.parts)


def _bucket(chance: float) -> int:
    return int(max(-6.0, min(6.0, log(max(chance, 1e-6) / max(1 - chance, 1e-6)))) * 1.5)


def unclaimed_marks(
    t: Tokens, claimed: list[tuple[int, int]], cue_heads: set[int]
) -> list[tuple[Cue, tuple[tuple[int, int], ...], list[str]]]:
    """Quotes that no statement holds, with what tells speech from scare quotes, titles and names."""
    out = []
    claimed = sorted(claimed)
    reach = list(accumulate((end for _, end in claimed), max))  # how far the contents up to each one go
    speaking = {t.sent[h] for h in cue_heads if t.quote[h] < 0}
    previous_end = -1
    for q in t.quotes:
        if q.depth or q.end <= q.start:
            continue
        last_claim = bisect_left(claimed, (q.end, -1)) - 1
        if last_claim >= 0 and reach[last_claim] > q.start:
            previous_end = q.close
            continue
        part = trimmed(t, (t.at(q.start), t.at(q.end - 1)))
        if part is None or t.start[part[0]] < q.start or t.end[part[1]] > q.end:
            continue
        first, last = part
        spans = characters(t, (part,))
        n = last - first + 1
        if n < 2 or not spans:
            continue
        f = [f"size={min(6, int(log2(n)))}", f"repaired={q.repaired}", f"style={q.style}"]
        verbs = [k for k in range(first, last + 1) if t.morph[k].get("VerbForm") == "Fin"]
        f.append(f"finite={min(len(verbs), 3)}")
        if any(t.morph[k].get("Person") in ("1", "2") for k in verbs):
            f.append("first-person")
        before = first - 1
        while before >= 0 and t.start[before] >= q.open:
            before -= 1
        after = last + 1
        while after < t.n and t.end[after] <= q.close:
            after += 1
        opens_paragraph = before < 0 or t.para[before] != t.para[first]
        ends_paragraph = after >= t.n or t.para[after] != t.para[last]
        f.append(
            f"before={'¶' if opens_paragraph else t.form[before] if t.pos[before] in ('PUNCT', 'ADP', 'DET', 'CCONJ') else t.pos[before]}"
        )
        f.append(f"after={'¶' if ends_paragraph else t.form[after] if t.pos[after] == 'PUNCT' else t.pos[after]}")
        stops = not opens_paragraph and t.form[before] in (".", "!", "?", "…", ":", ";")
        f.append(f"alone={opens_paragraph or stops}:{ends_paragraph or (after < t.n and t.form[after] in '.;!?')}")
        f.append(f"upper={t.text[spans[0][0]].isupper()}")
        f.append(f"upper-words={min(3, sum(t.text[t.start[k]].isupper() for k in range(first, last + 1)) * 3 // n)}")
        near = previous_end >= 0 and q.open - previous_end < 160 and "\n" not in t.text[previous_end : q.open]
        f.append(f"follows-quote={near}")
        before_mark = bisect_left(claimed, (q.open, -1)) - 1
        held = before_mark >= 0 and reach[before_mark] <= q.open < reach[before_mark] + 200
        f.append(f"follows-statement={held}:{opens_paragraph}")
        if previous_end >= 0:
            link = t.text[previous_end : q.open].strip()
            f.append(f"link={link if len(link) < 4 else 'far'}:{held}")
        f.append(f"cue-in-sentence={t.sent[first] in speaking}")
        f.append(f"headline={t.para[first] == 0}")
        f.append(f"entity={t.entity[first] >= 0 and t.entity[last] == t.entity[first]}")
        f.append(f"dep={t.dep[first]}" if n < 4 else "long")
        if t.evidence is not None:
            inside, begin, end, _ = t.evidence.content(((first, last),))
            f += (f"read-inside={bucket(inside)}", f"read-begin={bucket(begin, 2)}", f"read-end={bucket(end, 2)}")
            f.append(f"read-unlinked={bucket(odds(t.evidence.unlinked(((first, last),))))}")
            f += act_features.of_statement(t.evidence, Cue("none", first, first, first, ""), ((first, last),))
        out.append((Cue("none", first, first, first, ""), spans, f))
        previous_end = q.close
    return out


def _turn(t: Tokens, turn: Turn) -> Attribution:
    cue = Cue("colon", turn.colon, turn.colon, turn.colon, ":")
    return Attribution(cue, characters(t, ((turn.start, turn.end),)), "direct", "turn", CONFIDENCE)


def _attribution(t: Tokens, p: Proposal, spans: tuple[tuple[int, int], ...], confidence: float) -> Attribution:
    kind: Literal["direct", "indirect", "mixed"] = quotation_kind(t, spans)  # type: ignore[assignment]
    return Attribution(p.cue, spans, kind, f"{p.cue.kind}-cue/{p.content.rule}", confidence)
