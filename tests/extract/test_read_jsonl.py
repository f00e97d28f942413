"""JSON and JSON lines: each line is an article or a reject that names file, line and reason."""

from __future__ import annotations

import io
import json

import pytest

from portavoce.extract.read.jsonl import articles_of_json, articles_of_lines
from portavoce.records import Article, Reject

TEXT = "Bruni ha detto: «Si apre»."


def lines(*objects: object) -> list[bytes]:
    return [o if isinstance(o, bytes) else json.dumps(o).encode() + b"\n" for o in objects]


def test_good_lines_around_bad_ones_are_read() -> None:
    span = {"start": 0, "end": 99, "text": "x"}
    found = list(
        articles_of_lines(
            lines(
                {"id": "a", "text": TEXT}, b"not json\n", b"\n", {"id": 3}, b"[1]\n", b'{"id": "cut", "te\n',
                {"id": "s", "text": TEXT, "statements": [{"kind": "direct", "content": [span]}]},
                b'{"id": "b", "text": "Sar\xe0"}\n', {"id": "z", "text": TEXT},
            ),
            "f.jsonl",
        )
    )  # fmt: skip
    assert [f for f in found if not isinstance(f, Reject)] == [(Article("a", TEXT), 1), (Article("z", TEXT), 9)]
    rejects = [f for f in found if isinstance(f, Reject)]
    assert [(r.line, r.stage, r.id) for r in rejects] == [
        (2, "read", None), (4, "record", None), (5, "record", None), (6, "read", None), (7, "record", "s"), (8, "read", None),
    ]  # fmt: skip
    assert {r.path for r in rejects} == {"f.jsonl"}
    assert [r.reason.split(" (")[0].split(":")[0] for r in rejects] == [
        "is not JSON", "id is 3; it must be a string that is not empty", "an article is a JSON object with id and text",
        "is not JSON", "statements[0].content[0]", "is not UTF-8",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "raw",
    [
        r'{"id": "a", "text": "\ud800 ha detto"}',
        r'{"id": "a", "text": "ha", "\udc00": 1}',
        r'{"id": "a\uDFFF", "text": "ha"}',
    ],
)
def test_half_a_surrogate_pair_is_a_reject_that_utf8_can_hold(raw: str) -> None:
    (found,) = articles_of_lines([raw.encode()], "f")
    assert isinstance(found, Reject)
    assert "surrogate" in found.reason
    assert (found.id or "").startswith("a")
    json.dumps(found.to_json(), ensure_ascii=False).encode("utf-8")


def test_a_whole_surrogate_pair_is_one_character() -> None:
    ((article, _),) = articles_of_lines([rb'{"id": "a", "text": "\ud83d\ude00"}'], "f")
    assert article.text == "😀"


@pytest.mark.parametrize(
    "raw", [b"[" * 100_000, b'{"a":' * 100_000, b'{"id": "a", "text": NaN}', b'{"text": "\\ud800', b'"\x01"']
)
def test_odd_json_is_a_reject(raw: bytes) -> None:
    (found,) = articles_of_lines([raw], "f")
    assert isinstance(found, Reject)
    assert found.reason.startswith("is not JSON")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_byte_order_marks(encoding: str) -> None:
    data = '{"id": "a", "text": "Sarà"}\r\n{"id": "b", "text": "È"}\n'.encode(encoding)
    found = list(articles_of_lines(io.BytesIO(data), "f"))
    assert found == [(Article("a", "Sarà"), 1), (Article("b", "È"), 2)]


def test_line_separators_inside_a_string_do_not_end_the_line() -> None:
    data = '{"id": "a", "text": "Sì\u2028no\x85forse"}\n'.encode()
    assert next(articles_of_lines(io.BytesIO(data), "f")) == (Article("a", "Sì\u2028no\x85forse"), 1)


def test_lines_are_streamed() -> None:
    def endless():
        yield from lines({"id": "a", "text": TEXT})
        raise AssertionError("read ahead")

    assert next(articles_of_lines(endless(), "f")) == (Article("a", TEXT), 1)


@pytest.mark.parametrize("data", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_no_line_at_all_is_a_reject(data: bytes) -> None:
    assert list(articles_of_lines(io.BytesIO(data), "f")) == [Reject("read", "is empty", path="f")]


def test_a_json_file_holds_one_article_or_a_list() -> None:
    one = {"id": "a", "text": TEXT}
    assert list(articles_of_json(json.dumps(one, indent=2).encode(), "f")) == [(Article("a", TEXT), None)]
    found = list(articles_of_json(json.dumps([one, 4, {"id": "b", "text": TEXT}]).encode("utf-16"), "f"))
    assert found == [
        (Article("a", TEXT), None),
        Reject("record", "an article is a JSON object with id and text", path="f"),
        (Article("b", TEXT), None),
    ]
    assert list(articles_of_json(b"[]", "f")) == [Reject("read", "is an empty list", path="f")]
    assert list(articles_of_json(b" ", "f")) == [Reject("read", "is empty", path="f")]
    (broken,) = articles_of_json(b'{"id": "a",', "f")
    assert isinstance(broken, Reject)
    assert broken.reason.startswith("is not JSON")
