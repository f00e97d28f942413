"""Who may be meant by a mention, or by none: whom it names, whom it stands for, whom it describes, and how likely each is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import compress

from portavoce.extract.actors.coreference import Actors
from portavoce.extract.linear import Linear, softmax
from portavoce.extract.speakers.anaphors import Anaphor, anaphor_of_mention, anaphor_of_null
from portavoce.extract.speakers.antecedent_features import options
from portavoce.extract.speakers.antecedents import is_named_before, office_holder, only_medium
from portavoce.extract.speakers.cue_view import CueView
from portavoce.extract.speakers.descriptions import describe, described_kind, is_plural
from portavoce.extract.speakers.history import History
from portavoce.extract.speakers.mentions import SpeakerMention, coordinated
from portavoce.extract.speakers.named import named_by
from portavoce.extract.tokens import Tokens

_LEAST = 0.02
"""The chance under which an antecedent is not looked at again."""
_AGENTLESS = 0.5
"""How much less likely somebody known says what is said in the passive without an agent: "è stato annunciato"."""


@dataclass(frozen=True, slots=True)
class PossibleSpeaker:
    """Somebody whom a statement's speaker may be: how sure that is, by which mention (None: none) and rule.

    ``index`` is the actor's, None where ``make`` adds it or where nobody can be told; ``meant`` is the chance that the
    mention stands for it.
    """

    chance: float
    meant: float
    rule: str
    mention: SpeakerMention | None
    span: tuple[int, int] | None
    index: int | None
    make: Callable[[], int] | None = None

    @property
    def key(self) -> tuple[str, int]:
        """What all that are one actor share."""
        if self.index is not None:
            return ("actor", self.index)
        return ("new", self.mention.head) if self.make and self.mention else ("nobody", -1)

    def settle(self) -> int | None:
        """The actor's index, added to the article's where it is not there yet."""
        return self.make() if self.make else self.index


def possible_speakers(
    history: History, view: CueView, mention: SpeakerMention | None, antecedent: Linear
) -> list[PossibleSpeaker]:
    """Whom a mention, or none, can mean, each with the chance of that where the mention is the right one."""
    actors = history.actors
    t = actors.tokens
    if mention is None:
        return _antecedents(history, view, anaphor_of_null(actors, view), None, antecedent)
    members = coordinated(actors, mention, plural=view.plural)
    if len(members) > 1:
        span = t.span(members[0].first, members[-1].last)
        return [
            PossibleSpeaker(1.0, 1.0, "coordinated", mention, span, None, lambda: _joined_actor(actors, members, span))
        ]
    named = named_by(actors, mention)
    if named is not None:
        span = t.span(named.first, named.last)
        return [PossibleSpeaker(1.0, 1.0, named.rule, mention, span, named.index, named.make)]
    return _antecedents(history, view, anaphor_of_mention(actors, mention), mention, antecedent)


def _antecedents(
    history: History,
    view: CueView,
    anaphor: Anaphor,
    mention: SpeakerMention | None,
    antecedent: Linear,
) -> list[PossibleSpeaker]:
    """One for each likely antecedent, and last that nobody known is meant."""
    actors = history.actors
    candidates, features = options(history, view, anaphor)
    span = None if mention is None else actors.tokens.span(mention.first, mention.last)
    for find in (office_holder, only_medium):
        sure = find(actors, anaphor, candidates)
        if sure is not None:
            return [PossibleSpeaker(1.0, 1.0, f"antecedent of {anaphor.sort}", mention, span, sure)]
    chances = softmax([antecedent.score(f) for f in features])
    if mention is None and _is_agentless(actors, view):
        chances = [c * _AGENTLESS for c in chances[:-1]]
        chances.append(1.0 - sum(chances))
    named = [is_named_before(actors, anaphor, index) for index in candidates]
    if any(named):
        among = sum(compress(chances, named))
        chances = [c / among if is_named else 0.0 for c, is_named in zip(chances, [*named, False], strict=True)]
    out = []
    for index, meant in zip(candidates, chances, strict=False):
        if meant >= _LEAST:
            out.append(PossibleSpeaker(meant, meant, f"antecedent of {anaphor.sort}", mention, span, index))
    meant = chances[-1]
    if mention is None or anaphor.sort == "pronoun":
        out.append(PossibleSpeaker(meant, meant, f"nobody for {anaphor.sort}", mention, span, None))
    else:
        made: SpeakerMention = mention
        out.append(
            PossibleSpeaker(
                meant, meant, "description", mention, span, None,
                lambda: describe(history, view, made, anaphor, antecedent),
            )
        )  # fmt: skip
    return out


def _is_agentless(actors: Actors, view: CueView) -> bool:
    """Whether a cue is a passive that names no agent."""
    t, h = actors.tokens, view.cue.head
    if view.cue.kind != "verb" or not any(t.dep[c] == "aux:pass" for c in t.children[h]):
        return False
    cases = [t.lemma[k].split(" ", 1)[0] for c in t.below(h, "obl") for k in t.children[c] if t.dep[k] == "case"]
    return all(actors.words.classes.get(case) != "by" for case in cases)


def _joined_actor(actors: Actors, members: list[SpeakerMention], span: tuple[int, int]) -> int:
    """The index of the actor that several who speak together are."""
    indices = [_member(actors, m) for m in members]
    name = _joined([actors.actors[k].name for k in indices], actors.tokens, members[-1])
    return actors.join(indices, name, span, members[0].head)


def _member(actors: Actors, m: SpeakerMention) -> int:
    """The index of one of them: the actor that the phrase names, else the one that it describes."""
    named = named_by(actors, m)
    if named is not None:
        return named.settle()
    return actors.describe(m.head, m.first, m.last, kind=described_kind(actors, m.head, plural=is_plural(actors, m)))


def _joined(names: list[str], t: Tokens, last: SpeakerMention) -> str:
    """The names in one, with the conjunction that the article has before the last one."""
    word = next((t.form[j] for j in range(last.first - 1, max(-1, last.first - 3), -1) if t.pos[j] == "CCONJ"), None)
    joined = ", ".join(names[:-1])
    return f"{joined} {word} {names[-1]}" if word else f"{joined}, {names[-1]}"
