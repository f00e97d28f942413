"""Checked fields of JSON objects: each is as the record wants it, or a `RecordError` says where it is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from portavoce.errors import RecordError


def object_at(data: object, where: str) -> Mapping[str, Any]:
    """A JSON object; ``where`` names it in the error."""
    if not isinstance(data, Mapping):
        raise RecordError(f"{where} is not an object")
    return data


def string_at(data: Mapping[str, Any], name: str, where: str) -> str | None:
    """A string of an object, or None where it is null or missing."""
    value = data.get(name)
    if value is not None and not isinstance(value, str):
        raise RecordError(f"{where}.{name} is {type(value).__name__}; it must be a string or null")
    return value


def required_string(data: Mapping[str, Any], name: str, where: str) -> str:
    """A string of an object that is neither missing nor empty."""
    value = string_at(data, name, where)
    if not value:
        raise RecordError(f"{where}.{name} is missing")
    return value


def choice_at(data: Mapping[str, Any], name: str, where: str, choices: object, default: str) -> Any:
    """One of the words of a `Literal`, ``default`` where it is null, empty or missing."""
    value = data.get(name) or default
    if value not in get_args(choices):
        raise RecordError(f"{where}.{name} is {value!r}; it must be one of {', '.join(get_args(choices))}")
    return value


def list_at(data: Mapping[str, Any], name: str) -> Sequence[Any]:
    """A list of an object, empty where it is null or missing."""
    value = data.get(name)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise RecordError(f"{name} is {type(value).__name__}; it must be a list")
    return value


def strings_at(data: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    """A list of strings of an object, empty where it is null or missing."""
    values = list_at(data, name)
    if not all(isinstance(value, str) for value in values):
        raise RecordError(f"{where}.{name} must hold strings")
    return tuple(values)


def ids_together(data: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    """The ids of those who act together, in a list of an object: none, or two and more."""
    ids = list_at(data, name)
    if not all(isinstance(id_, str) and id_ for id_ in ids):
        raise RecordError(f"{where}.{name} must hold ids of actors")
    if len(ids) == 1 or len(set(ids)) < len(ids):
        raise RecordError(f"{where}.{name} is {list(ids)}; it names two actors or more, each once, or is empty")
    return tuple(ids)
