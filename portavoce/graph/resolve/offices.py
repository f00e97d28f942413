"""The offices that an article's record tells of: whose, of which body or country, and the words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portavoce.graph.resolve.names import bare_name, country_of_adjective, is_local, known_name
from portavoce.graph.resolve.roles import is_of_public_life
from portavoce.ids import fold
from portavoce.records import Article, Role, Span, Statement

_MINISTERS = frozenset("ministro ministra viceministro viceministra sottosegretario sottosegretaria titolare".split())
_WORDS = re.compile(r"[^\W\d_]+")
_OF = re.compile(
    r"(?P<role>[^\W\d_].*?)\s+(?:di|del|dello|della|dei|degli|delle|dell['’]|presso il|presso la)\s*(?P<body>[A-ZÀ-Ý].*)"
)
_DEFINITE = re.compile(r"(?:il|lo|la)\s|l['’]", re.IGNORECASE)
_DETERMINER = re.compile(r"(?:il|lo|la|i|gli|le|un|uno|una)\s+|l['’]\s*|un['’]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HeldOffice:
    """An office of somebody, by id or name: its words, the body's words if one is named, else the country that an adjective names."""

    holder: str
    role: str
    organization: str | None
    country: str | None
    evidence: Span


def offices_of(article: Article) -> Iterator[HeldOffice]:
    """The roles of a record, and those by which its statements call a speaker whom the article names elsewhere."""
    told = [_office(role) for role in article.roles]
    yield from told
    places = [(office.holder, office.evidence) for office in told]
    for statement in article.statements:
        office = _described(statement)
        if office and not any(
            h in (office.holder, statement.actor_id) and _overlap(e, office.evidence) for h, e in places
        ):
            places.append((office.holder, office.evidence))
            yield office


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _office(role: Role) -> HeldOffice:
    words, organization = role.role, role.organization
    if organization and fold(words.split()[0] if words.split() else "") in _MINISTERS and not _is_body(organization):
        words, organization = (
            without_determiner(role.evidence.text),
            None,
        )  # "ministro degli Esteri": the office, no body
    country = None if organization else country_in(words)
    return HeldOffice(role.actor_id, words, organization, country, role.evidence)


def _described(statement: Statement) -> HeldOffice | None:
    """The office in the words for a speaker who has a name: "Il portavoce del Cremlino", who is Peskov."""
    speaker, name = statement.speaker, statement.actor
    if speaker is None or not name or statement.actor_ids or is_local(name) or statement.actor_kind != "person":
        return None
    words = without_determiner(speaker.text)
    if (
        not _DEFINITE.match(speaker.text)
        or not is_local(words)
        or not words[:1].islower()
        or set(fold(words).split()) & set(fold(bare_name(name)).split())
    ):
        return None
    found = _OF.fullmatch(words)
    if found and fold(found["role"].split()[0]) not in _MINISTERS and not is_local(found["body"]):
        return HeldOffice(name, found["role"], found["body"], None, speaker)
    return HeldOffice(name, words, None, country_in(words), speaker) if " " in words else None


def country_in(words: str) -> str | None:
    """The country that an adjective among the words of an office names: "premier cinese", but not "cantante cinese"."""
    if not is_of_public_life(words):
        return None
    return next((c for word in _WORDS.findall(words) if (c := country_of_adjective(word))), None)


def _is_body(name: str) -> bool:
    """Whether a name after "ministro di" is a state or a body rather than what the minister deals with."""
    return known_name(name, "organization") is not None or known_name(name, "country") is not None


def without_determiner(words: str) -> str:
    """Words without the determiner in front of them, in one line."""
    return (
        _DETERMINER.sub("", " ".join(words.split()), count=1) if _DETERMINER.match(words) else " ".join(words.split())
    )
