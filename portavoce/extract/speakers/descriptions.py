"""Actors that a phrase describes and no name names: of what kind they are, and the words that describe them best."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from portavoce.extract.actors.coreference import Actors
from portavoce.extract.actors.noun_phrases import described_edge, noun_phrase, without_article
from portavoce.extract.linear import Linear, softmax
from portavoce.extract.speakers.anaphors import Anaphor, anaphor_of_mention
from portavoce.extract.speakers.antecedent_features import options
from portavoce.extract.speakers.cue_view import CueView
from portavoce.extract.speakers.history import History
from portavoce.extract.speakers.mentions import SpeakerMention
from portavoce.records import ActorKind

_LOOK_BACK, _LOOK_AHEAD = 20, 5
"""How many earlier and later places of a noun are searched for its fullest description."""
_SURE = 0.5
"""The chance from which the complement of a description is replaced by a name."""
_LONGEST = 10
"""Words of the longest phrase that an encoder's second look makes a description of."""
_KINDS: dict[str, ActorKind] = {"group": "group", "organization": "organization", "document": "document"}


def describe(history: History, view: CueView, mention: SpeakerMention, anaphor: Anaphor, antecedent: Linear) -> int:
    """The index of the actor that a phrase describes, by the fullest words that the article has for it."""
    first, last = fullest_description(history.actors, mention, anaphor)
    actors = history.actors
    plural = is_plural(actors, mention)
    kind = described_kind(actors, mention.head, plural=plural)
    stand_in = actors.words.stand_ins.get(actors.tokens.lemma[mention.head])
    if stand_in is not None and plural:
        return actors.describe(mention.head, mention.first, mention.last, kind="group", name=stand_in)
    whole = mention if (first, last) == anaphor.span else replace(mention, head=first, first=first, last=last)
    name = with_named_complement(history, view, whole, antecedent)
    if name is None and (wider := _read_wider(view, mention)):
        return actors.describe(mention.head, *wider, kind=kind)
    if (first, last) == (mention.first, mention.last) and name is None:
        last = described_edge(actors.tokens, mention.head, last)
        return actors.describe(mention.head, first, last, kind=kind)
    return actors.describe(mention.head, first, last, kind=kind, name=name)


def _read_wider(view: CueView, mention: SpeakerMention) -> tuple[int, int] | None:
    """The phrase around a mention that an encoder reads as the speaker, where it is longer and no longer than a description."""
    read = None if view.act is None else view.act.speaker_around(mention.head)
    if read is None or (read[0] >= mention.first and read[1] <= mention.last) or read[1] - read[0] >= _LONGEST:
        return None
    return min(read[0], mention.first), max(read[1], mention.last)


def is_plural(actors: Actors, m: SpeakerMention) -> bool:
    return actors.words.agreement(actors.tokens, m.first, m.head)[1] == "Plur"


def described_kind(actors: Actors, head: int, *, plural: bool) -> ActorKind:
    """What kind of actor a noun describes; several persons are a group."""
    t = actors.tokens
    entry = actors.words.nominal(t, head)
    if entry is None:
        return "group" if plural else "unknown"
    if entry[0] == "person":
        return "group" if plural else "person"
    return _KINDS.get(entry[0], "unknown")


def with_named_complement(history: History, view: CueView, mention: SpeakerMention, antecedent: Linear) -> str | None:
    """A description whose complement is somebody known, by the whole name: "gli amici del ragazzo" → "amici di X"."""
    actors = history.actors
    t, words = actors.tokens, actors.words
    for c in t.below(mention.head, "nmod"):
        case = next((k for k in t.children[c] if t.dep[k] == "case"), -1)
        if not mention.head < case < c <= mention.last:
            continue
        known = _surnamed(actors, c, mention.last) if c in actors.actor_at else None
        if known is None and c not in actors.actor_at:
            known = _meant_by_complement(history, view, c, antecedent)
        if known is not None:
            noun = without_article(t, words, mention.first, case - 1)
            return f"{noun} {t.lemma[case].split(' ', 1)[0]} {actors.actors[known].name}"
    return None


def _surnamed(actors: Actors, c: int, last: int) -> int | None:
    """The person whom a phrase calls by a part of the name at its end: "la moglie di Anna" is that of Anna Ferri."""
    k, actor = actors.name_at[c], actors.actors[actors.actor_at[c]]
    shorter = k >= 0 and actors.names[k].last == last and len(actors.names[k].words) < len(actor.name.split())
    return actors.actor_at[c] if shorter and actor.kind == "person" else None


def _meant_by_complement(history: History, view: CueView, c: int, antecedent: Linear) -> int | None:
    """Whom a bare definite noun behind another noun surely stands for: "gli amici del ragazzo"."""
    t, words = history.actors.tokens, history.actors.words
    entry = words.nominal(t, c)
    first, last = noun_phrase(t, words, c)
    if entry is None or entry[0] not in ("person", "organization") or last > c or t.morph[c].get("Number") == "Plur":
        return None
    anaphor = anaphor_of_mention(history.actors, SpeakerMention(c, first, last, entry[0], c))
    if anaphor.determiner != "Def":
        return None
    candidates, features = options(history, view, anaphor)
    chances = softmax([antecedent.score(f) for f in features])
    best = max(range(len(chances)), key=lambda n: (chances[n], -n))
    return candidates[best] if best < len(candidates) and chances[best] >= _SURE else None


def fullest_description(actors: Actors, mention: SpeakerMention, anaphor: Anaphor) -> tuple[int, int]:
    """First and last token of the fullest phrase that the article has for a noun that stands bare ("lo studio")."""
    t = actors.tokens
    if anaphor.modifiers or anaphor.determiner == "Ind" or t.pos[mention.head] not in ("NOUN", "PROPN"):
        return mention.first, mention.last
    best: tuple[int, int] | None = None
    places = actors.nouns().get(t.lemma[mention.head], [])
    here = bisect_left(places, mention.head)
    for i in places[max(0, here - _LOOK_BACK) : here + _LOOK_AHEAD]:
        if i == mention.head or t.form[i] != t.form[mention.head] or actors.name_at[i] >= 0:
            continue
        if i > mention.head and best is not None:
            break
        first, last = noun_phrase(t, actors.words, i)
        if any(actors.words.is_former(t, j) for j in range(first, last + 1)) and not anaphor.former:
            continue
        if last > i and last - first < 9:
            best = (i, last)
    return best or (mention.first, mention.last)
