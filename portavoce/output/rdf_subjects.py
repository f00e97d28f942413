"""What a file that we wrote says of each subject: its values, the graph's names for its IRIs, its spans of text."""

from __future__ import annotations

from collections.abc import Iterable

from portavoce.errors import GraphFileError
from portavoce.output import vocabulary as v
from portavoce.output.describe import SEPARATOR
from portavoce.output.rdf_read import Index, Value
from portavoce.output.terms import Name, unquote_local
from portavoce.records import Span

_NONE: frozenset[Value] = frozenset()


class Subject:
    """One subject of a file: its properties by name; raises `GraphFileError` where they are not as we write them."""

    __slots__ = ("base", "iri", "properties", "where")

    def __init__(self, iri: str, properties: dict[str, set[Value]], where: str) -> None:
        self.iri, self.properties, self.where = iri, properties, where
        self.base = ""

    def values(self, name: Name) -> Iterable[Value]:
        return self.properties.get(_full(name), _NONE)

    def value(self, name: Name) -> Value | None:
        """The one object, or of several (two files put together) the one that sorts first."""
        return min(self.values(name), default=None)

    def text(self, name: Name) -> str | None:
        value = self.value(name)
        return value.text if value else None

    def texts(self, *names: Name) -> tuple[str, ...]:
        return tuple(sorted({value.text for name in names for value in self.values(name)}))

    def is_a(self, class_: Name) -> bool:
        return Value(_full(class_), is_iri=True) in self.properties.get(_full(v.A), _NONE)

    def iris(self, name: Name) -> list[str]:
        return sorted(value.text for value in self.values(name) if value.is_iri)

    @property
    def node(self) -> str:
        """The graph's name for the subject."""
        return self.name(self.iri)

    def name(self, iri: str) -> str:
        """The graph's name for an IRI under the base."""
        rest = iri.removeprefix(self.base)
        if rest == iri:
            raise GraphFileError(f"{self.where}: <{iri}> does not stand under the base IRI <{self.base}>")
        kind, slash, local = rest.partition("/")
        return f"{kind}/{unquote_local(local)}" if slash else unquote_local(rest)

    def names(self, predicate: Name) -> list[str]:
        return [self.name(iri) for iri in self.iris(predicate)]

    def one_name(self, predicate: Name) -> str | None:
        return next(iter(self.names(predicate)), None)

    def numbers(self, name: Name) -> list[int]:
        try:
            return sorted(int(value.text) for value in self.values(name))
        except ValueError as error:
            raise self.wrong(f"{name.prefix}:{name.local} is no whole number") from error

    def number(self, name: Name) -> float | None:
        try:
            return float(number) if (number := self.text(name)) else None
        except ValueError as error:
            raise self.wrong(f"{name.prefix}:{name.local} is no number") from error

    def term(self, name: Name) -> str | None:
        """A value of our vocabulary by its local name, or the string that stands for one it does not know."""
        return (self.text(name) or "").removeprefix(v.VOCABULARIES["pv"]) or None

    def spans(self, words: Name) -> tuple[Span, ...]:
        """The spans of the sorted starts and ends, with their texts out of the joined one."""
        starts, ends, joined = self.numbers(v.START), self.numbers(v.END), self.text(words) or ""
        if len(starts) != len(ends):
            raise self.wrong(f"{len(starts)} starts and {len(ends)} ends do not pair")
        found, at = [], 0
        for start, end in zip(starts, ends, strict=True):
            found.append(Span(start, end, joined[at : at + end - start]))
            at += end - start + len(SEPARATOR)
        if found and (at - len(SEPARATOR) != len(joined) or any(s.end <= s.start for s in found)):
            raise self.wrong("its text does not fit its offsets")
        return tuple(found)

    def mark(self, words: Name, start: Name) -> Span | None:
        """A span that was written as its words and its start."""
        said, starts = self.text(words), self.numbers(start)
        return Span(starts[0], starts[0] + len(said), said) if said is not None and starts else None

    def wrong(self, what: str) -> GraphFileError:
        return GraphFileError(
            f"{self.where}: <{self.iri}>: {what}; write the file again from the .jsonl or the articles"
        )


class Subjects(dict[str, Subject]):
    """The subjects of a file by their IRIs, the base that the graph's names hang under, and the profile of the file."""

    def __init__(self, index: Index, where: str) -> None:
        """Raises `GraphFileError` when the file holds no graph of portavoce, or several that cannot be one."""
        super().__init__((iri, Subject(iri, properties, where)) for iri, properties in sorted(index.items()))
        self.where = where
        self.base, self.profile = self._base_and_profile()
        for subject in self.values():
            subject.base = self.base

    def described(self, iris: Iterable[str]) -> list[Subject]:
        """Those of some IRIs that the file describes."""
        return [self[iri] for iri in iris if iri in self]

    def run(self) -> dict[str, str]:
        """What `full` tells of the run that made the statements."""
        run = next((s for s in self.values() if s.is_a(v.ACTIVITY)), None)
        facts = [
            ("version", self.get(self.base + "software"), v.SOFTWARE_VERSION),
            ("model", self.get(self.base + "model"), v.NAME),
            ("config_digest", run, v.CONFIG_DIGEST),
        ]
        return {fact: text for fact, subject, name in facts if subject and (text := subject.text(name)) is not None}

    def _base_and_profile(self) -> tuple[str, str]:
        sets = [s for s in self.values() if s.text(v.PROFILE)]
        bases = {text for s in sets if (text := s.text(v.URI_SPACE))}
        if len(bases) > 1:
            raise GraphFileError(
                f"{self.where} holds graphs under several base IRIs: {', '.join(sorted(bases))}; read them one by one"
            )
        if bases:
            profiles = {s.text(v.PROFILE) for s in sets}
            if not profiles <= {"core", "full"}:
                raise GraphFileError(
                    f"{self.where} is in a profile that this version does not know: {sorted(map(str, profiles))}"
                )
            return bases.pop(), "full" if profiles == {"full"} else "core"
        for iri, subject in self.items():  # a piece of a file, say by grep
            if subject.is_a(v.PV_STATEMENT) and "/statement/" in iri:
                return iri[: iri.rindex("statement/")], "core"
        raise GraphFileError(f"{self.where} holds no graph of portavoce; SPARQL tools and RDFLib read any RDF")


def _full(name: Name) -> str:
    return v.VOCABULARIES[name.prefix] + name.local
