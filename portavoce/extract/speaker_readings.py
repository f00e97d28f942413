"""What a mention can mean: the actor that it names outright, or whom a noun, a pronoun or a dropped subject stands for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

from portavoce.extract import act_features
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
from portavoce.extract.coreference import Actors
from portavoce.extract.cue_view import CueView
from portavoce.extract.linear import Linear, softmax
from portavoce.extract.mentions import described_edge, noun_phrase, without_article
from portavoce.extract.speaker_mentions import SpeakerMention, coordinated
from portavoce.extract.tokens import Tokens
from portavoce.records import ActorKind

_LOOK_BACK, _LOOK_AHEAD = 20, 5
"""How many earlier and later places of a noun are searched for its fullest description."""
_SURE = 0.5
"""The chance from which the complement of a description is replaced by a name."""
_LONGEST = 10
"""Words of the longest phrase that an encoder's reading makes a description of."""
_LEAST = 0.02
"""The chance under which an antecedent is not looked at again."""


@dataclass(frozen=True, slots=True)
class Named:
    """An actor named outright: its index, or how to add it, the tokens that name it, and by which rule."""

    index: int | None
    make: Callable[[], int] | None
    first: int
    last: int
    rule: str

    def settle(self) -> int:
        """The actor's index, added to the article's where it is not there yet."""
        return self.make() if self.make else self.index  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Reading:
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
        """What readings of one actor share."""
        if self.index is not None:
            return ("actor", self.index)
        return ("new", self.mention.head) if self.make and self.mention else ("nobody", -1)

    def settle(self) -> int | None:
        """The actor's index, added to the article's where it is not there yet."""
        return self.make() if self.make else self.index


def readings(history: History, view: CueView, mention: SpeakerMention | None, antecedent: Linear) -> list[Reading]:
    """Whom a mention, or none, can mean, each with the chance of that where the mention is the right one."""
    actors = history.actors
    t = actors.tokens
    if mention is None:
        return _antecedent_readings(history, view, anaphor_of_null(actors, view), None, antecedent)
    members = coordinated(actors, mention, plural=view.plural)
    if len(members) > 1:
        span = t.span(members[0].first, members[-1].last)
        return [Reading(1.0, 1.0, "coordinated", mention, span, None, lambda: _joined_actor(actors, members, span))]
    named = named_by(actors, mention)
    if named is not None:
        span = t.span(named.first, named.last)
        return [Reading(1.0, 1.0, named.rule, mention, span, named.index, named.make)]
    return _antecedent_readings(history, view, anaphor_of_mention(actors, mention), mention, antecedent)


def _antecedent_readings(
    history: History,
    view: CueView,
    anaphor: Anaphor,
    mention: SpeakerMention | None,
    antecedent: Linear,
) -> list[Reading]:
    actors = history.actors
    candidates, features = options(history, view, anaphor)
    span = None if mention is None else actors.tokens.span(mention.first, mention.last)
    holder = office_holder(actors, anaphor, candidates)
    if holder is not None:
        return [Reading(1.0, 1.0, f"antecedent of {anaphor.sort}", mention, span, holder)]
    chances = softmax([antecedent.score(f) for f in features])
    out = []
    for index, meant in zip(candidates, chances, strict=False):
        if meant >= _LEAST:
            out.append(Reading(meant, meant, f"antecedent of {anaphor.sort}", mention, span, index))
    meant = chances[-1]
    if mention is None or anaphor.sort == "pronoun":
        out.append(Reading(meant, meant, f"nobody for {anaphor.sort}", mention, span, None))
    else:
        made: SpeakerMention = mention
        out.append(
            Reading(
                meant, meant, "description", mention, span, None,
                lambda: _described(history, view, made, anaphor, antecedent),
            )
        )  # fmt: skip
    return out


def office_holder(actors: Actors, anaphor: Anaphor, candidates: list[int]) -> int | None:
    """The one actor of the article who holds the office that is meant, as the table of office-holders has it.

    "Il portavoce del Cremlino" where Peskov is named: right in 4 of 4 cases in 203 articles of train.
    """
    named = (k for k in candidates if actors.actors[k].proper and actors.actors[k].kind == "person")
    held = [k for k in named if actors.actors[k].name.rsplit(" ", 1)[-1] in anaphor.holders]
    return held[0] if len(held) == 1 else None


