"""Bytes to text: the encodings of Italian news, and what is no text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portavoce.errors import InputError
from portavoce.extract.read.decode import cleaned, decoded

TEXT = "Perché? «È così», dice – e l’euro (€) sale. Più in là."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-32"])
def test_the_encodings_of_a_text_are_told_apart(encoding: str) -> None:
    assert decoded(TEXT.encode(encoding)) == TEXT.removeprefix("\ufeff")


def test_utf16_in_both_orders() -> None:
    assert decoded(b"\xff\xfe" + TEXT.encode("utf-16-le")) == TEXT
    assert decoded(b"\xfe\xff" + TEXT.encode("utf-16-be")) == TEXT


def test_one_accent_is_enough_to_tell_windows_1252() -> None:
    assert decoded(b"Sar\xe0") == "Sarà"


def test_a_cut_utf8_file_is_still_utf8() -> None:
    assert decoded(("Così è più bello, perché no? " * 3 + "Sarà").encode()[:-1]).startswith(
        "Così è più bello, perché no?"
    )


@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 40, b"%PDF-1.7 " + TEXT.encode(), b"PK\x03\x04" + b"a" * 100, TEXT.encode("utf-16-le"), b"\0" * 50,
     b"\xff\xfe" + b"\x01\x00\x02\x00" * 9, b"\xff\xfe" + b"\x00\xd8" * 50, b"a\x81b\x8dc\x8fd\x90\x9d" * 9],
)  # fmt: skip
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"binary|Windows-1252"):
        decoded(data)


def test_a_page_is_read_in_the_charset_it_declares() -> None:
    page = '<html><head><meta charset="iso-8859-15"></head>10 €</html>'
    assert decoded(page.encode("iso-8859-15"), markup=True).endswith("10 €</html>")
    lying = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">10 €'
    assert decoded(lying.encode("cp1252"), markup=True).endswith("10 €")
    assert decoded(b"<meta charset=unknown-1>Sar\xe0", markup=True).endswith("Sarà")


def test_cleaning_leaves_tabs_and_line_feeds_only() -> None:
    assert (
        cleaned(" \ufeffa\r\nb\rc\x85d\u2028e\x0cf\tg\x00\x08\x1b[1;31mh\x1b]0;title\x07\x7f\ud800 ")
        == "a\nb\nc\nd\ne\nf\tgh"
    )


@given(st.binary(max_size=400))
def test_bytes_give_a_text_or_a_reason(data: bytes) -> None:
    try:
        text = cleaned(decoded(data))
    except InputError as error:
        text = str(error)
    assert text.encode("utf-8") is not None
    assert all(c in "\t\n" or ord(c) >= 32 for c in text)


@given(st.text(alphabet=st.characters(codec="cp1252", exclude_categories=["Cc"]), max_size=80))
def test_utf8_is_never_taken_for_another_encoding(text: str) -> None:
    if not text.startswith(("%PDF-", "PK", "GIF8", "SQLite")):
        assert decoded(text.encode()) == text.removeprefix("\ufeff")
