"""Who is known already: persons with their offices from the package's data, and whoever the user's own files add."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, cast, get_args

from portavoce.errors import InputError
from portavoce.graph.resolve.names import bare_name
from portavoce.graph.resolve.spelling import PersonName, person_name, sound
from portavoce.ids import fold
from portavoce.records import ActorKind

COLUMNS = ("name", "kind", "aliases", "wikidata", "of_country", "gender", "born", "offices")
"""What a file of the user's may tell of an actor; only the name must be there."""

_HEADS = ("president", "prime minister", "king", "queen", "chancellor", "supreme leader", "emir", "pope")
_LEADING = ("minister", "secretary of state", "vice president", "mayor", "governor")


@dataclass(frozen=True, slots=True)
class Office:
    """An office that somebody held, with its first and its last day as far as they are known ("" otherwise)."""

    title: str
    start: str = ""
    end: str = ""

    @property
    def rank(self) -> int:
        """How much news speak of its holder: 2 for heads of state and of government, 1 for ministers, else 0."""
        title = self.title.lower()
        if title.startswith(_HEADS) and not title.startswith("president of the province"):
            return 2
        return int(any(word in title for word in _LEADING) and "shadow" not in title)

    def held_on(self, day: str) -> bool:
        """Whether the office was held on a day (``YYYY-MM-DD``); an open end goes on."""
        return bool(self.start) and self.start <= day and (not self.end or day <= self.end)


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody or something that a gazetteer knows; ``own`` marks entries of the user's files, which are trusted."""

    name: str
    kind: ActorKind = "person"
    aliases: tuple[str, ...] = ()
    wikidata: str | None = None
    countries: tuple[str, ...] = ()
    gender: str = ""
    born: str = ""
    offices: tuple[Office, ...] = ()
    own: bool = False

    @property
    def key(self) -> str:
        """What tells this entry from all others: the Wikidata id, else the name."""
        return self.wikidata or f"={fold(self.name)}"

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)

    def to_json(self) -> dict[str, Any]:
        """The entry as a line of a user's file, which `read_entries` reads."""
        told = {
            "name": self.name, "kind": self.kind, "aliases": list(self.aliases), "wikidata": self.wikidata,
            "of_country": list(self.countries), "gender": self.gender, "born": self.born,
            "offices": [f"{o.title}@{o.start}@{o.end}" for o in self.offices],
        }  # fmt: skip
        return {name: value for name, value in told.items() if value}

    @property
    def rank(self) -> int:
        """The rank of the highest office."""
        return max((office.rank for office in self.offices), default=1 if self.own else 0)

    def rank_on(self, day: str | None) -> int:
        """The rank of the highest office held on a day; without a day, of all."""
        if day is None:
            return self.rank
        return max((office.rank for office in self.offices if office.held_on(day[:10])), default=0)

    def alive_on(self, day: str | None) -> bool:
        """Whether news of a day may speak of this person: grown up, and in office no more than 25 years before."""
        if day is None or not day[:4].isdigit():
            return True
        year = int(day[:4])
        if self.born[:4].isdigit() and int(self.born[:4]) > year - 15:
            return False
        ends = [o.end or "9999" for o in self.offices]
        return not ends or any(not e[:4].isdigit() or int(e[:4]) + 25 >= year for e in ends)


