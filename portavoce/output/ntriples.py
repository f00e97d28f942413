"""N-Triples, streamed: one triple a line, for tools that split files by lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from portavoce.output.terms import Block, Literal, Name, Term

_SPECIAL = re.compile(r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]')  # beyond the grammar: what splits lines
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def escaped(value: str) -> str:
    """A literal's text as it stands between quotation marks in N-Triples and Turtle."""
    return _SPECIAL.sub(_escape, value) if _SPECIAL.search(value) else value


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    return _ESCAPES.get(char) or f"\\u{ord(char):04X}"


def ntriples(blocks: Iterable[Block], namespaces: dict[str, str]) -> Iterator[str]:
    """The blocks as N-Triples, a block at a time."""
    datatypes = namespaces["xsd"]

    def name(name: Name) -> str:
        return f"<{namespaces[name.prefix]}{name.local}>" if name.prefix else f"<{name.local}>"

    def term(term: Term) -> str:
        if not isinstance(term, Literal):
            return name(term)
        value, datatype, language = term
        if datatype:
            return f'"{escaped(value)}"^^<{datatypes}{datatype}>'
        return f'"{escaped(value)}"@{language}' if language else f'"{escaped(value)}"'

    for subject, properties in blocks:
        start = name(subject)
        yield "".join(
            [
                f"{start} {verb} {term(o)} .\n"
                for verb, objects in [(name(p), objects) for p, objects in properties]
                for o in objects
            ]
        )
