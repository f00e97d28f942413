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
from portavoce.ids import statement_id
from portavoce.records import CATEGORIES, Article, Span
from training.articles.markup import SourceError, marked

SOURCE = Path(__file__).parent / "source"
ENTITIES = ("PER", "LOC", "ORG")
KINDS = ("direct", "indirect", "mixed")
ACTORS = ("person", "organization", "country", "group", "document", "unknown")
MARKS = '«»“”„"‘<>'
BETWEEN = re.compile(r"^=====\n", re.MULTILINE)


def article(source: str) -> dict[str, Any]:
    """Return one source as a record of the interchange format, with ``entities`` (spans with their label) beside."""
    head, _, rest = source.strip().partition("\n\n")
    header = dict(line.split(": ", 1) for line in head.splitlines())
    body, _, tail = rest.partition("\n===\n")
    got = marked(body.strip())
    lines = [line.strip() for line in tail.splitlines() if line.strip()]
    names = {label: line[4:] for line in lines for label in ENTITIES if line.startswith(f"{label}:")}
    statements = [
        _statement(line, number, got.spans, header)
        for number, line in enumerate((x for x in lines if x[:4] not in {f"{e}:" for e in ENTITIES}), 1)
    ]
    used = {f"{letter}{n}" for n in range(1, len(statements) + 1) for letter in "cks"}
    if stray := [label for label in got.spans if label not in used and not label.startswith("n:")]:
        raise SourceError(f"{', '.join(stray)}: marked in the text, not in the list")
    for problem in (p for s in statements for p in _problems(s, got.text)):
        raise SourceError(problem)
    return {
        "id": header["id"], "title": got.text.split("\n", 1)[0], "text": got.text, "language": "it",
        "statements": statements, "entities": _entities(names, got.text),
    }  # fmt: skip


def _statement(line: str, number: int, spans: dict[str, list[Span]], header: dict[str, str]) -> dict[str, Any]:
    fields = [f.strip() for f in line.split("|")]
    if len(fields) not in {4, 5} or fields[0].split() != [str(number), *fields[0].split()[1:2]]:
        raise SourceError(f"statement {number} expected: 'N kind | actor | kind of actor | about', not {line!r}")
    kind, (actor, actor_kind, about) = fields[0].split()[1], fields[1:4]
    options = dict(o.strip().split("=", 1) for o in fields[4].split(",") if "=" in o) if len(fields) == 5 else {}
    content, cue, speaker = (spans.get(f"{letter}{number}", []) for letter in "cks")
    if not content or len(cue) > 1 or len(speaker) > 1:
        raise SourceError(f"statement {number}: needs content, one cue at most and one speaker at most")
    return {
        "id": statement_id(header["id"], content, cue[0] if cue else None),
        "kind": kind,
        "content": [span.to_json() for span in content],
        "cue": cue[0].to_json() if cue else None,
        "speaker": speaker[0].to_json() if speaker else None,
        "actor": None if actor == "-" else actor,
        "actor_kind": actor_kind,
        "about": [a.strip() for a in about.split(";")],
        "category": options.get("category", header["category"]),
    }


def _problems(s: dict[str, Any], text: str) -> Iterator[str]:
    words = " ".join(c["text"] for c in s["content"])
    where = f"{words[:40]!r}"
    before, after = text[: s["content"][0]["start"]].rstrip()[-1:], text[s["content"][-1]["end"] :].lstrip(" .,")[:1]
    if s["kind"] not in KINDS or s["actor_kind"] not in ACTORS or s["category"] not in CATEGORIES:
        yield f"{where}: {s['kind']}, {s['actor_kind']} or {s['category']} is unknown"
    for span in (*s["content"], s["cue"], s["speaker"]):
        if span and span["text"] != span["text"].strip(" \n.,;:"):
            yield f"{span['text']!r} begins or ends with a space or a stop"
    if re.match(r"(che|di) |d'", s["content"][0]["text"]) and s["kind"] != "direct":
        yield f"{where} begins with the introducing word"
    if s["kind"] == "mixed" and not set(MARKS) & set(words):
        yield f"{where}: mixed, and no marks inside it"
    if s["kind"] == "indirect" and before and before in '«“"' and after and after in '»”"':
        yield f"{where}: indirect, and marks around it"
    if not 1 <= len(s["about"]) <= 3:
        yield f"{where}: about has one to three phrases"
    if (s["actor"] is None) != (s["actor_kind"] == "unknown"):
        yield f"{where}: an actor and its kind come together"
    if s["actor_kind"] == "person" and s["actor"][0].isupper() and s["actor"] not in text:
        yield f"{s['actor']!r} does not stand in the text"


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
