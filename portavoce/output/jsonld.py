"""JSON-LD: one document with its context inside, so that it is read without a network; a node a line, streamed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from portavoce.output.terms import Block, Name, Term
from portavoce.output.vocabulary import A


def jsonld(blocks: Iterable[Block], namespaces: dict[str, str]) -> Iterator[str]:
    """The blocks as a JSON-LD document, piece by piece."""
    yield f'{{"@context": {orjson.dumps(namespaces).decode()},\n"@graph": ['
    comma = "\n"
    for subject, properties in blocks:
        node: dict[str, Any] = {"@id": _name(subject)}
        for predicate, objects in properties:
            if predicate == A:
                node["@type"] = [_name(o) for o in objects if isinstance(o, Name)]
            else:
                values = [_value(o) for o in objects]
                node[_name(predicate)] = values if len(values) > 1 else values[0]
        yield comma + orjson.dumps(node).decode()
        comma = ",\n"
    yield "\n]}\n"


def _name(name: Name) -> str:
    return f"{name.prefix}:{name.local}" if name.prefix else name.local


def _value(term: Term) -> Any:
    if isinstance(term, Name):
        return {"@id": _name(term)}
    if term.datatype == "integer" and len(term.value) < 16:
        return int(term.value)
    if term.datatype:
        return {"@value": term.value, "@type": f"xsd:{term.datatype}"}
    return {"@value": term.value, "@language": term.language} if term.language else term.value
