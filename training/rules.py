"""Count how often each rule is right: docs/rules.json, from which docs/rules.md is made.

    python -m training.rules GOLD.jsonl PREDICTED.jsonl --corpus WORDS [--out docs/rules.json]
    python docs/regenerate.py

PREDICTED should be predictions by models that did not learn from the article (out of fold, or on a file that took no part).
``--corpus`` says in the page what was counted, as in "train, out of fold".
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from portavoce.evaluate import read_records
from portavoce.evaluate.mistakes import GOOD, Comparison, actor_right
from portavoce.extract.rules import catalogue, parts_of
from portavoce.records import Article

KEYS = ("predicted", "found", "actor known", "actor right")
HOUSE = Path(__file__).resolve().parents[1]


def counted(gold: list[Article], predicted: list[Article]) -> dict[str, dict[str, dict[str, int]]]:
    """By part and name: statements predicted, those found at .8, those whose gold actor is known, and the right ones of these.

    ``whole`` has the same for cue and content rules as they stand in the records.
    """
    found = {article.id: article.statements for article in predicted}
    counts: dict[tuple[str, str], Counter[str]] = {part: Counter() for part in catalogue()}
    whole: dict[str, Counter[str]] = {}
    for article in gold:
        comparison = Comparison(article, found.get(article.id, ()))
        answered = {j: (i, overlap) for i, j, overlap in comparison.pairs}
        for j, statement in enumerate(comparison.predicted):
            if statement.rule is None:
                continue
            c = Counter({"predicted": 1})
            if j in answered:
                i, overlap = answered[j]
                known = comparison.gold[i].actor is not None
                right = known and actor_right(comparison.gold[i], statement)
                c += Counter({"found": int(overlap >= GOOD), "actor known": int(known), "actor right": int(right)})
            whole.setdefault(statement.rule.partition("+")[0], Counter()).update(c)
            for part in parts_of(statement.rule):
                counts.setdefault(part, Counter()).update(c)
    out: dict[str, dict[str, dict[str, int]]] = {}
    for (part, name), c in counts.items():
        out.setdefault(part, {})[name] = {key: c[key] for key in KEYS}
    ordered = sorted(whole.items(), key=lambda item: (-item[1]["predicted"], item[0]))
    return out | {"whole": {name: {key: c[key] for key in KEYS} for name, c in ordered}}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("predicted", type=Path)
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--out", type=Path, default=HOUSE / "docs" / "rules.json")
    args = parser.parse_args()
    gold, predicted = read_records(args.gold), read_records(args.predicted)
    data = {
        "corpus": args.corpus,
        "articles": len(gold),
        "statements": sum(len(article.statements) for article in predicted),
        "rules": counted(gold, predicted),
    }
    args.out.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
