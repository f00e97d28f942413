"""How well polarity, certainty, act, tense and nesting agree with 210 statements labelled by hand.

    python tests/quality/worth.py [--pipeline NAME] [--drawn 1|2] [--show]

The statements are those of ``../shared/gold/dev.jsonl``; ``tests/gold/worth.jsonl`` has their ids and labels, and no text.
Cue and content are the annotated ones, so that the figures are of the worth alone. docs/gold.md says how the sample was drawn.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from portavoce.extract.acts import Attribution, Cue
from portavoce.extract.annotate import annotate, load_pipeline
from portavoce.extract.attribution.choice import AttributionModel
from portavoce.extract.attribution.cues import CueLexicon, find_cues
from portavoce.extract.tokens import Tokens
from portavoce.extract.worth import with_reporters, worth
from portavoce.records import Article, Statement

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT.parent / "shared" / "gold" / "dev.jsonl"
LABELS = ROOT / "tests" / "gold" / "worth.jsonl"
FIELDS = ("polarity", "certainty", "act", "tense", "nested")


def labels(drawn: int | None = None) -> dict[str, dict[str, object]]:
    """The labels by statement, of one draw or of both."""
    rows = map(json.loads, LABELS.read_text(encoding="utf-8").splitlines())
    return {row["statement"]: {f: row[f] for f in FIELDS} for row in rows if drawn in (None, row["drawn"])}


def attributed(t: Tokens, statement: Statement, lexicon: CueLexicon, cues: list[Cue]) -> Attribution:
    """An annotated statement as the extraction would hand it on: its cue as the candidate that lies in the annotated one."""
    content = tuple((span.start, span.end) for span in statement.content)
    cue = Cue("none", t.at(content[0][0]), t.at(content[0][0]), t.at(content[0][0]), "")
    if statement.cue is not None:
        start, end = statement.cue.start, statement.cue.end
        inside = [c for c in cues if start <= t.start[c.head] < end and c.kind != "colon"]
        order = ["noun", "verb", "prep"]
        light = lambda c: c.kind == "verb" and lexicon.class_of(c) in ("light", "-", "other")  # noqa: E731
        if inside:
            cue = max(inside, key=lambda c: (not light(c), order.index(c.kind), c.head))
        else:
            first, last = t.at(start), t.at(end - 1)
            head = max(range(first, last + 1), key=lambda k: (t.pos[k] == "VERB", t.pos[k] == "NOUN", k))
            cue = Cue("verb" if t.pos[head] in ("VERB", "AUX") else "noun", head, first, last, t.lemma[head])
    return Attribution(cue, content, statement.kind, "gold", 1.0)


def measured(
    pipeline: str | None = None, *, drawn: int | None = None
) -> tuple[dict[str, float], Counter[tuple[str, object, object]], list[str]]:
    """The share of each field that agrees, what was taken for what, and the differences."""
    wanted = labels(drawn)
    articles = [Article.from_json(json.loads(line)) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    articles = [a for a in articles if any(s.id in wanted for s in a.statements)]
    nlp = load_pipeline(pipeline)
    confused: Counter[tuple[str, object, object]] = Counter()
    shown = []
    for article, doc in zip(articles, annotate((a.text for a in articles), nlp), strict=True):
        t = Tokens(doc, article.text)
        lexicon = AttributionModel.load("it", evidence=t.evidence is not None).lexicon
        cues = find_cues(t, lexicon)
        made = [attributed(t, s, lexicon, cues) for s in article.statements]
        nested = with_reporters(t, made, list(article.statements))
        for statement, attribution, within in zip(article.statements, made, nested, strict=True):
            if statement.id not in wanted:
                continue
            value = worth(t, attribution, lexicon)
            found = {
                "polarity": value.polarity, "certainty": value.certainty, "act": value.act, "tense": value.tense,
                "nested": within.reported_by is not None,
            }  # fmt: skip
            for field, label in wanted[statement.id].items():
                confused[field, label, found[field]] += 1
                if label != found[field]:
                    cue = statement.cue.text if statement.cue else None
                    shown.append(f"{field}: {label}, found {found[field]} | {cue} | {statement.text[:150]}")
    shares = {
        field: sum(n for (f, a, b), n in confused.items() if f == field and a == b)
        / sum(n for (f, _, _), n in confused.items() if f == field)
        for field in FIELDS
    }
    return shares, confused, shown


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pipeline")
    parser.add_argument("--drawn", type=int, choices=(1, 2), help="one draw alone")
    parser.add_argument("--show", action="store_true", help="the differences, one a line")
    args = parser.parse_args()
    if not GOLD.is_file():
        sys.exit("there is no ../shared beside the checkout: the labelled statements cannot be read")
    shares, confused, shown = measured(args.pipeline, drawn=args.drawn)
    for field, share in shares.items():
        classes = Counter({label: n for (f, label, found), n in confused.items() if f == field and label == found})
        totals: Counter[object] = Counter()
        for (f, label, _), n in confused.items():
            totals[label] += n * (f == field)
        parts = ", ".join(f"{label} {classes[label]} of {n}" for label, n in totals.items() if n)
        print(f"{field:10}{100 * share:6.1f} %   {parts}")
    if args.show:
        print(*sorted(shown), sep="\n")


if __name__ == "__main__":
    main()
