"""The annotated articles that were written for training: ``source/*.md`` become interchange records with entities beside them.

    python -m training.articles.build            check every source and print the counts
    python -m training.articles.build OUT.jsonl  and write the records

A source looks as docs/gold.md says, several in one file divided by a line of ``=====``, with one line less strict (no
phenomena behind a statement, only options) and three lines more: ``PER:``, ``LOC:`` and ``ORG:`` list the names of each
kind as they stand in the text, divided by ``;``.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from portavoce.errors import RecordError
from portavoce.records import Article
from training.articles.annotation import check_all_listed, parts, problems, statement
from training.articles.markup import Marked, SourceError

SOURCE = Path(__file__).parent / "source"
ENTITIES = ("PER", "LOC", "ORG")
BETWEEN = re.compile(r"^=====\n", re.MULTILINE)


def article(source: str) -> dict[str, Any]:
    """Return one source as a record of the interchange format, with ``entities`` (spans with their label) beside."""
    header, got, lines = parts(source)
    names = {label: line[4:] for line in lines for label in ENTITIES if line.startswith(f"{label}:")}
    listed = (line for line in lines if line[:4] not in {f"{e}:" for e in ENTITIES})
    statements = [_statement(line, number, got, header) for number, line in enumerate(listed, 1)]
    check_all_listed(got, range(1, len(statements) + 1))
    for number, s in enumerate(statements, 1):
        for problem in _problems(s, got.text):
            raise SourceError(f"statement {number}: {problem}")
    return {
        "id": header["id"], "title": got.text.split("\n", 1)[0], "text": got.text, "language": "it",
        "statements": statements, "entities": _entities(names, got.text),
    }  # fmt: skip


def _statement(line: str, number: int, got: Marked, header: dict[str, str]) -> dict[str, Any]:
    fields = [f.strip() for f in line.split("|")]
    if len(fields) not in {4, 5} or fields[0].split() != [str(number), *fields[0].split()[1:2]]:
        raise SourceError(f"statement {number} expected: 'N kind | actor | kind of actor | about', not {line!r}")
    options = dict(o.strip().split("=", 1) for o in fields[4].split(",") if "=" in o) if len(fields) == 5 else {}
    return statement(got, header, number, [fields[0].split()[1], *fields[1:4]], options)


def _problems(s: dict[str, Any], text: str) -> Iterator[str]:
    yield from problems(s, text)
    before, after = text[: s["content"][0]["start"]].rstrip()[-1:], text[s["content"][-1]["end"] :].lstrip(" .,")[:1]
    if s["kind"] == "indirect" and before and before in '«“"' and after and after in '»”"':
        yield "indirect, and marks around it"


def _entities(names: dict[str, str], text: str) -> list[dict[str, Any]]:
    """Return every place of every name, the longest first where names overlap."""
    listed = {name.strip(): label for label, line in names.items() for name in line.split(";") if name.strip()}
    if missing := [name for name in listed if name not in text]:
        raise SourceError(f"{'; '.join(missing)}: listed as a name, not in the text")
    taken: list[dict[str, Any]] = []
    for name in sorted(listed, key=lambda n: (-len(n), n)):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            start, end = match.span()
            if all(end <= t["start"] or t["end"] <= start for t in taken):
                taken.append({"start": start, "end": end, "text": name, "label": listed[name]})
    return sorted(taken, key=lambda t: t["start"])


def build(folder: Path = SOURCE) -> list[dict[str, Any]]:
    """Return all articles, in the order of their files, each one loaded as a record."""
    articles: list[dict[str, Any]] = []
    for path in sorted(folder.glob("*.md")):
        for source in BETWEEN.split(path.read_text(encoding="utf-8")):
            if not source.strip():
                continue
            try:
                articles.append(article(source))
                Article.from_json(articles[-1])
            except (SourceError, RecordError, KeyError, ValueError) as error:
                raise SourceError(f"{path.name}: {source.strip().partition(chr(10))[0]}: {error}") from error
    if repeated := [i for i, n in Counter(a["id"] for a in articles).items() if n > 1]:
        raise SourceError(f"{', '.join(repeated)}: twice")
    return articles


def main() -> int:
    """Check the sources, print the counts, and write the records where a file is named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", nargs="?", type=Path)
    parser.add_argument("--source", type=Path, default=SOURCE, help="another folder with sources")
    given = parser.parse_args()
    try:
        articles = build(given.source)
    except SourceError as error:
        print(error, file=sys.stderr)
        return 1
    statements = [s for a in articles for s in a["statements"]]
    counted = {
        "articles": len(articles),
        "statements": len(statements),
        "kinds": dict(Counter(s["kind"] for s in statements)),
        "no cue": sum(not s["cue"] for s in statements),
        "no speaker": sum(not s["speaker"] for s in statements),
        "entities": dict(Counter(e["label"] for a in articles for e in a["entities"])),
        "words": sum(len(a["text"].split()) for a in articles),
    }
    print(json.dumps(counted, ensure_ascii=False, indent=2))
    if given.out:
        given.out.write_text("".join(json.dumps(a, ensure_ascii=False) + "\n" for a in articles), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
