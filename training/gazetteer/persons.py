"""The persons of the gazetteer from a JSON-lines list of office holders: `persons.py LIST.jsonl COUNTRIES.csv > persons.tsv`.

A line of the list has qid, names by language, gender, dob, countries (ISO codes or English names) and roles with start and
end; the table of countries has iso2 and name_it. Left out are those whose last office ended before 1950.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

from portavoce.graph.resolve.names import known_name

EARLIEST = "1950"
COLUMNS = ("wikidata", "name", "aliases", "gender", "born", "countries", "offices")


def main(persons: str, countries: str) -> None:
    with Path(countries).open(encoding="utf-8") as stream:
        italian = {row["iso2"]: row["name_it"] for row in csv.DictReader(stream)}
    english = dict(
        line.split("\t") for line in Path(__file__).with_name("countries_en_it.tsv").read_text("utf-8").splitlines()
    )
    print(*COLUMNS, sep="\t")
    for line in sorted(Path(persons).read_text("utf-8").splitlines(), key=lambda s: int(json.loads(s)["qid"][1:])):
        p = json.loads(line)
        offices = sorted({(start, end, role) for role, start, end in p["roles"]})
        if offices and not any(end >= EARLIEST or (not end and start >= EARLIEST) for start, end, _ in offices):
            continue
        name = p["names"].get("it") or p["names"]["en"]
        places = {_country(c, italian, english) for c in p["countries"]}
        print(
            p["qid"], name, "|".join(sorted({n for n in p["names"].values() if n.isascii() or _latin(n)} - {name})),
            (p["gender"] or "")[:1], p["dob"] or "", "|".join(sorted(places)),
            "|".join(f"{role}@{start}@{end}" for start, end, role in offices), sep="\t",
        )  # fmt: skip


def _latin(name: str) -> bool:
    return all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or not c.isalpha() for c in name)


def _country(told: str, italian: dict[str, str], english: dict[str, str]) -> str:
    name = italian.get(told) or english.get(told) or told
    known = known_name(name, "country")
    return known.canonical if known else name


if __name__ == "__main__":
    main(*sys.argv[1:])
