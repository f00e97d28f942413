"""Bytes to text: UTF-8, UTF-16 by its byte order mark, else Windows-1252; what is no text is an error."""

from __future__ import annotations

import codecs
import re

from portavoce.errors import InputError

_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\r\f\x1b") + b"\x7f"
_UNDEFINED = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))  # no character in Windows-1252
_BINARY_SHARE = 0.05
_BINARY_MAGIC = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"SQLite format 3\0")
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_CHARSET = re.compile(rb"<(?:meta|\?xml)\b[^>]{0,200}?\b(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\n]*(?:\x07|\x1b\\)|[@-Z\\-_])")
_NEWLINE = re.compile(r"\r\n?|[\f\v\x85\u2028\u2029]")
_UNWANTED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")


def decoded(data: bytes, *, markup: bool = False) -> str:
    """The text that bytes hold, as they hold it; ``markup`` heeds the charset that a page declares.

    Raises `InputError` for what is no text. Bytes that stand for no character become U+FFFD.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            text = data.decode(name, "replace")
            if len(_UNWANTED.findall(text)) + text.count("\ufffd") > _BINARY_SHARE * len(text):
                raise InputError("is not text: binary data behind a byte order mark")
            return text
    if data.startswith(_BINARY_MAGIC) or _share(data, _CONTROLS) > _BINARY_SHARE:
        raise InputError("is binary, not text")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if (damaged := _damaged_utf8(data)) is not None:
        return damaged
    if markup and (charset := _CHARSET.search(data, 0, 4096)):
        declared = _declared(data, charset[1].decode("ascii", "replace"))
        if declared is not None:
            return declared
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    undefined = len(data) - len(data.translate(None, _UNDEFINED))
    if undefined > _BINARY_SHARE * high and undefined > 1:
        raise InputError("is not UTF-8, UTF-16 or Windows-1252 text")
    return data.decode("cp1252", "replace")


def cleaned(text: str) -> str:
    """A text with a line feed for every line end and without terminal escapes, control characters and lone surrogates."""
    text = _NEWLINE.sub("\n", _ESCAPE.sub("", text))
    return _UNWANTED.sub("", text).strip()


def has_wide_bom(data: bytes) -> bool:
    """Whether the bytes begin with the byte order mark of UTF-16 or UTF-32."""
    return any(data.startswith(bom) for bom, _ in _BOMS)


def _share(data: bytes, of: bytes) -> float:
    return (len(data) - len(data.translate(None, of))) / len(data) if data else 0.0


def _damaged_utf8(data: bytes) -> str | None:
    """UTF-8 with a few broken places, such as a file that was cut; None when it looks like another encoding."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for c in text if c > "\x7f") - broken
    return text if whole > 3 * broken else None


def _declared(data: bytes, name: str) -> str | None:
    try:
        codec = codecs.lookup(name).name
        if codec in ("ascii", "iso8859-1", "utf-8"):  # what is written on Windows-1252 pages
            return None
        return data.decode(codec, "replace")
    except (LookupError, TypeError, ValueError):
        return None
