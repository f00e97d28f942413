"""What actors do to one another and are to one another, as an article tells it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from portavoce.extract.actors.coreference import Actors
from portavoce.extract.acts import Attribution
from portavoce.extract.nearby import Nearby
from portavoce.extract.relations.deeds import Deeds
from portavoce.extract.relations.found import Found
from portavoce.extract.relations.grammar import Grammar
from portavoce.extract.relations.kinship import Kinship
from portavoce.extract.relations.offices import Offices
from portavoce.extract.relations.parties import Parties
from portavoce.extract.relations.references import References
from portavoce.extract.relations.words import RelationWords
from portavoce.extract.speakers import Speaker
from portavoce.extract.tokens import Tokens
from portavoce.records import SYMMETRIC, Relation, Role, Span, Statement


def find_relations(
    actors: Actors, attributions: Sequence[Attribution], speakers: Sequence[Speaker]
) -> list[tuple[Found, int, int]]:
    """The relations of an article in text order, each once and at its clearest place, with the indices of both actors."""
    words = RelationWords.load(actors.language)
    grammar = Grammar(actors.tokens, words)
    references = References(actors, words, grammar, list(zip(attributions, speakers, strict=True)))
    parties = Parties(actors, words, grammar, references)
    deeds, offices = Deeds(actors, words, grammar, parties), Offices(actors, words, grammar, parties)
    kinship = Kinship(actors, words, parties)
    found = [f for i in range(actors.tokens.n) for f in (*deeds.at(i), *offices.at(i), *kinship.at(i))]
    found.sort(key=lambda f: (f.trigger, f.type, f.source.at, f.target.at))
    best: dict[tuple[int, str, int], tuple[Found, int, int]] = {}
    for f in found:
        if f.source.name == f.target.name:
            continue
        source, target = f.source.settle(), f.target.settle()
        if source == target:
            continue
        low, high = (min(source, target), max(source, target)) if f.type in SYMMETRIC else (source, target)
        known = best.get((low, f.type, high))
        if known is None or (known[0].modality != "actual" and f.modality == "actual"):
            best[low, f.type, high] = (f, source, target)
    return sorted(best.values(), key=lambda item: (item[0].trigger, item[0].type, item[1], item[2]))


def relation_records(
    t: Tokens, actors: Actors, found: Sequence[tuple[Found, int, int]], statements: Sequence[Statement]
) -> tuple[Relation, ...]:
    """The relations as records, each with the sentence that tells it and the smallest statement that reports it."""
    out = []
    nearby = Nearby(size=512)
    for k, s in enumerate(statements):
        nearby.add(k, [(c.start, c.end) for c in s.content])
    for f, source, target in found:
        start, end = t.span(*f.trigger)
        inside = [
            (sum(len(c.text) for c in s.content), s.id)
            for s in (statements[k] for k in nearby.of([(start, start)]))
            if any(c.start <= start < c.end for c in s.content)
        ]
        out.append(
            Relation(
                source=actors.actors[source].name, type=f.type, target=actors.actors[target].name,
                trigger=Span.of(t.text, start, end), evidence=_sentence(t, f.trigger[0]), modality=f.modality,
                statement=min(inside)[1] if inside else None,
            )
        )  # fmt: skip
    return tuple(out)


def with_bodies(
    t: Tokens, actors: Actors, ids: Sequence[str], roles: Sequence[Role], found: Sequence[tuple[Found, int, int]]
) -> tuple[Role, ...]:
    """The roles of an article, those whose body a relation tells with it; ``ids`` are the actors' in their order."""
    told: dict[tuple[str, int], list[Role]] = {}
    for f, source, target in found:
        if f.type == "role" and f.role:
            role = Role(ids[source], f.role, actors.actors[target].name, Span.of(t.text, *t.span(*f.trigger)))
            told.setdefault((role.actor_id, role.evidence.start), []).append(role)
    kept = _once(r for r in roles if (r.actor_id, r.evidence.start) not in told)
    places = [_place(r) for r in kept]
    for role in (role for several in told.values() for role in several):
        before = bisect_left(places, _place(role)) - 1
        kept.append(_whole(t.text, role, kept[before]) if before >= 0 else role)
    return tuple(sorted(_once(kept), key=lambda r: (r.evidence, r.actor_id, r.role, r.organization or "")))


def _place(role: Role) -> tuple[str, int]:
    return role.actor_id, role.evidence.start


def _whole(text: str, told: Role, before: Role) -> Role:
    """A role with its body in the words of the longer role around it or with the "ex" before it: who was something is it no more."""
    if before.actor_id == told.actor_id:
        if before.evidence.end >= told.evidence.end:
            return replace(told, role=before.role, evidence=before.evidence)
        if before.role.lower() == "ex" and before.evidence.end + 1 >= told.evidence.start:
            words = Span.of(text, before.evidence.start, told.evidence.end)
            return replace(told, role=f"{before.role} {told.role}", evidence=words)
    return told


def _once(roles: Iterable[Role]) -> list[Role]:
    """Roles by actor and place, without those told by some words of another's, or by the same words without its body."""
    out: list[Role] = []
    for r in sorted(
        set(roles), key=lambda r: (*_place(r), -r.evidence.end, r.organization is None, r.role, r.organization or "")
    ):
        around = out[-1] if out and out[-1].actor_id == r.actor_id and r.evidence.end <= out[-1].evidence.end else None
        if around is None or (r.evidence == around.evidence and (r.organization or not around.organization)):
            out.append(r)
    return out


def _sentence(t: Tokens, i: int) -> Span:
    """The sentence around a token, without the white space at its edges."""
    first, end = t.sentences[t.sent[i]]
    last = end - 1
    while first < last and not t.form[first].strip():
        first += 1
    while last > first and not t.form[last].strip():
        last -= 1
    return Span.of(t.text, *t.span(first, last))


__all__ = ["find_relations", "relation_records", "with_bodies"]
