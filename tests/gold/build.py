"""Build the project's own gold: ``source/*.md``, articles with inline markup, become ``gold.jsonl`` with exact offsets.

    python -m tests.gold.build            write gold.jsonl and print the counts
    python -m tests.gold.build --check    write nothing; exit 1 when gold.jsonl is not what the sources give
    python -m tests.gold.build --pin      write gold.jsonl, and its counts and digest into floors.json

docs/gold.md describes the markup. Every rule of the annotation that a program can see is checked here, and a source
that breaks one is an error with its file and statement.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from portavoce.errors import RecordError
from portavoce.records import Article
from training.articles.annotation import MARKS, check_all_listed, parts, problems, statement
from training.articles.markup import Marked, SourceError

HERE = Path(__file__).parent
SOURCE, GOLD, FLOORS = HERE / "source", HERE / "gold.jsonl", HERE / "floors.json"

OPENING, CLOSING = "«»“”„‟\"‘'<–-", "»”“\"’'>–-"

STYLES: dict[str, tuple[str, str]] = {  # the characters that may stand before and after the quoted words
    "guillemets": ("«", "»"),
    "double-curly": ("“", "”"),
    "low": ("„", "”“"),
    "straight": ('"', '"'),
    "single": ("‘", "’"),
    "angle": ("<", ">"),
    "dash": ("–", "–"),
    "mixed-pair": ('“«„"', '"”“»'),
}
"""Quotation marks by name."""

STATEMENT_PHENOMENA: tuple[str, ...] = (
    *STYLES,
    "repaired", "reopened", "apostrophe", "insertion", "split", "multi-sentence", "multi-paragraph", "follow-up",
    "short", "inversion", "addressee", "dropped-subject", "pronoun", "nominal", "metonym", "secondo", "per",
    "stando-a", "a-detta-di", "a-giudizio-di", "come-riferito", "fonti", "noun-cue", "gerund", "infinitive", "colon",
    "headline", "anaphoric", "nested", "denial", "parataxis", "sloppy",
)  # fmt: skip
"""What makes a statement hard; docs/gold.md says each in a line."""

TRAP_PHENOMENA: tuple[str, ...] = ("scare", "title", "nickname", "conditional", "no-comment", "think", "verdict")
"""What looks like a statement and is none."""

SPELLED = {"a-detta-di": "a detta", "a-giudizio-di": ("a giudizio", "a parere"), "secondo": "secondo", "per": "per",
           "stando-a": "stando"}  # fmt: skip
PRONOUNS = {"lui", "lei", "egli", "ella"}

LINE = re.compile(r"(\d+) (direct|indirect|mixed) \| ([^|]+) \| ([a-z]+) \| ([^|]+) \| ([^|]+)")


def article(source: str) -> dict[str, Any]:
    """One source file as a record of the interchange format, with ``phenomena`` and ``traps`` beside."""
    header, got, lines = parts(source)
    statements = [_statement(line, got, header) for line in lines]
    numbers = [s.pop("number") for s in statements]
    check_all_listed(got, numbers)
    if numbers != list(range(1, len(numbers) + 1)):
        raise SourceError(f"statements are numbered {numbers}")
    _nest(statements)
    return {
        "id": header["id"], "title": got.text.split("\n", 1)[0], "text": got.text, "language": "it", "statements": statements,
        "traps": _traps(got, statements),
    }  # fmt: skip


def _nest(statements: list[dict[str, Any]]) -> None:
    """Put the id of the outer statement in place of its number."""
    for s in statements:
        if (outer := s.pop("outer")) is not None:
            host = statements[outer - 1]
            if not host["content"][0]["start"] <= s["content"][0]["start"] < host["content"][-1]["end"]:
                raise SourceError(f"{s['content'][0]['text']!r} does not stand inside statement {outer}")
            s["reported_by"] = host["id"]


def _traps(got: Marked, statements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The places that only look like statements, in text order."""
    traps = [
        {**span.to_json(), "phenomenon": label[2:]}
        for label, spans in got.spans.items()
        if label.startswith("n:")
        for span in spans
    ]
    for trap in traps:
        if trap["phenomenon"] not in TRAP_PHENOMENA:
            raise SourceError(f"{trap['phenomenon']} is no kind of trap")
        for s in statements:
            if any(trap["start"] < c["end"] and c["start"] < trap["end"] for c in s["content"]):
                raise SourceError(f"the trap {trap['text']!r} stands inside a statement")
    return sorted(traps, key=lambda t: t["start"])


def _statement(line: str, got: Marked, header: dict[str, str]) -> dict[str, Any]:
    fields = LINE.fullmatch(line.strip())
    if not fields:
        raise SourceError(f"not a statement: {line!r}")
    number, *described, tags = (f.strip() for f in fields.groups())
    phenomena, options = [], {}
    for tag in tags.split(","):
        name, _, value = tag.strip().partition("=")
        if value:
            options[name] = value
        elif name != "-":
            phenomena.append(name)
    record = statement(got, header, int(number), described, options) | {
        "polarity": options.get("polarity", "asserts"),
        "phenomena": phenomena,
        "number": int(number),
        "outer": int(options["in"]) if "in" in options else None,
    }
    for problem in _problems(record, got.text):
        raise SourceError(f"statement {number}: {problem}")
    return record


