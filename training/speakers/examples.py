"""The examples that the rankings learn from: the choices of mentions and antecedents that the annotation made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from portavoce.evaluate.compare import same_actor
from portavoce.extract.actors.coreference import Actors
from portavoce.extract.acts import Attribution, Cue
from portavoce.extract.attribution.cues import CueLexicon, find_cues
from portavoce.extract.linear import Linear
from portavoce.extract.speakers.anaphors import anaphor_of_mention, anaphor_of_null
from portavoce.extract.speakers.antecedent_features import options
from portavoce.extract.speakers.cue_view import CueView, as_phrase
from portavoce.extract.speakers.history import Contents, History
from portavoce.extract.speakers.mention_features import mention_features, null_features
from portavoce.extract.speakers.mentions import (
    SpeakerMention,
    coordinated,
    find_mentions,
)
from portavoce.extract.speakers.named import named_by
from portavoce.extract.speakers.possible_speakers import possible_speakers
from portavoce.extract.tokens import Tokens
from portavoce.records import Article, Statement

FOLDS = 5
Group = tuple[list[list[str]], list[float]]


@dataclass
class Example:
    """One article, its statements as attributions, and the choices that the annotation made."""

    article: Article
    tokens: Tokens
    statements: list[Statement]
    attributions: list[Attribution]
    fold: int
    measured: bool = True
    mentions: list[Group] = field(default_factory=list)
    antecedents: list[Group] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def gold_cue(t: Tokens, statement: Statement, cues: Sequence[Cue]) -> Cue:
    """The annotated cue as one of the candidates that `find_cues` finds, else made from its last verb or noun."""
    first_content = t.at(statement.content[0].start)
    if statement.cue is None:
        before = first_content - 1
        while before > 0 and not t.text[t.start[before]].isalnum() and t.form[before] != ":":
            before -= 1
        colon = next((c for c in cues if c.kind == "colon" and c.head == before), None)
        return colon or Cue("none", first_content, first_content, first_content, "")
    inside = [c for c in cues if statement.cue.start <= t.start[c.head] < statement.cue.end and c.kind != "colon"]
    if inside:
        order = {"prep": 3, "verb": 2, "noun": 1}
        return max(inside, key=lambda c: (order[c.kind] if c.lemma != "per" or len(inside) == 1 else 0, c.head))
    first, last = t.at(statement.cue.start), t.at(statement.cue.end - 1)
    for pos, kind in (("VERB", "verb"), ("NOUN", "noun"), ("ADP", "prep")):
        for i in range(last, first - 1, -1):
            if t.pos[i] == pos:
                return Cue(kind, i, first if kind == "prep" else i, i, t.lemma[i])  # type: ignore[arg-type]
    return Cue("verb", last, first, last, t.lemma[last])


def example(article: Article, t: Tokens, lexicon: CueLexicon, number: int, *, measured: bool = True) -> Example:
    """The article with its annotated statements as attributions, in text order of their cues.

    What is not `measured` is learned from and takes no part in figures.
    """
    cues = find_cues(t, lexicon)
    pairs = [
        (s, Attribution(gold_cue(t, s, cues), tuple((c.start, c.end) for c in s.content), s.kind, "gold", 1.0))
        for s in article.statements
    ]
    pairs.sort(key=lambda p: (p[1].content[0][0], p[1].cue.first))
    return Example(article, t, [s for s, _ in pairs], [a for _, a in pairs], number % FOLDS, measured)


def teach(e: Example) -> None:
    """Fill in the groups of candidates with their targets, following the annotation from statement to statement."""
    t = e.tokens
    actors = Actors(t, e.article.language or "it", e.article.title)
    contents = Contents(e.attributions)
    history = History(actors, contents)
    for s, a in zip(e.statements, e.attributions, strict=True):
        view = CueView(t, as_phrase(t, actors.words, a), history.spoken())
        mentions = find_mentions(actors, view)
        rows = [mention_features(actors, view, mentions, n) for n in range(len(mentions))]
        rows.append(null_features(view, mentions, previous=bool(history.said)))
        right = right_mentions(actors, mentions, s)
        e.counts["statements"] += 1
        chosen: SpeakerMention | None = None
        if s.speaker is None:
            e.mentions.append((rows, one_hot(len(rows), [len(mentions)])))
        elif right:
            chosen = mentions[right[0]]
            e.mentions.append((rows, one_hot(len(rows), right + same_actor_beside(actors, mentions, right))))
        else:
            e.counts["speaker is no candidate"] += 1
        actor = None
        if s.speaker is None or chosen is not None:
            actor = teach_antecedent(e, history, view, s, chosen)
        if actor is None and s.actor is not None:
            actor = next((k for k, x in enumerate(actors.actors) if is_actor(s, x.name)), None)
        if actor is not None:
            actors.actors[actor].spoke = True
        history.note(actor, a.cue.first, chosen.head if chosen else -1)


def teach_antecedent(
    e: Example, history: History, view: CueView, s: Statement, chosen: SpeakerMention | None
) -> int | None:
    """Add the choice among antecedents where there is one; return the index of the right actor, if known."""
    actors = history.actors
    if chosen is not None:
        if len(coordinated(actors, chosen, plural=view.plural)) > 1:
            return possible_speakers(history, view, chosen, Linear({}))[0].settle()
        named = named_by(actors, chosen)
        if named is not None:
            return named.settle()
        anaphor = anaphor_of_mention(actors, chosen)
    else:
        anaphor = anaphor_of_null(actors, view)
    candidates, rows = options(history, view, anaphor)
    own = anaphor.may_describe
    right = [n for n, k in enumerate(candidates) if s.actor and is_actor(s, actors.actors[k].name)]
    if s.actor is None:
        right = [] if own else [len(candidates)]
    elif own and chosen is not None:
        own_name = e.tokens.words(chosen.first, chosen.last)
        if is_actor(s, own_name):
            right.append(len(candidates))
    if not right:
        e.counts[f"actor is no candidate: {anaphor.sort}"] += 1
        return None
    e.antecedents.append((rows, one_hot(len(rows), right)))
    proper = [n for n in right if n < len(candidates)]
    if proper:
        return candidates[proper[0]]
    if own and chosen is not None:
        return actors.describe(chosen.head, chosen.first, chosen.last, kind=s.actor_kind)
    return None


def right_mentions(actors: Actors, mentions: Sequence[SpeakerMention], s: Statement) -> list[int]:
    """The candidates that are the annotated speaker: those that name its actor there, else the phrase around the others."""
    if s.speaker is None:
        return []
    t = actors.tokens
    near = [n for n, m in enumerate(mentions) if overlaps(t, m, s) or in_role(actors, m, s)]
    naming = [
        n for n in near if (named := named_by(actors, mentions[n])) and is_actor(s, actors.actors[named.settle()].name)
    ]
    inside = [n for n in near if s.speaker.start <= t.start[mentions[n].head] < s.speaker.end]
    if naming:
        return [n for n in naming if n in inside] or naming
    return sorted(inside, key=lambda n: (len(ancestors(t, mentions[n].place)), n))[:1]


def same_actor_beside(actors: Actors, mentions: Sequence[SpeakerMention], right: Sequence[int]) -> list[int]:
    """Role nouns whose name is among the right candidates: choosing either gives the same speaker."""
    names = {actors.name_at[mentions[n].head] for n in right}
    return [
        n for n, m in enumerate(mentions)
        if n not in right and m.head in actors.role_at and actors.name_at[actors.role_at[m.head].name[0]] in names
    ]  # fmt: skip


def in_role(actors: Actors, m: SpeakerMention, s: Statement) -> bool:
    """Whether the annotated speaker is the name beside a role noun that is the mention ("il ministro, X, ha detto")."""
    role = actors.role_at.get(m.head)
    if role is None or s.speaker is None:
        return False
    a, b = actors.tokens.span(*role.name)
    return a < s.speaker.end and s.speaker.start < b


def ancestors(t: Tokens, i: int) -> list[int]:
    out = []
    while t.head[i] != i and len(out) < 50:
        i = t.head[i]
        out.append(i)
    return out


def overlaps(t: Tokens, m: SpeakerMention, s: Statement) -> bool:
    a, b = t.span(m.first, m.last)
    return s.speaker is not None and a < s.speaker.end and s.speaker.start < b


def one_hot(n: int, right: Sequence[int]) -> list[float]:
    return [1.0 / len(right) if k in right else 0.0 for k in range(n)]


def is_actor(s: Statement, name: str) -> bool:
    return s.actor is not None and same_actor(s.actor, name, person=s.actor_kind == "person")
