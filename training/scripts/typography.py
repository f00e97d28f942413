"""Other typographies of a text, word by word: quotation marks and apostrophes."""

from __future__ import annotations

import random

PAIRS = (('"', '"'), ("«", "»"), ("“", "”"), ("„", "“"), ("‘", "’"), ("''", "''"))
OPENING = frozenset("«“„")
CLOSING = frozenset("»”")


def swapped_marks(words: list[str], rng: random.Random) -> list[str]:
    """Return the words with one style of quotation marks throughout; the number of words stays."""
    opening, closing = rng.choice(PAIRS)
    inside = False
    made = []
    for word in words:
        if word in ('"', "''", "``"):
            inside = not inside
            made.append(opening if inside else closing)
        elif word in OPENING:
            inside = True
            made.append(opening)
        elif word in CLOSING:
            inside = False
            made.append(closing)
        else:
            made.append(word)
    return made


def swapped_apostrophes(words: list[str], rng: random.Random) -> list[str]:
    """Return the words with the other apostrophe."""
    if rng.random() < 0.5:
        return [w.replace("'", "’") if len(w) > 1 and w != "''" else w for w in words]
    return [w.replace("’", "'") if len(w) > 1 else w for w in words]