def _described(history: History, view: CueView, mention: SpeakerMention, anaphor: Anaphor, antecedent: Linear) -> int:
    first, last = fullest_description(history.actors, mention, anaphor)
    actors = history.actors
    plural = _is_plural(actors, mention)
    kind = described_kind(actors, mention.head, plural=plural)
    stand_in = actors.words.stand_ins.get(actors.tokens.lemma[mention.head])
    if stand_in is not None and plural:
        return actors.describe(mention.head, mention.first, mention.last, kind="group", name=stand_in)
    name = with_named_complement(history, view, mention, antecedent) if (first, last) == anaphor.span else None
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


def _joined_actor(actors: Actors, members: list[SpeakerMention], span: tuple[int, int]) -> int:
    indices = [_member(actors, m) for m in members]
    name = _joined([actors.actors[k].name for k in indices], actors.tokens, members[-1])
    return actors.join(indices, name, span, members[0].head)


def named_by(actors: Actors, mention: SpeakerMention) -> Named | None:
    """The actor that a phrase names outright: by a name, a title with its name, an apposition."""
    t, i = actors.tokens, mention.head
    k = actors.name_at[i]
    if k >= 0:
        name = actors.names[k]
        if mention.last > name.last and name.words[0] in actors.words.organizations:

            def described() -> int:
                return actors.describe(i, name.first, mention.last, kind="organization", proper=True)

            return Named(None, described, mention.first, mention.last, "name")
        index = actors.actor_at.get(i)
        if index is None:
            if not actors.is_place(i):
                return None
            return Named(None, lambda: actors.speaking_place(i), mention.first, mention.last, "place")
        last = name.last if actors.actors[index].kind == "person" else mention.last
        return Named(index, None, mention.first, last, "name")
    role = actors.role_at.get(i)
    if role is not None:
        if role.by_comma and role.name[0] > i:
            return Named(role.actor, None, *role.name, "apposition")
        return Named(role.actor, None, mention.first, mention.last, "role")
    for c in t.children[i]:
        k = actors.name_at[c]
        if k >= 0 and t.dep[c] == "appos" and c in actors.actor_at and _may_name(actors, i, actors.actor_at[c]):
            return Named(actors.actor_at[c], None, actors.names[k].first, actors.names[k].last, "apposition")
    for j in range(i + 1, mention.last + 1):
        k = actors.name_at[j]
        if k >= 0 and actors.names[k].first == j and t.pos[j - 1] not in ("ADP", "DET", "CCONJ", "PUNCT", "VERB"):
            index = actors.actor_at.get(j)
            if index is not None and _may_name(actors, i, index):
                return Named(index, None, mention.first, mention.last, "title")
    return None


def _may_name(actors: Actors, i: int, index: int) -> bool:
    """Whether a name beside a noun can be who the noun means: not in "il governo Rossi"."""
    entry = actors.words.nominal(actors.tokens, i)
    if entry is None:
        return actors.actors[index].kind == "person"
    if entry[0] not in ("organization", "person", "document"):
        return False
    return (entry[0] == "person") == (actors.actors[index].kind == "person")


def _member(actors: Actors, m: SpeakerMention) -> int:
    named = named_by(actors, m)
    if named is not None:
        return named.settle()
    return actors.describe(m.head, m.first, m.last, kind=described_kind(actors, m.head, plural=_is_plural(actors, m)))


def _joined(names: list[str], t: Tokens, last: SpeakerMention) -> str:
    """The names in one, with the conjunction that the article has before the last one."""
    word = next((t.form[j] for j in range(last.first - 1, max(-1, last.first - 3), -1) if t.pos[j] == "CCONJ"), None)
    joined = ", ".join(names[:-1])
    return f"{joined} {word} {names[-1]}" if word else f"{joined}, {names[-1]}"


def _is_plural(actors: Actors, m: SpeakerMention) -> bool:
    return actors.words.agreement(actors.tokens, m.first, m.head)[1] == "Plur"


def described_kind(actors: Actors, head: int, *, plural: bool) -> ActorKind:
    """What kind of actor a noun describes; several persons are a group."""
    t = actors.tokens
    entry = actors.words.nominal(t, head)
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
    last = self_features(anaphor, history) if own else nobody_features(anaphor, history, view)
    features.append(last + act_features.of_no_antecedent(view.act, anaphor.sort, anaphor.span))
    return candidates, features


def with_named_complement(history: History, view: CueView, mention: SpeakerMention, antecedent: Linear) -> str | None:
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
        chances = softmax([antecedent.score(f) for f in features])
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
