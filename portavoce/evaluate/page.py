"""The differences between gold and prediction as one HTML page: figures, mistakes by class, and the texts with both.

The page needs nothing but itself: no script, nothing from elsewhere. All text in it is escaped, and as a text may hold
overlapping spans, it is cut wherever one begins or ends, so that elements nest.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from portavoce.evaluate.mistakes import ERROR_CLASSES, Comparison, Mistake
from portavoce.evaluate.scores import ClassFigures, Scores
from portavoce.markup import POLICY, STYLE, escaped
from portavoce.records import Article, Span, Statement

_STYLE = (
    STYLE
    + """
table { margin: 0 1.5em 1em 0; display: inline-table; vertical-align: top }
.article { display: flex; gap: 2em; align-items: flex-start; border-top: 2px solid var(--dim); flex-wrap: wrap }
.text { flex: 3 1 24em; white-space: pre-wrap; overflow-wrap: anywhere; line-height: 2 }
.pairs { flex: 2 1 18em; font-size: 14px; overflow-wrap: anywhere; padding-left: 1em }
.pairs li { list-style: none; margin-bottom: .7em; padding-left: .5em; border-left: 4px solid var(--green) }
.pairs li.wrong { border-color: var(--wrong) }
.error { color: var(--wrong) }
h2 { font-size: 18px; width: 100%; margin-bottom: 0 }
li:target, a:target + span { outline: 3px solid var(--focus) }
.gold-content { border-bottom: 3px solid var(--green) }
.gold-cue { text-decoration: underline 3px dotted var(--orange); text-underline-offset: 3px }
.gold-speaker { text-decoration: underline 3px dashed var(--blue); text-underline-offset: 3px }
.gold-cue.gold-speaker { text-decoration: underline 3px double var(--violet) }
.predicted-content { background-color: var(--content) }
.predicted-cue { background-image: linear-gradient(var(--cue) 45%, transparent 45%) }
.predicted-speaker { background-image: linear-gradient(var(--speaker) 45%, transparent 45%) }
.predicted-cue.predicted-speaker { background-image: linear-gradient(var(--both) 45%, transparent 45%) }
"""
)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A span of the text in its part for a statement of one side."""

    start: int
    end: int
    side: str
    number: int
    part: str


def html_page(gold: Sequence[Article], predicted: Sequence[Article], scores: Scores) -> str:
    """The page for gold articles, what was predicted for them, and the `Scores` of both.

    The same input gives the same page.
    """
    found = {article.id: article.statements for article in predicted}
    comparisons = [Comparison(article, found.get(article.id, ())) for article in gold]
    mistakes = [list(comparison.mistakes()) for comparison in comparisons]
    parts = [
        "<!DOCTYPE html>",
        '<html lang="it"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        f"<title>portavoce evaluate</title><style>{_STYLE}</style></head><body>",
        "<h1>Gold and prediction</h1>",
        f"<p>{scores.articles} articles, {scores.counts['gold']} gold statements, {scores.counts['predicted']} predicted</p>",
        *_named("not predicted, counted as without statements", scores.missing),
        *_named("predicted but not in the gold, left out", scores.unknown),
        *_figures(scores),
        *_named("left out on request", scores.without),
        *(line for by, classes in scores.breakdowns.items() for line in _breakdown(by, classes)),
        *_calibration(scores),
        *_errors(mistakes),
        "<h1>Texts</h1>",
        _legend(),
    ]
    for number, (comparison, wrong) in enumerate(zip(comparisons, mistakes, strict=True), start=1):
        parts += _article(number, comparison, wrong)
    return "\n".join([*parts, "</body></html>", ""])


def _named(what: str, ids: Sequence[str]) -> Iterator[str]:
    if ids:
        yield f"<p>{what}: {escaped(', '.join(ids))}</p>"


def _row(cells: Sequence[str], tag: str = "td") -> str:
    return f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in cells)}</tr>"


def _interval(low: float, high: float) -> str:
    return f"{100 * low:.1f}–{100 * high:.1f}"


def _figures(scores: Scores) -> Iterator[str]:
    yield f"<table>{_row(['', 'P', 'R', 'F1', '95 %'], 'th')}"
    for name, figure in scores.figures.items():
        values = [f"{100 * value:.1f}" for value in figure]
        yield _row([name, *[""] * (3 - len(values)), *values, _interval(*scores.intervals[name])])
    yield "</table>"


def _breakdown(by: str, classes: Mapping[str, ClassFigures]) -> Iterator[str]:
    yield f"<table>{_row([by, 'gold', 'R50', '95 %', 'R80', '95 %', 'A', '95 %'], 'th')}"
    for name, these in classes.items():
        cells = [name, str(these.gold)]
        for figure, value in these.figures.items():
            counted = these.actor_known if figure == "A" else these.gold
            cells += [f"{100 * value:.1f}", _interval(*these.intervals[figure])] if counted else ["–", ""]
        yield _row(cells)
    yield "</table>"


def _calibration(scores: Scores) -> Iterator[str]:
    if scores.calibration:
        yield f"<table>{_row(['by confidence', 'predicted', 'confidence', 'right'], 'th')}"
        for b in scores.calibration:
            shares = [f"{100 * b.confidence:.1f}", f"{100 * b.right:.1f}"] if b.predicted else ["–", "–"]
            yield _row([f"{b.low:.1f}–{b.high:.1f}", str(b.predicted), *shares])
        yield "</table>"


def _error_anchor(error: str) -> str:
    return f"error-{list(ERROR_CLASSES).index(error) + 1}"


