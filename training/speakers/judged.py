"""Statements with the speakers that were found for them, and the figures of how many are right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from portavoce.extract.actors.coreference import Actors
from portavoce.extract.acts import Attribution
from portavoce.extract.speakers import Ranking, Speaker, findings
from portavoce.records import Statement
from training.speakers.examples import Example, is_actor


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement, who it was found to be by, its likeliest name even where left open, how sure, and the features of that."""

    example: Example
    statement: Statement
    attribution: Attribution
    speaker: Speaker
    name: str | None
    features: list[str]
    chance: float

    @property
    def right(self) -> bool:
        """Whether the likeliest name is that of the actor."""
        return self.name is not None and is_actor(self.statement, self.name)

    @property
    def names_speaker(self) -> bool:
        """Whether the mention that was found is the annotated one, by a word at least."""
        found, told = self.speaker.span, self.statement.speaker
        return found is not None and told is not None and found[0] < told.end and told.start < found[1]


def judge(examples: Sequence[Example], ranking: Ranking) -> list[Judged]:
    """What the ranking says of each statement."""
    out: list[Judged] = []
    for e in examples:
        actors = Actors(e.tokens, e.article.language or "it", e.article.title)
        found = findings(e.tokens, actors, e.attributions, ranking)
        for s, a, f in zip(e.statements, e.attributions, found, strict=True):
            name = None if f.likely is None else actors.actors[f.likely].name
            out.append(Judged(e, s, a, f.speaker, name, f.features, f.speaker.confidence))
    return out


def figures(judged: Sequence[Judged], threshold: float = 0.0) -> dict[str, float]:
    """A, A explicit, A implicit, A-mis and S in percent, with the names given only at ``threshold`` or above.

    T is the share of statements whose actor, or whose having none, is right.
    """
    c: Counter[str] = Counter()
    for j in judged:
        s = j.statement
        given = j.name is not None and j.chance >= threshold
        c["all"] += 1
        if s.actor is not None:
            sort = "explicit" if s.speaker else "implicit"
            right = given and j.right
            c.update(["n", f"n {sort}"])
            c.update(["ok", "kept", f"ok {sort}"] if right else [])
            c.update((["given"] if given else []) + (["wrong"] if given and not right else []))
        else:
            c["none"] += 1
            c["none kept"] += not given
            c["kept"] += not given
        if s.speaker is not None:
            c["speakers"] += 1
            c["speaker ok"] += j.names_speaker

    def share(part: str, whole: str) -> float:
        return round(100 * c[part] / max(1, c[whole]), 1)

    return {
        "A": share("ok", "n"), "A explicit": share("ok explicit", "n explicit"),
        "A implicit": share("ok implicit", "n implicit"), "A-mis": share("wrong", "given"), "T": share("kept", "all"),
        "S": share("speaker ok", "speakers"), "nobody kept": share("none kept", "none"), "n": c["n"],
    }  # fmt: skip


def best_threshold(judged: Sequence[Judged], mis: float) -> float:
    """The least confidence at which no more than ``mis`` percent of the names given are wrong."""
    return next((k / 100 for k in range(100) if figures(judged, k / 100)["A-mis"] <= mis), 1.0)


def calibration(judged: Sequence[Judged]) -> str:
    """For each tenth of confidence, the share that is right and how many there are."""
    out = []
    for k in range(10):
        inside = [j for j in judged if j.name is not None and k / 10 <= j.chance < (k + 1) / 10 + (k == 9)]
        if inside:
            out.append(f".{k}: {100 * sum(j.right for j in inside) / len(inside):.0f} % of {len(inside)}")
    return ", ".join(out)


def show(judged: Sequence[Judged], limit: int) -> None:
    """Print statements whose actor is wrong, with the rule that decided."""
    wrong = [j for j in judged if (not j.right if j.statement.actor else j.name is not None)]
    for j in wrong[:limit]:
        e, s, a, f = j.example, j.statement, j.attribution, j.speaker
        text = e.tokens.text
        span = text[f.span[0] : f.span[1]] if f.span else None
        said = f"{s.speaker.text if s.speaker else None!r} {s.actor!r}"
        where = (s.cue or s.content[0]).start
        around = " ".join(text[max(0, where - 90) : where + 90].split())
        named = "speaker" if s.speaker is None else "mention-ok" if j.names_speaker else "mention-wrong"
        found = f"{span!r} {j.name!r} {j.chance:.2f} {f.rule}"
        print(f"{e.article.id} gold {named} {said} | {found} | {a.cue.kind}:{a.cue.lemma} | {around}")
