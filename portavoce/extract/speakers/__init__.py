"""Who speaks in each attribution of an article: the mention that names the speaker, and the actor that it means.

Two rankings, linear models over named features: which phrase of the sentence names the speaker (or none does), and whom
a noun, a pronoun or a dropped subject stands for (or nobody can tell). Their weights are data of the language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from portavoce.extract.actors.coreference import Actors
from portavoce.extract.acts import Attribution
from portavoce.extract.lang import language_file
from portavoce.extract.linear import Linear, read_models, softmax
from portavoce.extract.speakers.confidence import confidence_features
from portavoce.extract.speakers.cue_view import CueView, as_phrase
from portavoce.extract.speakers.history import Contents, History
from portavoce.extract.speakers.mention_features import mention_features, null_features
from portavoce.extract.speakers.mentions import SpeakerMention, find_mentions, name_before_colon
from portavoce.extract.speakers.possible_speakers import PossibleSpeaker, possible_speakers
from portavoce.extract.tokens import Tokens
from portavoce.records import ActorKind

FEATURES = 3
"""The version of the features of both rankings; raised with any change, so that old weights are refused."""


_LIKELY = 0.04
"""The chance from which a mention is looked at beside the likeliest one."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: the mention's character offsets, the actor's index in `Actors.actors`, its name and kind.

    All are None (kind ``unknown``) where nobody can tell; ``rule`` names how the actor was found.
    """

    span: tuple[int, int] | None
    actor: int | None
    name: str | None
    kind: ActorKind
    confidence: float
    rule: str


def ranking_file(*, evidence: bool) -> str:
    """The name of the file of weights for parses with or without an encoder's evidence."""
    return "speakers.json.gz" if evidence else "speakers_parse.json.gz"


@dataclass(frozen=True, slots=True)
class Ranking:
    """The weights of both rankings and of the confidence, and the confidence under which an actor is left open."""

    mention: Linear
    antecedent: Linear
    sure: Linear
    threshold: float

    @classmethod
    @cache
    def load(cls, language: str, *, evidence: bool = False) -> Ranking:
        """The ranking of a language, for parses with an encoder's `evidence` or without it.

        Weights made for other features are a PipelineError.
        """
        models = read_models(language_file(language, ranking_file(evidence=evidence)), version=FEATURES)
        mention, antecedent, sure = (_linear(models[name]) for name in ("mention", "antecedent", "sure"))
        return cls(mention, antecedent, sure, float(str(models["sure"]["threshold"])))


def _linear(model: dict[str, object]) -> Linear:
    weights = model["weights"]
    return Linear(dict(weights) if isinstance(weights, dict) else {}, float(str(model.get("bias", 0.0))))


def find_speakers(
    tokens: Tokens,
    actors: Actors,
    attributions: Sequence[Attribution],
    *,
    ranking: Ranking | None = None,
) -> list[Speaker]:
    """The speaker of each attribution, in their order; who spoke before counts for those who follow."""
    ranking = ranking or Ranking.load(actors.language, evidence=tokens.evidence is not None)
    speakers = [finding.speaker for finding in findings(tokens, actors, attributions, ranking)]
    return [s if s.actor is None else replace(s, name=actors.actors[s.actor].name) for s in speakers]


@dataclass(frozen=True, slots=True)
class Finding:
    """A speaker, the actor that it likely is even where that is left open, and the features of its confidence."""

    speaker: Speaker
    likely: int | None
    features: list[str]


def findings(
    tokens: Tokens, actors: Actors, attributions: Sequence[Attribution], ranking: Ranking
) -> Iterator[Finding]:
    """What `find_speakers` finds, one attribution after the other."""
    history = History(actors, Contents(attributions))
    for attribution in attributions:
        view = CueView(tokens, as_phrase(tokens, actors.words, attribution), history.spoken())
        likely, features = likeliest(actors, view, history, ranking)
        index = likely.settle()
        head = likely.mention.head if likely.mention else -1
        history.note(index, attribution.cue.first, head)
        if index is None:
            yield Finding(Speaker(likely.span, None, None, "unknown", likely.chance, likely.rule), None, features)
            continue
        actor = actors.actors[index]
        actor.spoke = True
        if likely.mention is not None and likely.rule.startswith("antecedent"):
            actors.note_mention(index, head, likely.mention.first, likely.mention.last)
            actors.describe_fuller(index, head, likely.mention.first, likely.mention.last)
        confidence = ranking.sure.probability(features)
        if confidence >= ranking.threshold:
            speaker = Speaker(likely.span, index, actor.name, actor.kind, confidence, likely.rule)
        else:
            speaker = Speaker(likely.span, None, None, "unknown", confidence, f"{likely.rule}, unsure")
        yield Finding(speaker, index, features)


def likeliest(actors: Actors, view: CueView, history: History, ranking: Ranking) -> tuple[PossibleSpeaker, list[str]]:
    """The likeliest speaker, all mentions of an actor counted together, and the features of its confidence."""
    found: list[PossibleSpeaker] = []
    for mention, chance in _likely_mentions(actors, view, history, ranking):
        found += [
            replace(possible, chance=chance * possible.meant)
            for possible in possible_speakers(history, view, mention, ranking.antecedent)
        ]
    totals: dict[tuple[str, int], float] = {}
    for possible in found:
        totals[possible.key] = totals.get(possible.key, 0.0) + possible.chance
    order = sorted(totals, key=lambda key: (-totals[key], key))
    best = max((r for r in found if r.key == order[0]), key=lambda r: r.chance)
    second = totals[order[1]] if len(order) > 1 else 0.0
    return best, confidence_features(history, view, best, totals[order[0]], second)


def _likely_mentions(
    actors: Actors, view: CueView, history: History, ranking: Ranking
) -> list[tuple[SpeakerMention | None, float]]:
    """The likely mentions of the speaker, None for none, each with its chance.

    None stands in what somebody else says, unless its cue does too: of the 2,607 speakers of the annotated articles none does.
    """
    label = name_before_colon(actors, view)
    if label is not None:
        return [(label, 1.0)]
    t, contents = actors.tokens, history.contents
    at = t.start[view.cue.first]
    mentions = [m for m in find_mentions(actors, view) if not contents.part(t.span(m.first, m.last), at)]
    scores = [ranking.mention.score(mention_features(actors, view, mentions, n)) for n in range(len(mentions))]
    scores.append(ranking.mention.score(null_features(view, mentions, previous=bool(history.said))))
    chances = softmax(scores)
    least = min(_LIKELY, max(chances))
    return [(m, c) for m, c in zip([*mentions, None], chances, strict=True) if c >= least]


__all__ = ["Finding", "Ranking", "Speaker", "find_speakers", "findings"]
