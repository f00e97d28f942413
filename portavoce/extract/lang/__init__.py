"""Word lists of a language, read once from the files of its folder; the engine itself knows no language.

A list is a text file with one entry a line and `#` comments (``NAME.txt``), or a table whose columns are separated by
tabs (``NAME.tsv``, the first column is the key). Several short lists of one subject share a file (``NAME.toml``).
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

from portavoce.errors import InputError


def language_file(language: str, name: str) -> Traversable:
    """A data file of a language's folder."""
    return files("portavoce.extract") / "lang" / language / name


def _text(language: str, file: str) -> str:
    path = language_file(language, file)
    if not path.is_file():
        raise InputError(f"the language {language!r} has no file {file}")
    return path.read_text("utf8")


def _lines(language: str, file: str) -> list[str]:
    return [line for line in _text(language, file).splitlines() if line.strip() and not line.startswith("#")]


@cache
def read_words(language: str, name: str) -> frozenset[str]:
    """The entries of a list of words, as they are written; a name without suffix is a ``.txt`` file."""
    lines = _lines(language, name if "." in name else f"{name}.txt")
    return frozenset(line.split("\t", 1)[0].strip() for line in lines)


@cache
def read_table(language: str, name: str) -> dict[str, tuple[str, ...]]:
    """The rows of a table by their first column; a name without suffix is a ``.tsv`` file."""
    rows = (line.split("\t") for line in _lines(language, name if "." in name else f"{name}.tsv"))
    return {row[0].strip(): tuple(cell.strip() for cell in row[1:]) for row in rows}


@cache
def read_data(language: str, name: str) -> dict[str, Any]:
    """The object of a JSON file, such as the weights of a ranking."""
    data = json.loads(_text(language, f"{name}.json"))
    if not isinstance(data, dict):
        raise InputError(f"{name}.json of {language!r} does not hold an object")
    return data


@cache
def read_lists(language: str, name: str) -> Mapping[str, Any]:
    """The lists of a TOML file by their names; lists of words are sets."""
    told = tomllib.loads(_text(language, f"{name}.toml"))
    return MappingProxyType(
        {k: frozenset(v) if isinstance(v, list) and all(isinstance(w, str) for w in v) else v for k, v in told.items()}
    )


class Language:
    """The lists of one language under the names the engine asks for."""

    __slots__ = ("code",)

    def __init__(self, code: str) -> None:
        self.code = code

    def words(self, name: str) -> frozenset[str]:
        """The entries of a list."""
        return read_words(self.code, name)

    def table(self, name: str) -> dict[str, tuple[str, ...]]:
        """The rows of a table by their first column."""
        return read_table(self.code, name)

    def data(self, name: str) -> dict[str, Any]:
        """The object of a JSON file."""
        return read_data(self.code, name)
