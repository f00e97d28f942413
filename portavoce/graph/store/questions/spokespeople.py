"""Who speaks for a body or a country of a corpus: those who hold an office there that says so."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from portavoce.graph.query.voices import country_named, speaks_for_country, voice_of
from portavoce.graph.schema import HOLDS
from portavoce.graph.store.conditions import Conditions
from portavoce.graph.store.finding import find_actor
from portavoce.graph.store.packing import unpacked
from portavoce.graph.store.questions.rows import Told, actors_of, key_of, told_of
from portavoce.ids import actor_id, fold

_OF_COUNTRY = """
SELECT key, id, names, of_country FROM actors
WHERE of_country = :country OR id = :id OR key IN (SELECT actor FROM name_words WHERE word = :word)
"""


def country_or_body(db: sqlite3.Connection, name: str) -> tuple[str, set[int]]:
    """What `portavoce.graph.query.voices.country_or_body` finds, by keys."""
    country = country_named(name)
    if country is not None:
        meant = {"country": country, "id": actor_id(country), "word": fold(country).split()[0]}
        bodies = {
            key
            for key, id_, names, of_country in db.execute(_OF_COUNTRY, meant)
            if id_ == meant["id"] or speaks_for_country(country, unpacked(names), of_country)
        }
        if bodies:
            return country, bodies
    match = find_actor(db, name)
    return match.name, {key_of(db, match.id)}


def speaking_for(bodies: set[int], conditions: Conditions) -> dict[int, list[Told]]:
    """The offices by which their holders speak for some bodies, or for a head of one of these, by holder."""
    held: dict[int, list[Told]] = defaultdict(list)
    for office in _offices_at(bodies, conditions):
        held[office.source].append(office)
    heads = {holder for holder, offices in held.items() if any(voice_of(o.what) == "head" for o in offices)}
    for office in _offices_at(heads - bodies, conditions):
        if voice_of(office.what) == "spokesperson":
            held[office.source].append(office)
    return dict(held)


def _offices_at(bodies: set[int], conditions: Conditions) -> list[Told]:
    shown = actors_of(conditions.db, bodies)
    return [
        office
        for body in sorted(bodies, key=lambda key: shown[key].id)
        for office in sorted(told_of(HOLDS, body, conditions, target_only=True), key=lambda office: office.edge)
        if office.source != body and voice_of(office.what)
    ]
