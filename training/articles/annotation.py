"""What the gold and the articles written for training share: the parts of a source, a statement's line, and its rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from portavoce.ids import statement_id
from portavoce.records import CATEGORIES, ActorKind, QuoteKind
from training.articles.markup import Marked, SourceError, marked

MARKS = frozenset('«»“”„"‘<>–')
"""Characters of which one stands in every quotation."""


def parts(source: str) -> tuple[dict[str, str], Marked, list[str]]:
    """The header of a source, its article, and the lines below it."""
    head, _, rest = source.lstrip().partition("\n\n")
    header = dict(line.split(": ", 1) for line in head.splitlines())
    body, _, tail = rest.partition("\n===\n")
    return header, marked(body.strip()), [line.strip() for line in tail.splitlines() if line.strip()]


def check_all_listed(got: Marked, numbers: Iterable[int]) -> None:
    """Raise `SourceError` for a label of the text that belongs to none of the statements with these numbers."""
    used = {f"{letter}{n}" for n in numbers for letter in "cks"}
    if stray := [label for label in got.spans if label not in used and not label.startswith("n:")]:
        raise SourceError(f"{', '.join(stray)}: marked in the text, not in the list")


def statement(
    got: Marked, header: Mapping[str, str], number: int, fields: Iterable[str], options: Mapping[str, str]
) -> dict[str, Any]:
    """A statement of the interchange format; ``fields`` are kind, actor, kind of actor, and what it is about."""
    kind, actor, actor_kind, about = fields
    content, cue, speaker = (got.spans.get(f"{letter}{number}", []) for letter in "cks")
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


def problems(s: dict[str, Any], text: str) -> Iterator[str]:
    """The rules of the annotation that a statement breaks, of those that every source keeps."""
    words = " ".join(c["text"] for c in s["content"])
    for value, name, known in (
        (s["kind"], "kind", get_args(QuoteKind)),
        (s["actor_kind"], "kind of actor", get_args(ActorKind)),
        (s["category"], "category", CATEGORIES),
    ):
        if value not in known:
            yield f"{value} is no {name}"
    for span in (*s["content"], s["cue"], s["speaker"]):
        if span and span["text"] != span["text"].strip(" \n.,;:"):
            yield f"{span['text']!r} begins or ends with a space or a stop"
    if re.match(r"(che|di) |d'", words) and s["kind"] != "direct":
        yield f"{words[:40]!r} begins with the introducing word"
    if s["kind"] == "mixed" and not MARKS & set(words):
        yield "mixed, and no marks inside it"
    if not 1 <= len(s["about"]) <= 3:
        yield "about has one to three phrases"
    if (s["actor"] is None) != (s["actor_kind"] == "unknown"):
        yield "an actor and its kind come together"
    if s["actor_kind"] == "person" and s["actor"][0].isupper() and s["actor"] not in text:
        yield f"{s['actor']!r} does not stand in the text"
