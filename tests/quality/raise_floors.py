"""Show today's figures on the own gold beside the floors of the gate; with --raise, raise the floors to them.

After a change of the gold: `python -m tests.gold.build --pin`, then this with --raise or --lower. Floors go down only with --lower.
"""

from __future__ import annotations

import argparse
import json

import gate

from portavoce.evaluate import score


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--raise", action="store_true", dest="up", help="write the floors, none lower than before")
    parser.add_argument("--lower", action="store_true", help="write the floors, lower ones too")
    parser.add_argument("--margin", type=float, default=1.0, help="points between a figure and its floor (1.0)")
    options = parser.parse_args()

    corpus = gate.Corpus.of(gate.OWN_GOLD)
    pinned = json.loads(gate.FLOORS.read_text(encoding="utf-8")) if gate.FLOORS.is_file() else {}
    found = gate.found(corpus)
    scores = score(corpus.articles, found)
    figures, floors = gate.today(scores), pinned.get("scores", {})
    print(scores.table())
    for phenomenon, (hits, whole) in gate.by_phenomenon(gate.OWN_GOLD, found).items():
        print(f"{phenomenon:24} {hits:4} of {whole}")
    for name, value in figures.items():
        print(f"{name:10} {value:6.1f}  floor {floors.get(name, '-')}")
    for line in gate.changed_pins(corpus, pinned):
        print(f"the gold has changed: {line}")
    if options.up or options.lower:
        new = gate.moved(figures, floors, margin=options.margin, lower=options.lower)
        pinned |= {"scores": new, "measured_on": corpus.sha256}
        gate.FLOORS.write_text(json.dumps(pinned, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        print(f"written: {gate.FLOORS.relative_to(gate.ROOT)}")


if __name__ == "__main__":
    main()
