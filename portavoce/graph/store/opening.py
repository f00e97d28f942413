"""The file of a corpus: made, opened, brought up to date, or refused with what to do."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from portavoce.errors import GraphFileError

VERSION = 3
"""The version of the tables; a file of an older one is brought up to date, one of a newer one is refused."""

_APPLICATION = 0x70766F63  # "pvoc": how `file` and we know the file
_WAIT = 60.0  # seconds to wait for another process that writes


def connect(path: str | os.PathLike[str], *, create: bool = False) -> sqlite3.Connection:
    """A connection to the corpus in a file; raises `GraphFileError` when it is not there, not ours, or of a newer version.

    With ``create`` a file that is not there, or empty, is made.
    """
    file = Path(path)
    if not create and not file.is_file():
        why = "is a folder" if file.is_dir() else "is not there; 'portavoce build ARTICLES -o' makes it"
        raise GraphFileError(f"{path} {why}")
    try:
        db = sqlite3.connect(file, timeout=_WAIT, isolation_level=None)
        db.execute("PRAGMA foreign_keys = ON")
        if create:
            _create(db)
        _check(db, path)
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA temp_store = MEMORY")
        db.execute("PRAGMA cache_size = -65536")
    except sqlite3.Error as error:
        raise GraphFileError(f"{path} cannot be opened as a corpus: {error}") from error
    return db


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; inside of another transaction a part of it."""
    if db.in_transaction:
        yield
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def empty_tables(db: sqlite3.Connection, *tables: str) -> None:
    """Have temporary tables of the connection, each named with its columns, with nothing in them."""
    for table in tables:
        db.execute(f"CREATE TABLE IF NOT EXISTS temp.{table}")
        db.execute(f"DELETE FROM temp.{table.partition('(')[0]}")


def _create(db: sqlite3.Connection) -> None:
    if db.execute("PRAGMA page_count").fetchone()[0]:
        return
    db.execute("PRAGMA journal_mode = WAL")
    folder = files("portavoce.graph.store")
    with transaction(db):
        if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            return  # another process was first
        for name in ("tables.sql", "views.sql"):
            for statement in statements_of(folder.joinpath(name).read_text(encoding="utf-8")):
                db.execute(statement)
        db.execute(f"PRAGMA application_id = {_APPLICATION}")
        db.execute(f"PRAGMA user_version = {VERSION}")


def statements_of(script: str) -> Iterator[str]:
    """The statements of an SQL script, one by one, so that they can stand in one transaction."""
    waiting = ""
    for line in script.splitlines(keepends=True):
        waiting += line
        if sqlite3.complete_statement(waiting):
            yield waiting
            waiting = ""


def _check(db: sqlite3.Connection, path: str | os.PathLike[str]) -> None:
    if db.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION:
        raise GraphFileError(f"{path} is an SQLite file, but no corpus that 'portavoce build' made")
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        raise GraphFileError(
            f"{path} was made by a newer portavoce (tables of version {version}, this one knows {VERSION}): update portavoce"
        )
    if version < VERSION:
        raise GraphFileError(
            f"{path} has tables of version {version}; this portavoce writes {VERSION}: export it to .jsonl with the one that made it, and build it again"
        )
