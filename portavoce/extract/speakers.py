"""Who speaks in each attribution of an article: the mention that names the speaker, and the actor that it means.

Two rankings, linear models over named features: which phrase of the sentence names the speaker (or none does), and whom
a noun, a pronoun or a dropped subject stands for (or nobody can tell). Their weights are data of the language.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from portavoce.extract.antecedents import (
    Anaphor,
    History,
    anaphor_of_mention,
    anaphor_of_null,
    antecedent_features,
    antecedents,
    nobody_features,
    self_features,
)
from portavoce.extract.attribution import Attribution
from portavoce.extract.coreference import Actors
from portavoce.extract.cue_view import CueView
from portavoce.extract.linear import Linear, language_file, read_models, softmax
from portavoce.extract.mentions import noun_phrase, without_article
from portavoce.extract.speaker_mentions import (
    Contents,
    SpeakerMention,
    coordinated,
    find_mentions,
    mention_features,
    null_features,
)
from portavoce.extract.tokens import Tokens
from portavoce.records import ActorKind

FEATURES = 1
"""The version of the features of both rankings; raised with any change, so that old weights are refused."""


_LOOK_BACK, _LOOK_AHEAD = 20, 5
"""How many earlier and later places of a noun are searched for its fullest description."""
_SURE = 0.5
"""The chance from which the complement of a description is replaced by a name."""


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
    return "speakers.json" if evidence else "speakers_parse.json"


@dataclass(frozen=True, slots=True)
class Ranking:
    """The weights of both rankings, and the confidence under which an actor is left open."""

    mention: Linear
    antecedent: Linear
    threshold: float

    @classmethod
    @cache
    def load(cls, language: str, *, evidence: bool = False) -> Ranking:
        """The ranking of a language, for parses with an encoder's `evidence` or without it.

        Weights made for other features are a PipelineError.
        """
        models = read_models(language_file(language, ranking_file(evidence=evidence)), version=FEATURES)
        threshold = models["antecedent"].get("threshold", 0.0)
        return cls(_linear(models["mention"]), _linear(models["antecedent"]), float(str(threshold)))


def _linear(model: dict[str, object]) -> Linear:
    weights = model["weights"]
    return Linear(dict(weights) if isinstance(weights, dict) else {})


def find_speakers(
    tokens: Tokens,
    actors: Actors,
    attributions: Sequence[Attribution],
    *,
    ranking: Ranking | None = None,
) -> list[Speaker]:
    """The speaker of each attribution, in their order; who spoke before counts for those who follow."""
    ranking = ranking or Ranking.load(actors.language, evidence=tokens.evidence is not None)
    contents = Contents(attributions)
    history = History(actors, contents)
    out: list[Speaker] = []
    for attribution in attributions:
        speaker, mention = find_speaker(tokens, actors, attribution, history, ranking)
        history.note(speaker.actor, attribution.cue.first, mention)
        if speaker.actor is not None:
            actors.actors[speaker.actor].spoke = True
        out.append(speaker)
    return out


def find_speaker(
    t: Tokens, actors: Actors, attribution: Attribution, history: History, ranking: Ranking
) -> tuple[Speaker, int]:
    """The speaker of one attribution after those of ``history``, with the head token of its mention or -1."""
    view = CueView(t, attribution, history.spoken())
    mentions = find_mentions(actors, view)
    scores = [ranking.mention.score(mention_features(actors, view, mentions, n)) for n in range(len(mentions))]
    scores.append(ranking.mention.score(null_features(view, mentions, previous=bool(history.said))))
    chances = softmax(scores)
    best = max(range(len(chances)), key=lambda n: (chances[n], -n))
    if best == len(mentions):
        anaphor = anaphor_of_null(actors, view)
        index, chance, rule = _resolve(history, view, anaphor, None, ranking)
        span, head = None, -1
    else:
        mention = mentions[best]
        head = mention.head
        span, index, chance, rule = speaker_of_mention(history, view, mention, ranking)
    confidence = chances[best] * chance
    if index is None or confidence < ranking.threshold:
        return Speaker(span, None, None, "unknown", confidence, rule if index is None else f"{rule}, unsure"), head
    actor = actors.actors[index]
    return Speaker(span, index, actor.name, actor.kind, confidence, rule), head


def speaker_of_mention(
    history: History, view: CueView, mention: SpeakerMention, ranking: Ranking
) -> tuple[tuple[int, int], int | None, float, str]:
    """The span of a mention, the actor it means, how sure that is, and by which rule."""
    actors = history.actors
    t = actors.tokens
    members = coordinated(actors, mention, plural=view.plural)
    if len(members) > 1:
        indices = [_member(actors, m) for m in members]
        span = t.span(members[0].first, members[-1].last)
        name = _joined([actors.actors[k].name for k in indices], t, members[-1])
        return span, actors.join(indices, name, span, mention.head), 1.0, "coordinated"
    named = named_by(actors, mention)
    if named is not None:
        index, first, last, rule = named
        return t.span(first, last), index, 1.0, rule
    anaphor = anaphor_of_mention(actors, mention)
    index_or_none, chance, rule = _resolve(history, view, anaphor, mention, ranking)
    if index_or_none is not None:
        actors.note_mention(index_or_none, mention.head, mention.first, mention.last)
    return t.span(mention.first, mention.last), index_or_none, chance, rule


def named_by(actors: Actors, mention: SpeakerMention) -> tuple[int, int, int, str] | None:
    """The actor that a phrase names outright, with the span that does: a name, a title with its name, an apposition."""
    t, i = actors.tokens, mention.head
    k = actors.name_at[i]
    if k >= 0:
        name = actors.names[k]
        if mention.last > name.last and name.words[0] in actors.words.organizations:
            described = actors.describe(i, name.first, mention.last, kind="organization", proper=True)
            return described, mention.first, mention.last, "name"
        index = actors.actor_at.get(i)
        if index is None:
            place = actors.speaking_place(i)
            return None if place is None else (place, mention.first, mention.last, "place")
        last = name.last if actors.actors[index].kind == "person" else mention.last
        return index, mention.first, last, "name"
    role = actors.role_at.get(i)
    if role is not None:
        if role.by_comma and role.name[0] > i:
            return role.actor, *role.name, "apposition"
        return role.actor, mention.first, mention.last, "role"
    for c in t.children[i]:
        k = actors.name_at[c]
        if k >= 0 and t.dep[c] == "appos" and c in actors.actor_at and _may_name(actors, i, actors.actor_at[c]):
            return actors.actor_at[c], actors.names[k].first, actors.names[k].last, "apposition"
    for j in range(i + 1, mention.last + 1):
        k = actors.name_at[j]
        if k >= 0 and actors.names[k].first == j and t.pos[j - 1] not in ("ADP", "DET", "CCONJ", "PUNCT", "VERB"):
            named = actors.actor_at.get(j)
            if named is not None and _may_name(actors, i, named):
                return named, mention.first, mention.last, "title"
    return None


def _may_name(actors: Actors, i: int, index: int) -> bool:
    """Whether a name beside a noun can be who the noun means: not in "il governo Rossi"."""
    entry = actors.words.nominal(actors.tokens, i)
    if entry is None or entry[0] not in ("organization", "person", "document"):
        return False
    return (entry[0] == "person") == (actors.actors[index].kind == "person")


def _member(actors: Actors, m: SpeakerMention) -> int:
    named = named_by(actors, m)
    if named is not None:
        return named[0]
    return actors.describe(m.head, m.first, m.last, kind=described_kind(actors, m.head))


def _joined(names: list[str], t: Tokens, last: SpeakerMention) -> str:
    """The names in one, with the conjunction that the article has before the last one."""
    word = next((t.form[j] for j in range(last.first - 1, max(-1, last.first - 3), -1) if t.pos[j] == "CCONJ"), None)
    joined = ", ".join(names[:-1])
    return f"{joined} {word} {names[-1]}" if word else f"{joined}, {names[-1]}"


def described_kind(actors: Actors, head: int) -> ActorKind:
    """What kind of actor a noun describes; several persons are a group."""
    t = actors.tokens
    entry = actors.words.nominal(t, head)
    plural = t.morph[head].get("Number") == "Plur"
    if entry is None:
        return "group" if plural else "unknown"
    if entry[0] == "person":
        return "group" if plural else "person"
    kinds: dict[str, ActorKind] = {"group": "group", "organization": "organization", "document": "document"}
    return kinds.get(entry[0], "unknown")


def options(history: History, view: CueView, anaphor: Anaphor) -> tuple[list[int], list[list[str]]]:
    """The antecedents of an anaphor with the features of each; last of all those of the phrase itself or of nobody."""
    candidates = antecedents(history, anaphor)
    features = antecedent_features(history, view, anaphor, candidates)
    own = anaphor.span is not None and anaphor.sort != "pronoun"
    features.append(self_features(anaphor, history) if own else nobody_features(anaphor, history, view))
    return candidates, features


def _resolve(
    history: History,
    view: CueView,
    anaphor: Anaphor,
    mention: SpeakerMention | None,
    ranking: Ranking,
) -> tuple[int | None, float, str]:
    candidates, features = options(history, view, anaphor)
    chances = softmax([ranking.antecedent.score(f) for f in features])
    best = max(range(len(chances)), key=lambda n: (chances[n], -n))
    if best < len(candidates):
        return candidates[best], chances[best], f"antecedent of {anaphor.sort}"
    if mention is None or anaphor.sort == "pronoun":
        return None, chances[best], f"nobody for {anaphor.sort}"
    first, last = fullest_description(history.actors, mention, anaphor)
    kind = described_kind(history.actors, mention.head)
    name = with_named_complement(history, view, mention, ranking) if (first, last) == anaphor.span else None
    index = history.actors.describe(mention.head, first, last, kind=kind, name=name)
    return index, chances[best], "description"


def with_named_complement(history: History, view: CueView, mention: SpeakerMention, ranking: Ranking) -> str | None:
    """A description whose bare complement is somebody known, by that name: "gli amici del ragazzo" → "amici di X"."""
    actors = history.actors
    t, words = actors.tokens, actors.words
    for c in t.below(mention.head, "nmod"):
        case = next((k for k in t.children[c] if t.dep[k] == "case"), -1)
        entry = words.nominal(t, c)
        if case <= mention.head or c > mention.last or entry is None or entry[0] not in ("person", "organization"):
            continue
        first, last = noun_phrase(t, words, c)
        if last > c or c in actors.actor_at or t.morph[c].get("Number") == "Plur":
            continue
        anaphor = anaphor_of_mention(actors, SpeakerMention(c, first, last, entry[0], c))
        if anaphor.determiner != "Def":
            continue
        candidates, features = options(history, view, anaphor)
        chances = softmax([ranking.antecedent.score(f) for f in features])
        best = max(range(len(chances)), key=lambda n: (chances[n], -n))
        if best < len(candidates) and chances[best] >= _SURE:
            noun = without_article(t, words, mention.first, case - 1)
            return f"{noun} {t.lemma[case].split(' ', 1)[0]} {actors.actors[candidates[best]].name}"
    return None


def fullest_description(actors: Actors, mention: SpeakerMention, anaphor: Anaphor) -> tuple[int, int]:
    """First and last token of the fullest phrase that the article has for a noun that stands bare ("lo studio")."""
    t = actors.tokens
    if anaphor.modifiers or anaphor.determiner == "Ind" or t.pos[mention.head] not in ("NOUN", "PROPN"):
        return mention.first, mention.last
    number = t.morph[mention.head].get("Number")
    best: tuple[int, int] | None = None
    places = actors.nouns().get(t.lemma[mention.head], [])
    here = bisect_left(places, mention.head)
    for i in places[max(0, here - _LOOK_BACK) : here + _LOOK_AHEAD]:
        if i == mention.head or t.morph[i].get("Number") != number or actors.name_at[i] >= 0:
            continue
        if i > mention.head and best is not None:
            break
        first, last = noun_phrase(t, actors.words, i)
        if last > i and last - first < 9:
            best = (i, last)
    return best or (mention.first, mention.last)


__all__ = ["Ranking", "Speaker", "find_speaker", "find_speakers"]