@dataclass(slots=True)
class Gazetteer:
    """Entries by what names them; `default` is the package's own, `extended` adds those of files."""

    entries: tuple[Entry, ...] = ()
    _by_words: dict[tuple[str, ...], list[Entry]] = field(default_factory=dict)
    _by_sounds: dict[tuple[str, str], list[Entry]] = field(default_factory=dict)
    _by_surname: dict[str, list[Entry]] = field(default_factory=dict)
    _by_name: dict[str, list[Entry]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for entry in self.entries:
            for name in dict.fromkeys(entry.names):
                if entry.kind != "person":
                    _put(self._by_name, fold(bare_name(name)), entry)
                    continue
                parts = person_name(name)
                if parts is None:
                    continue
                _put(self._by_words, parts.words, entry)
                _put(self._by_sounds, sounds_of(parts), entry)
                if parts.given:
                    _put(self._by_surname, " ".join(map(sound, parts.surname)), entry)

    @classmethod
    @cache
    def default(cls) -> Gazetteer:
        """The gazetteer that ships with the package."""
        folder = files("portavoce.graph").joinpath("gazetteer")
        found: dict[str, Entry] = {}
        for file in ("persons.tsv", "persons_more.tsv"):
            text = folder.joinpath(file).read_text(encoding="utf-8")
            for row in csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
                entry = _packaged(row)
                known = found.get(entry.key)
                found[entry.key] = entry if known is None else _joined(known, entry)
        return cls(tuple(found.values()))

    @classmethod
    def read(cls, paths: Sequence[str]) -> Gazetteer:
        """The package's gazetteer with the entries of CSV or JSON-lines files; raises `InputError` where one is wrong."""
        if not paths:
            return cls.default()
        own = [entry for path in paths for entry in read_entries(path)]
        return cls((*own, *cls.default().entries))

    def exact(self, name: PersonName) -> list[Entry]:
        """The persons who have exactly these words for a name."""
        return self._by_words.get(name.words, [])

    def sounding(self, name: PersonName) -> list[Entry]:
        """The persons whose first and last word sound like those of a name."""
        return self._by_sounds.get(sounds_of(name), [])

    def of_surname(self, surname: tuple[str, ...]) -> list[Entry]:
        """The persons with a surname that sounds like this one."""
        return self._by_surname.get(" ".join(map(sound, surname)), [])

    def bodies(self, name: str) -> list[Entry]:
        """What is no person and has this name."""
        return self._by_name.get(fold(bare_name(name)), [])


def sounds_of(name: PersonName) -> tuple[str, str]:
    """How the first and the last word of a name sound: equal for all spellings of one person's name."""
    return sound(name.words[0]), sound(name.words[-1])


def read_entries(path: str) -> list[Entry]:
    """The entries of a user's file: CSV with a header, or JSON lines when it ends in .jsonl; lists are split at ``|``."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}") from error
    out = []
    for number, row in _rows(path, text):
        unknown = set(row) - set(COLUMNS)
        if unknown:
            raise InputError(
                f"{path}, line {number}: unknown field {min(map(str, unknown))}; known: {', '.join(COLUMNS)}"
            )
        out.append(_own(row, f"{path}, line {number}"))
    return out


def own_entry(line: str, where: str) -> Entry:
    """The entry that `Entry.to_json` gave, as text; raises `InputError` where it is none."""
    return _own(json.loads(line), where)


def _rows(path: str, text: str) -> Iterable[tuple[int, Mapping[str, Any]]]:
    if path.endswith((".jsonl", ".ndjson")):
        for number, line in enumerate(text.splitlines(), start=1):
            if line.strip():
                try:
                    row = json.loads(line)
                except json.JSONDecodeError as error:
                    raise InputError(f"{path}, line {number}: {error}") from error
                if not isinstance(row, dict):
                    raise InputError(f"{path}, line {number}: not an object with a name")
                yield number, row
        return
    reader = csv.DictReader(text.splitlines())
    for number, row in enumerate(reader, start=2):
        yield number, row


def _own(row: Mapping[str, Any], where: str) -> Entry:
    told = {name: _list(row.get(name)) for name in ("aliases", "of_country", "offices")}
    text = {name: str(row.get(name) or "").strip() for name in ("name", "kind", "wikidata", "gender", "born")}
    if not text["name"]:
        raise InputError(f"{where}: name is missing")
    kind = text["kind"] or "person"
    if kind not in get_args(ActorKind):
        raise InputError(f"{where}: kind is {kind!r}; it must be one of {', '.join(get_args(ActorKind))}")
    wikidata = text["wikidata"].rpartition("/")[2] or None
    if wikidata and not (wikidata[0] == "Q" and wikidata[1:].isdigit()):
        raise InputError(f"{where}: wikidata is {wikidata!r}; it must look like Q42")
    if text["gender"] not in ("", "m", "f"):
        raise InputError(f"{where}: gender is {text['gender']!r}; it must be m, f or empty")
    return Entry(
        text["name"], cast("ActorKind", kind), told["aliases"], wikidata, told["of_country"], text["gender"], text["born"],
        tuple(_office(o) for o in told["offices"]), own=True,
    )  # fmt: skip


def _packaged(row: Mapping[str, str]) -> Entry:
    return Entry(
        row["name"], "person", _list(row["aliases"]), row["wikidata"] or None, _list(row["countries"]), row["gender"], row["born"],
        tuple(_office(o) for o in _list(row["offices"])),
    )  # fmt: skip


def _joined(one: Entry, other: Entry) -> Entry:
    """An entry with what a second row says of the same person; the second row's name is the one to show."""
    return Entry(
        other.name, one.kind, tuple(dict.fromkeys((one.name, *one.aliases, *other.aliases))), one.wikidata,
        tuple(dict.fromkeys((*one.countries, *other.countries))), one.gender or other.gender, one.born or other.born,
        (*one.offices, *other.offices),
    )  # fmt: skip


def _office(told: str) -> Office:
    title, start, end = (*told.split("@"), "", "")[:3]
    return Office(title.strip(), start.strip(), end.strip())


def _list(value: object) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(str(v).strip() for v in value if str(v).strip())
    return tuple(v.strip() for v in str(value or "").split("|") if v.strip())


def _put(table: dict[Any, list[Entry]], key: Any, entry: Entry) -> None:
    known = table.setdefault(key, [])
    if entry not in known:
        known.append(entry)
