"""What people decided about who is who: an append-only log beside the graph that wins over every score.

A line of the log is one decision: that two forms are the same actor, different ones, or that nobody can tell; or that an
earlier decision is taken back. A *form* is an actor's id as a function of one article's record, so that a decision holds
after every new run; ``form@article`` is that form in one article only.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import orjson

from portavoce.errors import InputError
from portavoce.ids import digest

Verdict = Literal["same", "different", "unsure"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One line of the log; ``undoes`` is the id of the line that it takes back, when it is no verdict itself."""

    id: str
    left: str = ""
    right: str = ""
    verdict: Verdict | None = None
    by: str = ""
    when: str = ""
    undoes: str | None = None
    note: str = ""

    @classmethod
    def of(cls, left: str, right: str, verdict: Verdict, *, by: str, when: str, note: str = "") -> Judgement:
        """A verdict on two forms, with an id of its own."""
        left, right = sorted((left, right))
        return cls(
            digest("judgement", left, right, verdict, by, when, length=12), left, right, verdict, by, when, None, note
        )

    @classmethod
    def undoing(cls, id_: str, *, by: str, when: str) -> Judgement:
        """The line that takes an earlier one back."""
        return cls(digest("judgement", "undo", id_, by, when, length=12), by=by, when=when, undoes=id_)

    @property
    def pair(self) -> tuple[str, str]:
        return self.left, self.right

    def to_json(self) -> dict[str, Any]:
        told = {
            "id": self.id, "left": self.left, "right": self.right, "verdict": self.verdict, "undoes": self.undoes,
            "by": self.by, "when": self.when, "note": self.note,
        }  # fmt: skip
        return {name: value for name, value in told.items() if value}

    @classmethod
    def from_json(cls, data: object, where: str) -> Judgement:
        """A line read from JSON; raises `InputError` where it is none."""
        if not isinstance(data, Mapping) or not all(isinstance(v, str) for v in data.values()):
            raise InputError(f"{where}: a judgement is an object of strings")
        unknown = set(data) - set(cls.__slots__)
        if unknown:
            raise InputError(f"{where}: unknown field {min(unknown)}")
        verdict, undoes = data.get("verdict"), data.get("undoes")
        if undoes is None and (verdict not in get_args(Verdict) or not data.get("left") or not data.get("right")):
            raise InputError(
                f"{where}: left, right and a verdict ({', '.join(get_args(Verdict))}) are needed, or undoes"
            )
        if not data.get("id"):
            raise InputError(f"{where}: id is missing")
        return cls(**data)


class Judgements:
    """A log: its lines in order, and what they come to."""

    def __init__(self, lines: Iterable[Judgement] = ()) -> None:
        self.lines = tuple(lines)

    def __iter__(self) -> Iterator[Judgement]:
        return iter(self.standing.values())

    def __bool__(self) -> bool:
        return bool(self.standing)

    @property
    def standing(self) -> dict[tuple[str, str], Judgement]:
        """The verdict that stands for each pair: the latest one that nobody took back, whatever the order of lines."""
        undone = {line.undoes for line in self.lines if line.undoes}
        found: dict[tuple[str, str], Judgement] = {}
        for line in self.lines:
            if line.verdict is None or line.id in undone:
                continue
            known = found.get(line.pair)
            if known is None or (known.when, known.id) < (line.when, line.id):
                found[line.pair] = line
        return dict(sorted(found.items()))

    def pairs(self, verdict: Verdict) -> list[tuple[str, str]]:
        """The pairs with this verdict, sorted."""
        return [pair for pair, line in self.standing.items() if line.verdict == verdict]

    @property
    def forms(self) -> frozenset[str]:
        """Every form, and form in an article, that a standing verdict names."""
        return frozenset(form for pair in self.standing for form in pair)

    def plus(self, *more: Judgement) -> Judgements:
        return Judgements((*self.lines, *more))

    @classmethod
    def read(cls, path: str | Path) -> Judgements:
        """The log in a file, empty where there is none; raises `InputError` where a line is no judgement."""
        file = Path(path)
        if not file.exists():
            return cls()
        lines = []
        for number, line in enumerate(file.read_bytes().splitlines(), start=1):
            if line.strip():
                where = f"{path}, line {number}"
                try:
                    lines.append(Judgement.from_json(orjson.loads(line), where))
                except orjson.JSONDecodeError as error:
                    raise InputError(f"{where}: {error}") from error
        return cls(lines)


def append(path: str | Path, judgement: Judgement) -> None:
    """Add a line at the end of a log; what stands in it is never touched."""
    with Path(path).open("ab") as stream:
        stream.write(orjson.dumps(judgement.to_json(), option=orjson.OPT_APPEND_NEWLINE))


def log_beside(graph: str | os.PathLike[str]) -> Path:
    """The log that belongs to a graph's file: ``news.jsonl`` and ``news.ttl`` have ``news.judgements.jsonl``."""
    path = Path(graph)
    return path.with_name(f"{path.stem}.judgements.jsonl")
