"""Characters that several modules ask for, by what they do in a sentence."""

from __future__ import annotations

FINAL = frozenset(".!?…")
MARK_OPENERS = frozenset('«“”„"‘')
DASHES = frozenset({"-", "–", "—"})
