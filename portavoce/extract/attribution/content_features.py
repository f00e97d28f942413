"""The features by which one content is chosen among the candidates of a cue."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from math import log1p

from portavoce.extract import act_features
from portavoce.extract.acts import Cue
from portavoce.extract.attribution.content import Candidate, ContentFinder
from portavoce.extract.attribution.content_spans import EDGE, MARKS, trimmed
from portavoce.extract.evidence import bucket, odds

_CLOSED = frozenset({"ADP", "SCONJ", "CCONJ", "PRON", "DET", "PUNCT"})
_SIZES = (1, 2, 4, 8, 15, 27, 49)
"""Upper bounds, in tokens, of the classes of length."""


class ContentFeatures:
    """Makes the features of the candidates of one article; what candidates share is looked up once."""

    def __init__(self, finder: ContentFinder) -> None:
        self.finder = finder
        self.t = t = finder.t
        finite = [m.get("VerbForm") == "Fin" for m in t.morph]
        verbs = [p in ("VERB", "AUX") for p in t.pos]
        self.verbs = [0, *accumulate(verbs)]
        self.finite = [0, *accumulate(v and f for v, f in zip(verbs, finite, strict=True))]
        self.marked = [0, *accumulate(q >= 0 for q in t.quote)]
        self.heads = sorted(finder.inner)
        self.next_quotes: dict[int, str] = {}
        self.begin_facts: dict[int, tuple[str, str, str]] = {}
        self.end_facts: dict[int, tuple[str, str, str, int]] = {}
        self.frames: dict[int, list[tuple[int, int, str]]] = {}
        self.whole = dict([p for part in finder.outer if (p := trimmed(t, part))])

    def of_all(self, cue: Cue, class_: str, candidates: list[Candidate]) -> list[list[str]]:
        """Named binary features of each candidate content of a cue; what the choice model weighs."""
        made = [self._of(cue, class_, c) for c in candidates]
        if self.t.evidence is not None:
            gains = [self.t.evidence.gain(c.parts) for c in candidates]
            best = max(gains, default=0.0)
            looks = act_features.of_contents(self.t.evidence, cue, [c.parts for c in candidates])
            for f, c, gain, look in zip(made, candidates, gains, looks, strict=True):
                f.extend(self._read(cue, c, best - gain))
                f.extend(look)
        return made

    def _read(self, cue: Cue, c: Candidate, behind: float) -> list[str]:
        """What an encoder thinks of a candidate: its words, its edges, its link to the cue, and how it compares."""
        evidence = self.t.evidence
        if evidence is None:
            return []
        inside, begin, end, beside = evidence.content(c.parts)
        linked = odds(evidence.linked((cue.first, cue.last), c.parts))
        near = bucket(2 * log1p(max(behind, 0.0)), 1.0)
        return [
            f"read-inside={bucket(inside)}",
            f"read-begin={bucket(begin, 2)}",
            f"read-end={bucket(end, 2)}",
            f"read-edges={bucket(begin, 4)}:{bucket(end, 4)}",
            f"read-beside={bucket(beside, 2)}",
            f"read-linked={bucket(linked)}",
            f"read-behind={near}",
            f"read-behind-kind={cue.kind}:{near}",
        ]

    def _of(self, cue: Cue, class_: str, c: Candidate) -> list[str]:
        t, finder, order, kind, parts = self.t, self.finder, c.order, cue.kind, c.parts
        first, last = parts[0][0], parts[-1][1]
        before, before_feature, first_feature = self._begin(first)
        after, after_feature, last_feature, nxt = self._end(last)
        begin = c.begins[0]
        f = [f"{kind}:{order}", before_feature, first_feature, after_feature, last_feature, f"edge={before}|{after}"]
        for x in c.begins[:3]:
            f += (f"b={kind}:{order}:{x}", f"cb={class_}:{order}:{x}", f"lb={cue.lemma}:{x}")
        for x in c.ends[:3]:
            f += (f"e={kind}:{order}:{x}", f"be={kind}:{begin}:{x}")
        n = sum([q - p + 1 for p, q in parts])
        size = bisect_left(_SIZES, n)
        verb = self._count(self.verbs, parts) > 0
        finite = self._count(self.finite, parts) > 0
        marked = self._count(self.marked, parts)
        share = "none" if not marked else "all" if marked == n else "some"
        arcs, top = self._arcs(parts)
        f += (
            f"order={class_}:{order}",
            f"size={kind}:{size}",
            f"csize={class_}:{order}:{size}",
            f"arcs={min(arcs, 4)}",
            f"verb={kind}:{verb}:{finite}:{order}",
            f"class-finite={class_}:{finite}:{begin}",
            f"marked={kind}:{order}:{share}",
        )
        if arcs == 1:
            f += (
                f"top={kind}:{t.dep[top]}:{'cue' if t.head[top] == cue.head else 'other'}",
                f"ctop={class_}:{t.dep[top]}",
            )
        governor = t.head[cue.head]
        where = "none" if governor == cue.head else "in" if any([p <= governor <= q for p, q in parts]) else "out"
        side = "after" if governor > cue.head else "before"
        f += (f"governor={kind}:{order}:{where}:{side}", f"names={kind}:{order}:{self._entity(first)}")
        if order != "after":
            f.append(f"continues={order}:{begin}:{self._next_quote(cue)}")
        inner = [k for p, q in parts for k in self.heads[bisect_left(self.heads, p) : bisect_right(self.heads, q)]]
        f.append(f"other-cues={min(len(inner), 3)}:{kind}")
        if inner:
            f += [f"inner={x}:{order}" for x in sorted({finder.inner[k] for k in inner})]
        a, b = t.sentences[t.sent[last]]
        if marked:
            cut = t.quote[first] >= 0 and first > 0 and t.quote[first - 1] >= 0
            cut_end = t.quote[last] >= 0 and last + 1 < t.n and t.quote[last + 1] >= 0
            f.append(f"cut={cut}:{cut_end}" if marked < n else f"cut-inside={cut}:{cut_end}")
        elif finder.opens_between(a, b):
            f.append(f"leaves-marks={kind}:{order}")
        for p, q, relation in self._frame(cue):
            inside = any([x <= p and q <= y for x, y in parts])
            out = all([q < x or p > y for x, y in parts])
            where = "holds" if inside else "skips" if out else "cuts"
            f += (f"{where}={class_}:{relation}", f"{where}-order={order}:{relation}")
            if where == "skips" and first < p:
                f.append(f"ends-before={class_}:{relation}")
        if marked:
            shape = "".join([self._shape(x, y) for x, y in parts])
            f += (f"parts={order}:{shape}", f"parts-class={class_}:{order}:{shape}")
            if order != "after":
                f.append(f"parts-next={shape}:{self._next_quote(cue)}")
        rest = b - 1 - last
        f.append(f"rest={order}:{0 if rest <= 1 else 1 if rest < 4 else 2 if rest < 9 else 3 if rest < 18 else 4}")
        if nxt + 1 < b and rest > 1:
            k = nxt + 1 if t.pos[nxt] == "PUNCT" else nxt
            while t.head[k] != k and last < t.head[k] < b:
                k = t.head[k]
            h = t.head[k]
            inside = any([x <= h <= y for x, y in parts])
            to = "in" if inside else "cue" if h == cue.head else "out"
            f.append(f"left-out={t.dep[k]}:{to}")
            clause, subject, mood = self._follower(k)
            main = self._mood(top)
            f += (
                f"left-edge={after[:1]}:{t.dep[k].split(':')[0]}:{to}",
                f"left-class={class_}:{t.dep[k].split(':')[0]}:{to}",
                f"left-clause={clause}:{subject}:{to}",
                f"left-mood={main}>{mood}",
                f"left-first={self._shown(nxt, t.pos[nxt])}:{self._shown(k, t.dep[k].split(':')[0])}:{mood}",
            )
        elif rest <= 1:
            f.append(f"whole-sentence={class_}:{order}:{min(size, 5)}")
        if order == "after":
            gap = first - cue.last
            f.append(f"gap={kind}:{0 if gap <= 1 else 1 if gap == 2 else 2 if gap < 5 else 3 if gap < 9 else 4}")
            if any([first <= k <= last and t.dep[k].startswith("nsubj") for k in t.children[cue.head]]):
                f.append("holds-subject")
        elif order == "before":
            gap = cue.first - last
            f.append(f"gap-before={kind}:{0 if gap <= 2 else 1 if gap < 5 else 2 if gap < 10 else 3}")
            f.append(f"other-sentence={t.sent[last] != t.sent[cue.head]}:{class_}")
        return f

    def _shape(self, first: int, last: int) -> str:
        """How a part stands to the outer quotes: one whole, inside one, cut at its beginning or end, around some, none."""
        if self.whole.get(first) == last:
            return "w"
        begins, ends = self.t.quote[first] >= 0, self.t.quote[last] >= 0
        if begins and ends:
            return "i" if all([q >= 0 for q in self.t.quote[first : last + 1]]) else "m"
        return "b" if begins else "e" if ends else "o" if self.marked[last + 1] > self.marked[first] else "-"

    def _frame(self, cue: Cue) -> list[tuple[int, int, str]]:
        """What hangs on the cue, as (first word, last word, relation with its preposition)."""
        known = self.frames.get(cue.head)
        if known is None:
            t = self.t
            known = []
            for c in t.children[cue.head]:
                base = t.dep[c].split(":")[0]
                if base in ("punct", "aux", "expl", "det", "case", "mark", "cc"):
                    continue
                case = next((t.lemma[k] for k in t.children[c] if t.dep[k] in ("case", "mark")), "")
                side = "l" if c < cue.head else "r"
                known.append((t.left[c], t.right[c], f"{t.dep[c] if base == 'nsubj' else base}-{case}:{side}"))
            self.frames[cue.head] = known[:12]
        return known

    def _follower(self, k: int) -> tuple[str, str, str]:
        """The clause that the word ``k`` left out heads: its form, whether it has a subject of its own, its mood."""
        t = self.t
        form = t.morph[k].get("VerbForm", t.pos[k])
        subject = next((c for c in t.children[k] if t.dep[c].startswith("nsubj")), -1)
        kind = "-" if subject < 0 else "rel" if t.morph[subject].get("PronType") == "Rel" else t.pos[subject]
        return form, kind, self._mood(k)

    def _shown(self, k: int, otherwise: str) -> str:
        return self.t.form[k] if self.t.pos[k] in _CLOSED else otherwise

    def _mood(self, k: int) -> str:
        """Mood and tense of a predicate, of its auxiliary where it has one."""
        t = self.t
        for i in [*[c for c in t.children[k] if t.dep[c].split(":")[0] in ("aux", "cop")], k]:
            if t.morph[i].get("VerbForm") == "Fin":
                return f"{t.morph[i].get('Mood', '')}{t.morph[i].get('Tense', '')}"
        return t.morph[k].get("VerbForm", "-")

    def _entity(self, i: int) -> str:
        entity = self.t.entity[i]
        return self.t.entities[entity][2] if entity >= 0 else "-"

    def _next_quote(self, cue: Cue) -> str:
        """How the next quote behind the cue hangs on: *«A», ha detto X, «b»* goes on where *«A», ha detto X. «B»* does not."""
        known = self.next_quotes.get(cue.last)
        if known is None:
            t = self.t
            at = bisect_right(self.finder.outer, (cue.last, t.n))
            known = "none"
            if at < len(self.finder.outer) and self.finder.outer[at][0] - cue.last < 40:
                first = self.finder.outer[at][0]
                k = first - 1
                while k > cue.last and t.form[k] in MARKS:
                    k -= 1
                if t.para[k] == t.para[first] == t.para[cue.head]:
                    case = "lower" if t.text[t.start[first]].islower() else "upper"
                    other = bisect_right(self.heads, cue.last)
                    between = other < len(self.heads) and self.heads[other] < first
                    known = f"{t.form[k] if t.pos[k] == 'PUNCT' else t.pos[k]}:{case}:{between}"
            self.next_quotes[cue.last] = known
        return known

    @staticmethod
    def _count(running: list[int], parts: tuple[tuple[int, int], ...]) -> int:
        return sum([running[q + 1] - running[p] for p, q in parts])

    def _arcs(self, parts: tuple[tuple[int, int], ...]) -> tuple[int, int]:
        """How many words have their head outside the span (one for a constituent), and the last such word."""
        head, pos = self.t.head, self.t.pos
        arcs, top = 0, parts[0][0]
        for p, q in parts:
            for k in range(p, q + 1):
                h = head[k]
                if (h < p or h > q or h == k) and pos[k] != "PUNCT":
                    if h != k and len(parts) > 1 and any([x <= h <= y for x, y in parts]):
                        continue
                    arcs += 1
                    top = k
        return arcs, top

    def _begin(self, first: int) -> tuple[str, str, str]:
        """What stands before a span, as it counts for its edge, and features of both sides of its beginning."""
        known = self.begin_facts.get(first)
        if known is None:
            t = self.t
            before = t.form[first - 1] if first else "^"
            shown = before if not first or t.pos[first - 1] in _CLOSED else t.pos[first - 1]
            edge = before if before in EDGE or before in self.finder.particles["introducer"] else "-"
            verbal = t.pos[first] in ("VERB", "AUX", "SCONJ", "CCONJ")
            known = (edge, f"before={shown}", f"first={t.pos[first]}:{t.dep[first] if verbal else ''}")
            self.begin_facts[first] = known
        return known

    def _end(self, last: int) -> tuple[str, str, str, int]:
        """What stands behind a span, as it counts for its edge, features of both sides of its end, and the next word."""
        known = self.end_facts.get(last)
        if known is None:
            t = self.t
            nxt = last + 1
            while nxt < t.n and (t.form[nxt] in MARKS or t.form[nxt] in (")", "]")):
                nxt += 1
            after = t.form[nxt] if nxt < t.n and t.para[nxt] == t.para[last] else "¶"
            if after == "," and nxt + 1 < t.n:
                follower = nxt + 1
                closed = t.pos[follower] in ("CCONJ", "SCONJ", "PRON", "ADP", "DET")
                after = f",{t.form[follower] if closed else t.pos[follower] + t.morph[follower].get('VerbForm', '')}"
            elif after == ":":
                after = f":{'«' if nxt + 1 < t.n and t.form[nxt + 1] in MARKS else '-'}"
            elif nxt < t.n and t.pos[nxt] not in ("PUNCT", "CCONJ", "SCONJ", "ADP", "PRON"):
                after = t.pos[nxt]
            edge = after[:1] if after[:1] in ",.;:¶" else after
            known = (edge, f"after={after}", f"last={t.pos[last]}", nxt)
            self.end_facts[last] = known
        return known
