"""Bad input: one named reject each, the rest done, nothing crashed, nothing lost."""

from __future__ import annotations

import json

import pytest

GOOD = "Il ministro Rossi ha detto che il ponte sarà chiuso. «Nessun rischio», ha aggiunto."


def lines(*records):
    return "".join(json.dumps(r) + "\n" for r in records).encode()


def span(**changes):
    content = {"start": 3, "end": 9, "text": GOOD[3:9]} | changes
    return {"id": "s", "text": GOOD, "statements": [{"kind": "direct", "content": [content]}]}


REJECTED = {
    "empty.txt": (b"", "read", "empty"),
    "blank.txt": (b" \n\n ", "read", "empty"),
    "binary.txt": (bytes(range(256)) * 40, "read", "binary"),
    "bytes.txt": (("Il ponte è chiuso. " * 3).encode() + b"\xff\xfe\x81\x8d\x8f\x90\x9d" * 30, "read", "UTF-8"),
    "marks.txt": ('«“"»”'.encode() * 400, "read", "no letters"),
    "english.txt": (
        b"The minister said on Monday that the bridge will be closed for two weeks.",
        "language",
        "English",
    ),
    "notext.jsonl": (b'{"id": "x"}\n', "record", "text is missing"),
    "span.jsonl": (lines(span(end=9999)), "record", "do not fit"),
    "words.jsonl": (lines(span(text="nevica")), "record", "nevica"),
    "surrogate.jsonl": (b'{"id": "u", "text": "\\ud800 ha detto"}\n', "record", "surrogate"),
    "nothing.html": (b"<html><body></body></html>", "read", "without article text"),
    "deep.html": (b"<div>" * 20000 + GOOD.encode(), "read", "without article text"),
}


@pytest.mark.parametrize("name", REJECTED)
def test_what_cannot_be_read_is_one_named_reject_and_exit_code_1(run, folder, name):
    data, stage, words = REJECTED[name]
    (folder / name).write_bytes(data)
    result = run("extract", name, "-o", "out.jsonl", "--rejects", "rejects.jsonl", code=1)
    (reject,) = [json.loads(line) for line in (folder / "rejects.jsonl").read_text(encoding="utf-8").splitlines()]
    assert reject["stage"] == stage
    assert words in reject["reason"]
    assert reject.get("path") == name or reject.get("id")
    assert f"0 articles, 0 statements, 1 reject (1 {stage})" in result.stderr
    assert not (folder / "out.jsonl").exists()


@pytest.mark.model
def test_the_good_among_the_bad_is_read(run, folder):
    long = (GOOD + " Il ponte è lungo." * 20 + " ") * 60  # more than one piece
    inputs = folder / "mixed"
    inputs.mkdir()
    for name, (data, _, _) in REJECTED.items():
        (inputs / name).write_bytes(data)
    (inputs / "good.txt").write_text(GOOD, encoding="utf-8")
    (inputs / "cp1252.txt").write_bytes(GOOD.encode("cp1252"))
    (inputs / "utf16.txt").write_bytes(GOOD.encode("utf-16"))
    (inputs / "nul.txt").write_bytes(b"\0" + GOOD.encode() + b"\x1b[31m")
    (inputs / "half.jsonl").write_bytes(lines({"id": "ok", "text": GOOD}) + b"not json\n")
    (inputs / "many.txt").write_text("Rossi ha detto: " + "«parola» " * 500, encoding="utf-8")
    (inputs / "long.txt").write_text(long, encoding="utf-8")
    run("extract", "mixed", "missing.txt", "-o", "out.jsonl", "--rejects", "rejects.jsonl")
    read = [json.loads(line) for line in (folder / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    rejects = [json.loads(line) for line in (folder / "rejects.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {a["id"] for a in read} == {"good.txt", "cp1252.txt", "utf16.txt", "nul.txt", "ok", "many.txt", "long.txt"}
    assert len(rejects) == len(REJECTED) + 2
    by_id = {a["id"]: a for a in read}
    for name in ("good.txt", "cp1252.txt", "utf16.txt"):
        assert by_id[name]["text"] == GOOD
        assert len(by_id[name]["statements"]) == 2
    found = [s["content"][0]["start"] for s in by_id["long.txt"]["statements"]]
    assert len(found) > 100  # of 120; the same sentences again and again are odd reading
    assert max(found) > long.rindex(GOOD)