def _problems(s: dict[str, Any], text: str) -> Iterator[str]:
    yield from problems(s, text)
    spans, tags = s["content"], set(s["phenomena"])
    words = " ".join(c["text"] for c in spans)
    title_end = text.index("\n")
    before = text[spans[0]["start"] - 1 : spans[0]["start"]] if spans[0]["start"] else ""
    if text[: spans[0]["start"]].endswith("– "):
        before = "–"
    after = text[spans[-1]["end"] :].lstrip(" .")[:1]
    cue = (s["cue"] or {}).get("text", "").lower()
    speaker = (s["speaker"] or {}).get("text", "")
    quoted = before and before in OPENING and after and after in CLOSING
    for tag in sorted(tags - set(STATEMENT_PHENOMENA)):
        yield f"{tag} is no phenomenon"
    if s["kind"] == "direct" and not quoted and "repaired" not in tags:
        yield "direct, and no marks around it"
    if s["kind"] == "indirect" and (quoted or (MARKS & (set(words) - set('"–')) and "cosiddetto" not in words)):
        yield "indirect, and marks inside or around it"
    for phrase in s["about"]:
        if phrase.casefold() not in text.casefold():
            yield f"about {phrase!r} does not stand in the text"
    expected = {
        "follow-up": not cue and not speaker and spans[0]["start"] > title_end,
        "dropped-subject": bool(cue and not speaker and s["actor"]),
        "split": len(spans) > 1,
        "multi-sentence": any(re.search(r"[.?!] \S|\.\n", c["text"]) for c in spans),
        "multi-paragraph": "\n\n" in words,
        "insertion": "[" in words or "ndr" in words,
        "gerund": bool(re.search(r"ndo\b", cue)) and cue not in {"secondo", "stando"},
        "headline": spans[0]["start"] < title_end,
        "nested": "nested" in tags or s["outer"] is not None,
    }
    for name, holds in expected.items():
        if holds != (name in tags):
            yield f"{name} is {'missing' if holds else 'claimed wrongly'}"
    needs = {
        "reopened": "\n\n" in words,
        "apostrophe": bool(re.search(r"[’']|\d\"", words)),
        "pronoun": speaker.lower() in PRONOUNS,
        "short": len(words.split()) <= 3,
        "inversion": bool(cue and speaker) and s["speaker"]["start"] > s["cue"]["end"],
        "infinitive": bool(re.search(r"re\b", cue)),
        "colon": ":" in text[: spans[0]["start"]][-4:],
        "anaphoric": bool(re.search(r"^(lo|così|parola)\b", cue)),
        **{name: cue.startswith(form) for name, form in SPELLED.items()},
        **{
            name: bool(before and before in first and after and after in last)
            or bool(set(first) & set(words) or set(last) & set(words))
            for name, (first, last) in STYLES.items()
        },
    }
    for name in sorted(tags & needs.keys()):
        if not needs[name]:
            yield f"{name} is claimed wrongly"


def build() -> list[dict[str, Any]]:
    """All articles of the sources, in the order of their file names, each one loaded as a record."""
    articles = []
    for path in sorted(SOURCE.glob("*.md")):
        try:
            articles.append(article(path.read_text(encoding="utf-8")))
            Article.from_json(articles[-1])
        except (SourceError, RecordError, KeyError, ValueError) as error:
            raise SourceError(f"{path.name}: {error}") from error
    return articles


def serialized(articles: list[dict[str, Any]]) -> str:
    """The articles as JSONL."""
    return "".join(json.dumps(a, ensure_ascii=False) + "\n" for a in articles)


def counts(articles: list[dict[str, Any]]) -> dict[str, Any]:
    """How many articles and statements there are, by kind, category and phenomenon, and the digest of the file."""
    statements = [s for a in articles for s in a["statements"]]
    phenomena = Counter(p for s in statements for p in s["phenomena"])
    phenomena.update(t["phenomenon"] for a in articles for t in a["traps"])
    return {
        "articles": len(articles),
        "statements": len(statements),
        "kinds": dict(sorted(Counter(s["kind"] for s in statements).items())),
        "categories": dict(sorted(Counter(s["category"] for s in statements).items())),
        "phenomena": {p: phenomena[p] for p in (*STATEMENT_PHENOMENA, *TRAP_PHENOMENA)},
        "sha256": hashlib.sha256(serialized(articles).encode()).hexdigest(),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare gold.jsonl with the sources, write nothing")
    parser.add_argument("--pin", action="store_true", help="write the counts and the digest into floors.json too")
    arguments = parser.parse_args()
    try:
        articles = build()
    except SourceError as error:
        print(error, file=sys.stderr)
        return 1
    if arguments.check:
        fresh = GOLD.exists() and GOLD.read_text(encoding="utf-8") == serialized(articles)
        print(
            "gold.jsonl is up to date" if fresh else "gold.jsonl is stale: run python -m tests.gold.build",
            file=sys.stderr,
        )
        return 0 if fresh else 1
    GOLD.write_text(serialized(articles), encoding="utf-8")
    counted = counts(articles)
    if arguments.pin:
        floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {"scores": {}}
        floors["gold"] = counted
        FLOORS.write_text(json.dumps(floors, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(counted, ensure_ascii=False, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
