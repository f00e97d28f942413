"""The offices that an article's record tells of: whose, of which body or country, and the words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portavoce.graph.resolve import words
from portavoce.graph.resolve.names import DETERMINERS, bare_name, country_of_adjective, is_local, known_name
from portavoce.graph.resolve.roles import is_of_public_life
from portavoce.ids import fold
from portavoce.records import Article, Role, Span, Statement

_MINISTERS: frozenset[str] = words.offices("ministers")
_WORDS = re.compile(r"[^\W\d_]+")
_AT = words.one_of(words.names("of") | words.names("at"), space=r"\s+")
_OF = re.compile(rf"(?P<role>[^\W\d_].*?)\s+{_AT}(?P<body>[A-ZÀ-Ý].*)")
_DEFINITE = re.compile(words.one_of(words.names("definite"), space=r"\s"), re.IGNORECASE)
_DETERMINER = re.compile(words.one_of({*DETERMINERS, *(f"{w}'" for w in DETERMINERS)}, space=r"\s+"), re.IGNORECASE)


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
    told, organization = role.role, role.organization
    if organization and fold(told.split()[0] if told.split() else "") in _MINISTERS and not _is_body(organization):
        told, organization = (
            without_determiner(role.evidence.text),
            None,
        )  # "ministro degli Esteri": the office, no body
    country = None if organization else country_in(told)
    return HeldOffice(role.actor_id, told, organization, country, role.evidence)


def _described(statement: Statement) -> HeldOffice | None:
    """The office in the words for a speaker who has a name: "Il portavoce del Cremlino", who is Peskov."""
    speaker, name = statement.speaker, statement.actor
    if speaker is None or not name or statement.actor_ids or is_local(name) or statement.actor_kind != "person":
        return None
    told = without_determiner(speaker.text)
    if (
        not _DEFINITE.match(speaker.text)
        or not is_local(told)
        or not told[:1].islower()
        or set(fold(told).split()) & set(fold(bare_name(name)).split())
    ):
        return None
    found = _OF.fullmatch(told)
    if found and fold(found["role"].split()[0]) not in _MINISTERS and not is_local(found["body"]):
        return HeldOffice(name, found["role"], found["body"], None, speaker)
    return HeldOffice(name, told, None, country_in(told), speaker) if " " in told else None


def country_in(role: str) -> str | None:
    """The country that an adjective among the words of an office names: "premier cinese", but not "cantante cinese"."""
    if not is_of_public_life(role):
        return None
    return next((c for word in _WORDS.findall(role) if (c := country_of_adjective(word))), None)


def _is_body(name: str) -> bool:
    """Whether a name after "ministro di" is a state or a body rather than what the minister deals with."""
    return known_name(name, "organization") is not None or known_name(name, "country") is not None


def without_determiner(phrase: str) -> str:
    """A phrase without the determiner in front of it, in one line."""
    line = " ".join(phrase.split())
    return _DETERMINER.sub("", line, count=1) if _DETERMINER.match(phrase) else line
