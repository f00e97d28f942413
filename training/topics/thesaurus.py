"""Packs EuroVoc and the EU data themes into the package's data folder.

python -m training.topics.thesaurus EUROVOC.tsv THEMES.csv FOLDER
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections import defaultdict
from pathlib import Path

CORRECTED = {"Transporti": "Trasporti"}  # a slip of the source's Italian label


def pack_concepts(source: Path, target: Path) -> int:
    """Write id, label, microthesaurus and broader concepts, one concept a line, and return how many."""
    with source.open(encoding="utf8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    lines = ["\t".join((r["id"], r["prefLabel_it"], r["microthesaurus"], r["broader"])) for r in rows]
    lines = sorted(line for line in lines if line.split("\t")[1])
    target.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), 9, mtime=0))
    return len(lines)


def pack_themes(source: Path, target: Path) -> int:
    """Write code, label and microthesauri of each theme, and return how many."""
    parts: dict[tuple[str, str], set[str]] = defaultdict(set)
    with source.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            label = row["label_1_livello_it"].strip()
            parts[row["codice_1_livello"], CORRECTED.get(label, label)].add(row["codice_2_livello"])
    lines = [f"{code}\t{label}\t{'|'.join(sorted(found))}" for (code, label), found in sorted(parts.items())]
    target.write_text("# theme, label, EuroVoc microthesauri\n" + "\n".join(lines) + "\n", encoding="utf8")
    return len(lines)


def main(arguments: list[str]) -> None:
    eurovoc, themes, folder = map(Path, arguments)
    print(pack_concepts(eurovoc, folder / "eurovoc.tsv.gz"), "concepts")
    print(pack_themes(themes, folder / "themes.tsv"), "themes")


if __name__ == "__main__":
    main(sys.argv[1:])
