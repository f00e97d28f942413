"""What RDF files are made of here: names, literals, and blocks of triples about one subject."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias
from urllib.parse import quote, unquote

from portavoce.errors import InputError


class Name(NamedTuple):
    """An IRI as prefix and local part; without a prefix the local part is the whole IRI."""

    prefix: str
    local: str


class Literal(NamedTuple):
    """A literal: its lexical form, and a datatype's local name in XSD or a language tag, or neither for a string."""

    value: str
    datatype: str = ""
    language: str = ""


Term: TypeAlias = Name | Literal
Block: TypeAlias = tuple[Name, list[tuple[Name, Sequence[Term]]]]
"""A subject with its predicates in a fixed order, each with its objects, none of them empty."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_PLAIN_LOCAL = re.compile(r"[A-Za-z0-9_.~-]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?")
_DATE = re.compile(r"[12]\d{3}-\d\d-\d\d")
_DATE_TIME = re.compile(r"[12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_WEB_IRI = re.compile(
    r"(https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/([A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*)?|urn:[a-z0-9][a-z0-9-]{1,30}:[A-Za-z0-9._~:/-]+)"
    r"(\?([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?(#([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?"
)  # narrower than RFC 3987 on purpose: what passes here is an IRI to every parser


def clean(text: str) -> str:
    """The text with each unpaired surrogate, which UTF-8 cannot hold, as U+FFFD: as many code points as before."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def language_tag(language: str | None) -> str:
    """The language as a tag that every RDF parser takes, or "" when it is none."""
    tag = (language or "").lower()
    return tag if _LANGUAGE.fullmatch(tag) else ""


def text(value: str, language: str = "") -> Literal:
    """A string literal, with a language tag when one is given."""
    return Literal(clean(value), "", language)


def integer(value: int) -> Literal:
    return Literal(str(int(value)), "integer")


def decimal(value: float) -> Literal:
    """A number as xsd:decimal with one to four places."""
    if not math.isfinite(value):
        raise InputError(f"{value} cannot be written as a decimal number")
    digits = f"{value:.4f}".rstrip("0")
    digits = digits + "0" if digits.endswith(".") else digits
    return Literal("0.0" if digits == "-0.0" else digits, "decimal")


def date(value: str) -> Literal:
    """A date or date and time with its datatype, or a plain string when it is neither."""
    for pattern, datatype in ((_DATE, "date"), (_DATE_TIME, "dateTime")):
        if pattern.fullmatch(value) and value.isascii():
            try:
                moment = dt.datetime.fromisoformat(value)
            except ValueError:
                return text(value)
            return Literal(value, datatype) if _offset_is_valid(moment) else text(value)
    return text(value)


def _offset_is_valid(moment: dt.datetime) -> bool:
    offset = moment.utcoffset()
    return offset is None or abs(offset) <= dt.timedelta(hours=14)  # the bound of XML Schema


def iri(value: str) -> Name | None:
    """The name for an absolute IRI that comes from data, or None when it is not safe to write as one."""
    return Name("", value) if value.isascii() and _WEB_IRI.fullmatch(value) else None


def quote_local(local: str) -> str:
    """A local id with everything percent-encoded that an IRI's segment may not hold."""
    return local if _PLAIN_LOCAL.fullmatch(local) else quote(clean(local), safe="")


def unquote_local(local: str) -> str:
    return unquote(local, errors="replace") if "%" in local else local


def checked_base(base: str) -> str:
    """The base IRI; raises `InputError` when no IRI can be made by putting a name behind it."""
    if not iri(base) or not base.endswith(("/", "#", ":")):
        raise InputError(f"{base!r} is no base IRI: it must be absolute (https://…) and end with / or #")
    return base
