"""How sure a speaker is: what tells those who are right from those who only look likeliest."""

from __future__ import annotations

from math import log

from portavoce.extract.speakers.cue_view import CueView
from portavoce.extract.speakers.history import History
from portavoce.extract.speakers.possible_speakers import PossibleSpeaker


def confidence_features(
    history: History, view: CueView, likely: PossibleSpeaker, total: float, second: float
) -> list[str]:
    """Named binary features of the likeliest speaker: ``total`` is its chance over all mentions, ``second`` the next one's.

    Words, paths and the make-up of the phrase told nothing more: in cross-validation the log loss was .443 with them and
    .439 without.
    """
    kind, m, rule = view.cue.kind, likely.mention, likely.rule
    actor = None if likely.index is None else history.actors.actors[likely.index]
    last = history.said[-1] if history.said else None
    spoke = last is not None and likely.index is not None and last.actor == likely.index
    source = f"{rule}:{actor.kind}" if actor and rule.startswith("antecedent") else rule
    sort = m.sort if m else "none"
    chosen = _odds(min(1.0, likely.chance / max(1e-6, likely.meant)))
    f = [
        f"total={_odds(total)}", f"ahead={_odds(total / max(1e-6, total + second))}", f"rule={source}",
        f"rule-total={rule}:{_odds(total) // 2}", f"meant={rule}:{_odds(likely.meant) // 2}", f"sort={sort}",
        f"sort-total={sort}:{_odds(total) // 2}", f"kind={kind}:{m is not None}:{view.where}", f"kind-rule={kind}:{rule}",
        f"chosen={chosen}", f"chosen-kind={kind}:{chosen // 2}", f"spoke={rule}:{spoke}",
    ]  # fmt: skip
    if actor is not None:
        f.append(f"words={rule}:{actor.kind}:{min(3, len(actor.name.split()))}")
        f.append(f"named={rule}:{actor.kind}:{min(3, len(actor.tokens))}")
    return f


def _odds(chance: float) -> int:
    """The class of a chance, by its log-odds."""
    held = min(max(chance, 0.002), 0.998)
    return round(log(held / (1 - held)) * 1.5)
