"""Content behind its cue: where it may begin and where it may end."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping

from portavoce.extract.acts import Cue
from portavoce.extract.attribution.content_spans import Part
from portavoce.extract.punctuation import DASHES
from portavoce.extract.tokens import Tokens

REACH = 300
"""Tokens before and behind a cue in which edges are looked for; a longer content stands in marks, which are found whole."""
WAYS = 16
"""How many beginnings and how many subtrees of one cue are followed up; ordinary sentences have fewer."""
MOST = 4
"""How often one way of ending a span is followed up in a sentence."""
_RUN = 6
"""How many sentences of speech without marks behind a colon are tried one by one."""
_SPEECH = 2000
"""Tokens of a paragraph that may be speech without marks as a whole; in a longer one only its first sentences may."""
_STOPS = (",", ";", ":", "(", ")", "-", "–", "—")

Add = Callable[[list[Part], str, str, str], None]
"""Takes the parts of a candidate, the names of its beginning and end, and its order."""


class ContentBehind:
    """Finds the spans behind cues in one article that may be their contents."""

    def __init__(self, t: Tokens, cue_heads: set[int], particles: Mapping[str, frozenset[str]]) -> None:
        self.t, self.cue_heads, self.particles = t, cue_heads, particles
        self.breaks = [
            k for k in range(1, t.n) if t.para[k] != t.para[k - 1] or (t.quote[k] >= 0 and t.quote[k - 1] < 0)
        ]  # where a paragraph or a quote begins

    def find(self, cue: Cue, add: Add) -> None:
        """Add every span behind a cue that begins and ends where a content may."""
        t = self.t
        h = cue.head
        b = min(t.sentences[t.sent[h]][1], cue.last + REACH)
        begins: dict[int, str] = {}

        def begin(i: int, name: str) -> None:
            if cue.last < i < b and len(begins) < WAYS:
                begins.setdefault(i, name)

        subtree_ends: dict[int, str] = {}

        def subtree_end(i: int, name: str) -> None:
            if len(subtree_ends) < WAYS and i < b:
                subtree_ends.setdefault(i, name)

        heads = [h]
        if cue.kind == "prep":
            x = max(cue.last, t.head[cue.last])
            begin(t.right[x] + 1, "source")
            k = next((k for k in range(cue.last + 1, b) if t.form[k] == ","), -1)
            if k > 0:
                begin(k + 1, "comma")
            for np in range(x + 1, min(b, x + 12)):
                opens = t.pos[np] in ("DET", "PROPN", "NUM", "PRON")
                new = opens and t.pos[np - 1] not in ("ADP", "DET", "NUM", "PROPN")
                if new and (t.entity[np] < 0 or t.entity[np] != t.entity[np - 1]):
                    begin(np, "phrase")
                    break
            for comma in [k for k in range(k + 1, min(b, x + 30)) if k > 0 and t.form[k] == ","][:2]:
                begin(comma + 1, "comma2")
            if cue.last + 2 < b and t.morph[cue.last + 2].get("PronType") == "Rel":
                begin(cue.last + 3, "relative")
            predicate = self._predicate(cue.last + 2, min(b, cue.last + 40))
            if predicate > 0:
                begin(predicate, "predicate")
                start = predicate
                while start - 1 > cue.last + 1 and t.pos[start - 1] in ("PRON", "ADV"):
                    start -= 1
                begin(start, "predicate-")
            subject = next(
                (
                    c
                    for k in range(cue.last + 1, min(b, cue.last + 25))
                    for c in t.children[k]
                    if t.dep[c].startswith("nsubj") and t.left[c] > x
                ),
                -1,
            )
            if subject > 0:
                begin(t.left[subject], "subject")
        else:
            if cue.kind == "noun" and t.pos[t.head[h]] == "VERB" and t.head[h] != h:
                heads.append(t.head[h])
            for head in heads:
                for c in t.children[head]:
                    base = t.dep[c].split(":")[0]
                    if t.right[c] <= cue.last or base in ("punct", "cc", "aux", "det", "case"):
                        continue
                    if t.left[c] - 1 > cue.last + 1:
                        subtree_end(t.left[c] - 1, f"<{t.dep[c] if base == 'obl' else base}")
                    if base in (
                        "ccomp",
                        "xcomp",
                        "csubj",
                        "obj",
                        "obl",
                        "advcl",
                        "acl",
                        "nmod",
                        "parataxis",
                        "advmod",
                        "amod",
                        "appos",
                        "conj",
                    ) or (base == "nsubj" and c > h):
                        begin(max(t.left[c], cue.last + 1), base)
                        subtree_end(t.right[c], f"={base}")
                        for g in t.children[c]:
                            gbase = t.dep[g].split(":")[0]
                            if gbase in ("acl", "ccomp", "nmod", "advcl") and g > c:
                                begin(t.left[g], f"{base}>{gbase}")
                            if (
                                g > c
                                and gbase in ("advcl", "acl", "obl", "conj", "parataxis", "nmod", "appos")
                                and t.left[g] - 1 > c
                            ):
                                subtree_end(t.left[g] - 1, f"-{gbase}")
            seen: Counter[str] = Counter()
            for k in range(cue.last + 1, min(b, cue.last + 30)):
                form = t.form[k]
                if form in self.particles["introducer"] and seen[form] < 2:
                    seen[form] += 1
                    begin(k + 1, form if seen[form] == 1 else f"{form}2")
                elif form in self.particles["leading"] and t.dep[k] == "mark":
                    begin(k + 1, f"{form}-clause")
                elif form == ":":
                    begin(k + 1, ":")
                    break
                elif form == "," and seen[form] < 2:
                    seen[form] += 1
                    begin(k + 1, "," if seen[form] == 1 else ",2")
                elif t.quote[k] >= 0 and not seen["«"]:
                    seen["«"] += 1
                    begin(k, "«")
            begin(cue.last + 1, "next")
            if cue.last + 1 < b and t.pos[cue.last + 1] in ("ADV", "ADP"):
                begin(cue.last + 2, "next2")
        if not begins:
            return
        ends = self.ends(min(begins), b, cue)
        for e, name in subtree_ends.items():
            ends.setdefault(e, name)
        if ":" in begins.values() and not any(t.quote[k] >= 0 for k in range(cue.last, b)):
            k = self._unmarked_end(h, b)
            if k > b:  # unmarked speech may run to the end of its paragraph, or of one of its first sentences
                if k - b <= _SPEECH:
                    ends.setdefault(k - 1, "paragraph")
                for s in range(t.sent[b], min(t.sent[b] + _RUN, t.sent[k - 1])):
                    ends.setdefault(t.sentences[s][1] - 1, "sentences")
        for s, s_name in begins.items():
            for e, e_name in ends.items():
                if e >= s:
                    add([(s, e)], s_name, e_name, "after")

    def _unmarked_end(self, h: int, start: int) -> int:
        """The token behind what stands without marks from ``start`` on, in the paragraph of ``h``."""
        t = self.t
        if start >= t.n or t.para[start] != t.para[h] or t.quote[start] >= 0:
            return start
        at = bisect_right(self.breaks, start)
        return self.breaks[at] if at < len(self.breaks) else t.n

    def ends(self, first: int, b: int, cue: Cue) -> dict[int, str]:
        """Where a span that begins at ``first`` may end: sentence, commas, conjunctions, next cue, marks."""
        t = self.t
        out: dict[int, str] = {b - 1: "sentence"}
        commas = conjunctions = quotes = others = 0
        for k in range(first + 1, b):
            form = t.form[k]
            if form in _STOPS or form in DASHES:
                if t.quote[k] >= 0 and form != ";":
                    continue
                if form == ",":
                    commas += 1
                    if commas <= MOST:
                        out.setdefault(k - 1, f"comma{commas}")
                else:
                    others += 1
                    if others <= MOST:
                        out.setdefault(k - 1, form)
            elif t.dep[k] == "cc" and conjunctions < 3 and t.quote[k] < 0:
                conjunctions += 1
                out.setdefault(k - 1, "cc")
            elif k in self.cue_heads and t.quote[k] < 0 and k != cue.head and others <= MOST:
                # the clause of the next cue begins at the conjunction or comma before it
                j = k
                while j > first and t.form[j] not in (",", ";") and t.dep[j] != "cc" and k - j < 6:
                    j -= 1
                if j > first:
                    others += 1
                    out.setdefault(j - 1, "next-cue")
            if t.quote[k] >= 0 and (k + 1 >= b or t.quote[k + 1] < 0) and quotes < MOST:
                quotes += 1
                out.setdefault(k, "»")
        return out

    def _predicate(self, first: int, end: int) -> int:
        """The first word of the first finite verb, its auxiliaries and negation included, or -1."""
        t = self.t
        for k in range(first, end):
            if t.morph[k].get("VerbForm") == "Fin" and t.pos[k] in ("VERB", "AUX"):
                return k
        return -1
