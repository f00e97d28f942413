"""What training prints: the ceiling of the candidates, detection, quotes in marks, calibration."""

from __future__ import annotations

from collections.abc import Sequence

from portavoce.extract.attribution.content_spans import characters as content_characters
from portavoce.records import Statement
from training.attribution.corpus import jaccard
from training.attribution.examples import Example


def figures(pairs: list[tuple[int, int, dict[int, float]]]) -> str:
    """Detection at three bars, of (gold, made, agreement of the aligned) by article."""
    gold = sum(g for g, _, _ in pairs)
    made = sum(m for _, m, _ in pairs)
    out = []
    for bar in (0.5, 0.8, 0.999):
        hits = sum(j >= bar for _, _, m in pairs for j in m.values())
        p, r = hits / max(1, made), hits / max(1, gold)
        out.append(f"D-{int(bar * 100)} F {100 * 2 * p * r / max(1e-9, p + r):.1f} (P {100 * p:.1f} R {100 * r:.1f})")
    return "  ".join(out)


def cues(examples: list[Example], least: float) -> str:
    """How sure the acceptance of cues is."""
    made = [p >= 0.5 for e in examples for p in e.accepted]
    truth = [k in e.of_cue for e in examples for k in range(len(e.cues))]
    hits = sum(a and b for a, b in zip(made, truth, strict=True))
    low = sum(p >= least for e in examples for k, p in enumerate(e.accepted) if k in e.of_cue)
    return (
        f"cues: {len(made)} candidates, {sum(truth)} gold; accepted at .5: "
        f"P {100 * hits / max(1, sum(made)):.1f} R {100 * hits / sum(truth):.1f}; "
        f"gold cues above {least}: {100 * low / sum(truth):.1f} %, all above: "
        f"{sum(p >= least for e in examples for p in e.accepted)}"
    )


def ceiling(examples: list[Example]) -> str:
    """How many gold contents are among the candidates: of their cue, or, without one, among the outer quotes."""
    total = r8 = r5 = size = 0
    for e in examples:
        total += len(e.gold)
        of_cue = {n: k for k, n in e.of_cue.items()}
        size += sum(len(a) for a in e.agreement.values())
        marks = [e.characters(((q.start, q.end),)) for q in e.t.quotes if q.depth == 0 and q.end > q.start]
        for n, gold in enumerate(e.gold):
            if n in of_cue:
                best = max(e.agreement[of_cue[n]], default=0.0)
            elif e.article.statements[n].cue is None:
                best = max((jaccard(gold, m) for m in marks), default=0.0)
            else:
                best = 0.0
            r8 += best >= 0.8
            r5 += best >= 0.5
    cued = sum(len(e.agreement) for e in examples)
    return (
        f"{total} statements, content among the candidates at .8 {100 * r8 / total:.1f} %, at .5 {100 * r5 / total:.1f} %; "
        f"{size / max(1, cued):.0f} candidates a cue"
    )


def in_marks(e: Example, statement: Statement) -> str:
    """``whole`` for a statement whose first content is all that a pair of marks holds, ``inside`` for a part of it."""
    start, end = statement.content[0].start, statement.content[0].end
    for q in e.t.quotes:
        if q.start <= start + 1 and end - 1 <= q.end:
            edges = e.t.text[q.start : max(q.start, start)] + e.t.text[end : max(end, q.end)]
            return "inside" if any(c.isalnum() for c in edges) else "whole"
    return ""


def quotes(examples: list[Example], found: list[list[set[int]]]) -> str:
    """Recall at .8 of the statements whose first content stands in marks."""
    hits = {"whole": 0, "inside": 0}
    total = {"whole": 0, "inside": 0}
    for e, sets in zip(examples, found, strict=True):
        for statement, gold in zip(e.article.statements, e.gold, strict=True):
            if how := in_marks(e, statement):
                total[how] += 1
                hits[how] += any(jaccard(gold, s) >= 0.8 for s in sets)
    both = sum(total.values())
    return (
        f"in marks: recall at .8 {100 * sum(hits.values()) / max(1, both):.1f} % of {both}; "
        f"of {total['whole']} that are all that their marks hold {100 * hits['whole'] / max(1, total['whole']):.1f} %"
    )


def calibration(chances: Sequence[float], labels: Sequence[bool]) -> str:
    """The expected calibration error over ten bins of equal width."""
    error = 0.0
    for k in range(10):
        bin_ = [(c, y) for c, y in zip(chances, labels, strict=True) if k / 10 <= c < (k + 1) / 10 + (k == 9)]
        error += abs(sum(c for c, _ in bin_) - sum(y for _, y in bin_))
    return f"calibration error {100 * error / max(1, len(chances)):.1f} points of {len(chances)} statements"


def said(e: Example, parts: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """The character spans of token ranges of an example."""
    return content_characters(e.t, parts)
