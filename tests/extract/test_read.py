"""Reading from files, folders and standard input: everything comes out once, as an article or as a named reject."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from portavoce.errors import InputError
from portavoce.extract.read import read_articles
from portavoce.records import Article, Reject

GOOD = "La sindaca Bruni ha detto che la biblioteca sarà aperta anche la domenica. «Lo chiedono tutti», ha aggiunto."
OTHER = "L'assessore Fermi ha spiegato che i lavori della tranvia finiranno in primavera, non prima."


def line(id_: str = "a", text: str = GOOD, **more: object) -> str:
    return json.dumps({"id": id_, "text": text, **more}, ensure_ascii=False) + "\n"


def read(*inputs: object, **options: object) -> tuple[list[Article], list[Reject]]:
    found = list(read_articles(inputs, **options))
    return [f for f in found if isinstance(f, Article)], [f for f in found if isinstance(f, Reject)]


def from_stdin(data: bytes) -> tuple[list[Article], list[Reject]]:
    return read("-", stdin=io.BytesIO(data))


def test_a_text_file_is_an_article_named_after_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD + "\n", encoding="utf-8")
    (article,), rejects = read(tmp_path / "a.txt")
    assert (article.id, article.text, article.title, article.language, rejects) == ("a.txt", GOOD, None, "it", [])


def test_a_folder_is_read_by_name_and_by_suffix(tmp_path: Path) -> None:
    (tmp_path / "b" / ".hidden").mkdir(parents=True)
    (tmp_path / "z.txt").write_text(GOOD)
    (tmp_path / "b" / "c.TXT").write_text(OTHER)
    (tmp_path / "README.md").write_text("About these articles.")
    (tmp_path / "a.jsonl").write_text(line("x") + line("y", OTHER))
    (tmp_path / "b" / ".hidden" / "d.txt").write_text(GOOD)
    (tmp_path / "b" / ".e.txt").write_text(GOOD)
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    articles, rejects = read(tmp_path)
    assert [a.id for a in articles] == ["x", "y", "b/c.TXT", "z.txt"]
    assert rejects == []


def test_a_link_back_up_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "deep" / "a.txt").write_text(GOOD)
    (tmp_path / "in" / "deep" / "up").symlink_to(tmp_path / "in")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "b.txt").write_text(OTHER)
    (tmp_path / "in" / "aside").symlink_to(tmp_path / "other")
    articles, rejects = read(tmp_path / "in")
    assert ([a.id for a in articles], rejects) == (["aside/b.txt", "deep/a.txt"], [])


def test_a_broken_link_with_the_suffix_of_an_article_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone")
    assert [r.reason for r in read(tmp_path)[1]] == ["no such file or folder"]


@pytest.mark.parametrize("names", [[], ["photo.jpg"], [".hidden.txt"]])
def test_a_folder_without_articles_is_a_reject(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / name).write_bytes(b"x")
    assert read(tmp_path) == ([], [Reject("read", "no articles in this folder", path=str(tmp_path))])


def test_what_cannot_be_opened_is_a_reject_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "locked.txt"):
        (tmp_path / name).write_text(GOOD)
    opened = Path.open

    def refusing(self: Path, *args, **kwargs):
        if self.name == "locked.txt":
            raise PermissionError(13, "Permission denied")
        return opened(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refusing)
    articles, rejects = read("gone.txt", tmp_path / "locked.txt", "a\0b", tmp_path / "a.txt")
    assert [a.id for a in articles] == ["a.txt"]
    assert [r.to_json()["stage"] for r in rejects] == ["read"] * 3
    assert [r.reason for r in rejects][:2] == ["no such file or folder", "may not be read (permission denied)"]
    assert "is not a path" in rejects[2].reason


def test_a_file_named_by_hand_is_read_whatever_its_suffix(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text(GOOD)
    (tmp_path / "page.php").write_text(f"<!DOCTYPE html><html><body><article><p>{OTHER}</p></article></body></html>")
    (tmp_path / "lines.dat").write_text("\n" + line("x", "Il porto resta chiuso, dice il comandante Orsi."))
    (tmp_path / "list.dat").write_text(f"[{line('y', 'Il mercato riapre, dice il comandante Orsi.')}]")
    articles, rejects = read(*(tmp_path / n for n in ("notes", "page.php", "lines.dat", "list.dat")))
    assert [a.id for a in articles] == ["notes", "page.php", "x", "y"]
    assert (articles[1].text, rejects) == (OTHER, [])


def test_standard_input_is_told_by_its_first_character() -> None:
    assert from_stdin(GOOD.encode())[0][0].id == "-"
    assert from_stdin(f"<<{GOOD}>>".encode())[0][0].text == f"<<{GOOD}>>"
    assert from_stdin(f"[Roma] {GOOD}".encode())[0][0].text == f"[Roma] {GOOD}"
    assert from_stdin(f"\n <html><body><p>{GOOD}</p></body></html>".encode())[0][0].text == GOOD
    assert [a.id for a in from_stdin(("\n" + line("x") + line("y", OTHER)).encode())[0]] == ["x", "y"]
    assert [a.id for a in from_stdin(json.dumps({"id": "x", "text": GOOD}, indent=1).encode())[0]] == ["x"]
    assert [a.id for a in from_stdin(json.dumps([{"id": "x", "text": GOOD}], indent=1).encode())[0]] == ["x"]
    assert from_stdin(line("x").encode("utf-16"))[0][0].id == "x"
    assert from_stdin(b"") == ([], [Reject("read", "is empty", path="-")])


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("La biblioteca apre la domenica\n\n" + GOOD, "La biblioteca apre la domenica"),
        ("Bruni: «Si apre!»\r\n\r\n" + GOOD, "Bruni: «Si apre!»"),
        ("La biblioteca apre.\n\n" + GOOD, None),
        ("La biblioteca apre\n" + GOOD, None),
        ("La biblioteca apre", None),
        ("x" * 151 + "\n\n" + GOOD, None),
    ],
)
def test_the_title_of_a_text_is_a_short_first_paragraph_without_a_full_stop(
    tmp_path: Path, text: str, title: str | None
) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode())
    (article,), _ = read(tmp_path / "a.txt")
    assert article.title == title
    assert article.text == text.replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "is empty"), (" \n\t ", "is empty"), ("\ufeff", "the text is empty"), ("\0" + " " * 40, "the text is empty"),
     ("«“\"»” … — !" * 500, "the text holds no letters"), ("12 34", "the text holds no letters")],
)  # fmt: skip
def test_a_text_without_letters_is_a_reject(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    articles, (reject,) = read(tmp_path / "a.txt")
    assert (articles, reject.stage, reject.reason, Path(reject.path or "").name) == ([], "read", reason, "a.txt")


def test_control_characters_and_escapes_leave_a_text_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(("\0" + GOOD[:20] + "\x1b[31m" + GOOD[20:] + "\x07\r\nFine\tqui.\x1b[0m").encode())
    (article,), _ = read(tmp_path / "a.txt")
    assert article.text == GOOD + "\nFine\tqui."


def test_jsonl_text_is_kept_as_it_came(tmp_path: Path) -> None:
    text = "\ufeff  \0Bruni\r\nha detto\x1b[31m che la biblioteca apre la domenica.  "
    (tmp_path / "a.jsonl").write_text(line("id con\nspazi", text, title="T", url="u", published="ieri", publisher="P"))
    (article,), _ = read(tmp_path / "a.jsonl")
    assert article == Article("id con\nspazi", text, title="T", language="it", url="u", published="ieri", publisher="P")


def test_the_date_given_fills_only_what_has_none(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(line("x") + line("y", published="2019-05-06"))
    articles, _ = read(tmp_path / "a.jsonl", published="2022-01-21")
    assert [a.published for a in articles] == ["2022-01-21", "2019-05-06"]


@pytest.mark.parametrize("published", ["", "ieri", "2022-13-01", "2022-02-30", "20220121", "2022-1-2", "2022-W01-1"])
def test_a_date_that_is_none_is_refused_at_once(published: str) -> None:
    with pytest.raises(InputError, match="YYYY-MM-DD"):
        read_articles([], published=published)


def test_the_same_article_twice_is_one_and_an_id_with_another_text_is_a_reject(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(line("x") + line("x", title="later") + line("x", OTHER) + line("y"))
    articles, (reject,) = read(tmp_path / "a.jsonl")
    assert [(a.id, a.title) for a in articles] == [("x", None), ("y", None)]
    assert reject == Reject(
        "read", "another text was read under the same id", id="x", path=str(tmp_path / "a.jsonl"), line=3
    )


def test_the_language_given_is_believed_and_another_one_is_a_reject(tmp_path: Path) -> None:
    english = "The mayor said on Monday that the library will be open on Sundays, and everybody was happy."
    (tmp_path / "a.jsonl").write_text(
        line("it", english, language="it-IT")
        + line("en", language="en")
        + line("found", english)
        + line("no", language="")
    )
    articles, rejects = read(tmp_path / "a.jsonl")
    assert [(a.id, a.language) for a in articles] == [("it", "it"), ("no", "it")]
    reason = "language is English (en); supported: it"
    assert [(r.id, r.stage, r.reason, r.line) for r in rejects] == [
        ("en", "language", reason, 2),
        ("found", "language", reason, 3),
    ]


def test_a_record_keeps_its_statements(tmp_path: Path) -> None:
    span = {"start": 76, "end": 93}
    (tmp_path / "a.jsonl").write_text(line("x", statements=[{"kind": "direct", "content": [span]}]))
    (article,), _ = read(tmp_path / "a.jsonl")
    assert article.statements[0].text == "Lo chiedono tutti"


def test_five_megabytes_in_one_line_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text((GOOD + " ") * 50_000, encoding="utf-8")
    (article,), _ = read(tmp_path / "a.txt")
    assert len(article.text) == len(GOOD) * 50_000 + 49_999


@pytest.mark.skipif(os.name != "posix", reason="file names are bytes on POSIX only")
def test_a_file_name_that_is_no_utf8_still_names_its_article(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caff\xe8.txt"
    try:
        Path(os.fsdecode(path)).write_bytes(GOOD.encode())
    except OSError:
        pytest.skip("this file system holds UTF-8 names only")
    (article,), _ = read(tmp_path)
    assert article.id == "caff\\udce8.txt"
    article.id.encode("utf-8")
