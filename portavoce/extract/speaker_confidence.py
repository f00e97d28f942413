"""How sure a speaker is: what tells the readings that are right from those that only look likeliest."""

from __future__ import annotations

from math import log

from portavoce.extract.coreference import Actors
from portavoce.extract.cue_view import CueView
from portavoce.extract.speaker_readings import Reading


def confidence_features(actors: Actors, view: CueView, reading: Reading, total: float, second: float) -> list[str]:
    """Named binary features of the likeliest reading: ``total`` is its chance over all mentions, ``second`` the next one's."""
    t, kind = actors.tokens, view.cue.kind
    m = reading.mention
    rule = reading.rule
    source = rule if not rule.startswith("antecedent") else f"{rule}:{actors.actors[reading.index or 0].kind}"
    sort = m.sort if m else "none"
    f = [
        f"total={_odds(total)}", f"ahead={_odds(total / max(1e-6, total + second))}", f"rule={source}",
        f"rule-total={rule}:{_odds(total) // 2}", f"meant={rule}:{_odds(reading.meant) // 2}", f"sort={sort}", f"kind={kind}:{m is not None}",
        f"chosen={_odds(min(1.0, reading.chance / max(1e-6, reading.meant)))}",
    ]  # fmt: skip
    if m is not None and rule == "description":
        determiner, number, _ = actors.words.agreement(t, m.first, m.head)
        f += [
            f"described={sort}:{number}", f"described={sort}:{number}:{determiner}",
            f"described-size={min(3, m.last - m.head)}:{determiner}", f"described-known={actors.words.nominal(t, m.head) is not None}",
        ]  # fmt: skip
    if m is not None and rule in ("name", "title", "role") and reading.index is not None:
        actor = actors.actors[reading.index]
        f += [f"words={actor.kind}:{min(3, len(actor.name.split()))}", f"named={actor.kind}:{min(3, len(actor.tokens))}"]
    return f


def _odds(chance: float) -> int:
    """The class of a chance, by its log-odds."""
    held = min(max(chance, 0.002), 0.998)
    return round(log(held / (1 - held)) * 1.5)