def _errors(mistakes: Sequence[Sequence[Mistake]]) -> Iterator[str]:
    by_class: dict[str, list[tuple[int, Mistake]]] = defaultdict(list)
    for number, these in enumerate(mistakes, start=1):
        for mistake in these:
            by_class[mistake.error].append((number, mistake))
    total = sum(map(len, by_class.values()))
    yield f"<h1>Mistakes</h1><table>{_row(['class', 'count', 'share', 'what it means'], 'th')}"
    for name, meaning in ERROR_CLASSES.items():
        count = len(by_class[name])
        shown = f'<a href="#{_error_anchor(name)}">{count}</a>' if count else "0"
        yield _row([name, shown, f"{100 * count / total:.1f} %" if count else "", meaning])
    yield "</table>"
    for name in ERROR_CLASSES:
        if by_class[name]:
            yield f'<details open id="{_error_anchor(name)}"><summary>{name}: {len(by_class[name])}</summary><ul>'
            for number, mistake in by_class[name]:
                yield f'<li><a href="#{_row_anchor(number, mistake)}">{escaped(mistake.article)}</a> {escaped(mistake.text)}</li>'
            yield "</ul></details>"


def _row_anchor(number: int, mistake: Mistake) -> str:
    return f"a{number}-" + (f"g{mistake.gold + 1}" if mistake.gold is not None else f"p{(mistake.predicted or 0) + 1}")


def _legend() -> str:
    shown = [
        f'<span class="{side}-{part}">{side} {part}</span>'
        for side in ("gold", "predicted")
        for part in ("content", "cue", "speaker")
    ]
    return f"<p>{' · '.join(shown)} · G1 is the first gold statement of an article, P1 the first predicted one</p>"


def _article(number: int, comparison: Comparison, mistakes: Sequence[Mistake]) -> Iterator[str]:
    article = comparison.article
    title = f"{article.id} · {article.title}" if article.title else article.id
    yield f'<section class="article" id="a{number}"><h2>{escaped(title)}</h2>'
    marks = [*_marks("gold", comparison.gold), *_marks("predicted", comparison.predicted)]
    yield f'<div class="text">{_marked(article.text, marks, number)}</div>'
    yield '<ul class="pairs">'
    answers = {i: (j, overlap) for i, j, overlap in comparison.pairs}
    for i, statement in enumerate(comparison.gold):
        lines = [_statement("G", number, i, statement)]
        if i in answers:
            j, overlap = answers[i]
            lines += [_statement("P", number, j, comparison.predicted[j]), f"overlap {overlap:.2f}"]
        yield _item(f"a{number}-g{i + 1}", lines, [m.error for m in mistakes if m.gold == i])
    answering = {j for j, _ in answers.values()}
    for j, statement in enumerate(comparison.predicted):
        if j not in answering:
            wrong = [m.error for m in mistakes if m.gold is None and m.predicted == j]
            yield _item(f"a{number}-p{j + 1}", [_statement("P", number, j, statement)], wrong)
    yield "</ul></section>"


def _item(anchor: str, lines: Sequence[str], errors: Sequence[str]) -> str:
    links = [f'<a class="error" href="#{_error_anchor(error)}">{error}</a>' for error in errors]
    opening = '<li class="wrong"' if errors else "<li"
    return f'{opening} id="{anchor}">{"<br>".join([*lines, *links])}</li>'


def _statement(letter: str, number: int, place: int, s: Statement) -> str:
    name = f"{letter}{place + 1}"
    about = [s.kind, s.actor or "no actor"]
    about += [f"speaker {s.speaker.text}"] if s.speaker else []
    about += [f"cue {s.cue.text}"] if s.cue else []
    about += [f"rule {s.rule}"] if s.rule else []
    about += [f"confidence {s.confidence}"] if s.confidence is not None else []
    return f'<a href="#t{number}-{name.lower()}">{name}</a> {escaped(" · ".join(about))}<br>{escaped(s.text)}'


def _marks(side: str, statements: Sequence[Statement]) -> Iterator[_Mark]:
    for number, s in enumerate(statements, start=1):
        spans: list[tuple[str, Span]] = [("content", span) for span in s.content]
        spans += [("cue", s.cue)] if s.cue else []
        spans += [("speaker", s.speaker)] if s.speaker else []
        for part, span in spans:
            yield _Mark(span.start, span.end, side, number, part)


def _marked(text: str, marks: Sequence[_Mark], article: int) -> str:
    """The text cut at every end of a mark, each piece in one element with the classes of all marks over it."""
    opened, closed = defaultdict(list), defaultdict(list)
    for mark in marks:
        opened[mark.start].append(mark)
        closed[mark.end].append(mark)
    cuts = sorted({0, len(text), *opened, *closed})
    active: Counter[_Mark] = Counter()
    anchored: set[tuple[str, int]] = set()
    out = []
    for start, end in pairwise(cuts):
        active -= Counter(closed[start])
        active += Counter(opened[start])
        for mark in opened[start]:
            if mark.part == "content" and (mark.side, mark.number) not in anchored:
                anchored.add((mark.side, mark.number))
                out.append(f'<a id="t{article}-{mark.side[0]}{mark.number}"></a>')
        piece = escaped(text[start:end])
        if active:
            classes = " ".join(sorted({f"{mark.side}-{mark.part}" for mark in active}))
            names = sorted({f"{mark.side[0].upper()}{mark.number} {mark.part}" for mark in active})
            out.append(f'<span class="{classes}" title="{", ".join(names)}">{piece}</span>')
        else:
            out.append(piece)
    return "".join(out)
