"""What the corpus knows of an actor: names, kind, country and id, from all its appearances."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable

from portavoce.graph.resolve.names import bare_name, best_name, is_local
from portavoce.graph.store.packing import packed, unpacked
from portavoce.graph.store.voices import mark_voices
from portavoce.ids import fold

_GROUPS = """
SELECT f.form, p.name, p.names, p.kind, p.of_country, p.identity, count(*), min(a.node)
FROM appearances p CROSS JOIN articles a ON a.key = p.article CROSS JOIN forms f ON f.key = p.form
WHERE p.actor = ? GROUP BY p.form, p.name, p.names, p.kind, p.of_country, p.identity
"""


def write_attributes(db: sqlite3.Connection, actors: Iterable[int]) -> None:
    """Write the attributes of actors anew; whose name changes has to be heard anew."""
    for actor in sorted(actors):
        groups = db.execute(_GROUPS, (actor,)).fetchall()
        if groups:
            _write(db, actor, groups)


def _write(
    db: sqlite3.Connection, actor: int, groups: list[tuple[str, str, str, str, str | None, int, int, str]]
) -> None:
    id_, *old, voice = db.execute(
        "SELECT id, name, names, kind, wikidata, of_country, voice FROM actors WHERE key = ?", (actor,)
    ).fetchone()
    names: set[str] = set()
    kinds: Counter[str] = Counter()
    countries: set[str] = set()
    forms: dict[str, list[tuple[str, str, int]]] = {}
    for form, name, told, kind, country, _, count, first in groups:
        names.update(n for n in unpacked(told) if n.strip())
        forms.setdefault(form, []).append((first, name, count))
        if kind != "unknown":
            kinds[kind] += count
        if country:
            countries.add(country)
    names = names or {name for _, name, *_ in groups}
    known: set[str] = set()
    wikidata: set[str] = set()
    for identity in {group[5] for group in groups}:
        name, number, places = db.execute(
            "SELECT name, wikidata, countries FROM identities WHERE key = ?", (identity,)
        ).fetchone()
        names.update({name} - {""})
        wikidata.update({number} - {""})
        if len(where := unpacked(places)) == 1:
            known.update(where)
    best = _name(id_, forms, names)
    new = [
        best, packed(sorted(names)), min(kinds, key=lambda k: (-kinds[k], k)) if kinds else "unknown",
        min(wikidata, default=None), min(countries or known, default=None),
    ]  # fmt: skip
    if new == old:
        return
    heard = f"~{fold(bare_name(best))}" if is_local(best) else None
    if heard != voice:
        mark_voices(db, actor=actor)
    db.execute(
        "UPDATE actors SET name = ?, names = ?, kind = ?, wikidata = ?, of_country = ?, voice = ? WHERE key = ?",
        (*new, heard, actor),
    )
    if heard != voice:
        mark_voices(db, actor=actor)
    if new[1] != old[1]:
        words = {w for n in names for w in (*fold(bare_name(n)).split(), *fold(n).split())}
        had = {w for (w,) in db.execute("SELECT word FROM name_words WHERE actor = ?", (actor,))}
        db.executemany("DELETE FROM name_words WHERE word = ? AND actor = ?", ((w, actor) for w in had - words))
        db.executemany("INSERT INTO name_words VALUES (?, ?)", ((w, actor) for w in sorted(words - had)))


def _name(id_: str, forms: dict[str, list[tuple[str, str, int]]], names: set[str]) -> str:
    """The name to show, as `portavoce.graph.identity` chooses it from the appearances one by one."""
    if len(forms) == 1:
        return best_name(next(iter(forms)), names) if next(iter(forms)) == id_ else best_name(id_, names)
    first = {form: bare_name(min(told)[1]) for form, told in forms.items()}
    count = {form: sum(n for *_, n in told) for form, told in forms.items()}
    full = {form for form, name in first.items() if len(name.split()) > 1} or set(forms)
    form = min(full, key=lambda f: (-count[f], -len(first[f]), f))
    return best_name(form, {*(name for _, name, _ in forms[form]), *names})
