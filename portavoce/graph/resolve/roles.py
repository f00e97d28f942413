"""What Italian words for offices say about the office that a gazetteer knows in English."""

from __future__ import annotations

import re

from portavoce.graph.resolve.gazetteer import Entry
from portavoce.ids import fold

_OFFICES = tuple(
    (re.compile(rf"\b({words})\b"), titles)
    for words, titles in (
        ("premier|primo ministro|prima ministra|presidente consiglio", ("prime minister", "first minister")),
        ("cancelliere|cancelliera", ("chancellor",)),
        ("segretario stato|segretaria stato", ("secretary of state",)),
        ("ministro|ministra|titolare|guardasigilli|viceministro|viceministra", ("minister", "secretary", "chancellor")),
        ("sottosegretario|sottosegretaria", ("undersecretary", "deputy minister", "secretary of state")),
        ("vicepresidente|vice presidente", ("vice president", "deputy president")),
        ("presidente|presidentessa|capo stato", ("president", "speaker", "chair", "prime minister")),
        ("governatore|governatrice", ("governor",)),
        ("sindaco|sindaca", ("mayor",)),
        ("deputato|deputata|onorevole|parlamentare|on", ("member of", "chamber of deputies", "deputy")),
        ("senatore|senatrice", ("senator", "senate")),
        ("ambasciatore|ambasciatrice", ("ambassador", "permanent representative")),
        ("portavoce", ("press secretary", "spokes")),
        ("re|regina|sovrano", ("king", "queen")),
        ("generale|capo stato maggiore|ammiraglio", ("chief of", "commander")),
        ("giudice", ("justice", "judge")),
        ("procuratore|procuratrice|ministro giustizia", ("attorney general", "prosecutor", "minister of justice")),
    )
)  # fmt: skip

_PUBLIC = re.compile(r"\b(leader|segretario|segretaria|candidat[oa]|negoziatore|negoziatrice|inviat[oa]|diplomatic[oa]|delegat[oa]|deputato|vertice|autorita|comandante|esponente|capogruppo|ex|coordinatore|commissario|consigliere|direttore|governo|partito|politic[oa]|capo|dittatore|rais|signor|signora|dottor|professor|avvocato|responsabile)\b")  # fmt: skip


def fits(role: str, entry: Entry) -> bool:
    """Whether somebody's office in a gazetteer is what an article calls him or her."""
    words = fold(role)
    wanted = [title for pattern, titles in _OFFICES if pattern.search(words) for title in titles]
    return any(title in office.title.lower() for office in entry.offices for title in wanted)


def is_of_public_life(role: str) -> bool:
    """Whether a role is one that an office holder may be called by, so that it speaks against nobody of a gazetteer."""
    words = fold(role)
    return any(pattern.search(words) for pattern, _ in _OFFICES) or bool(_PUBLIC.search(words))
