"""The log of decisions: append-only, the latest that nobody took back stands."""

import pytest

from portavoce.errors import InputError
from portavoce.graph.judgements import Judgement, Judgements, append, log_beside


def judged(verdict, when, left="a", right="b"):
    return Judgement.of(left, right, verdict, by="anna", when=when)


def test_the_pair_has_no_order():
    assert judged("same", "1", "b", "a") == judged("same", "1", "a", "b")


def test_the_latest_verdict_stands_whatever_the_order_of_lines():
    one, other = judged("same", "2024-01-01"), judged("different", "2024-01-02")
    assert Judgements([one, other]).pairs("different") == Judgements([other, one]).pairs("different") == [("a", "b")]
    assert Judgements([one, other]).pairs("same") == []


def test_what_is_taken_back_does_not_stand_and_the_earlier_one_does_again():
    one, other = judged("same", "2024-01-01"), judged("different", "2024-01-02")
    undone = Judgements([one, other, Judgement.undoing(other.id, by="anna", when="2024-01-03")])
    assert undone.pairs("same") == [("a", "b")]
    assert not Judgements([one, Judgement.undoing(one.id, by="anna", when="2024-01-03")])


def test_a_log_survives_its_file_and_only_grows(tmp_path):
    log = tmp_path / "news.judgements.jsonl"
    lines = [judged("same", "1"), judged("unsure", "2", "c", "d@00"), Judgement.undoing("x", by="anna", when="3")]
    before = b""
    for line in lines:
        append(log, line)
        assert log.read_bytes().startswith(before)
        before = log.read_bytes()
    assert Judgements.read(log).lines == tuple(lines)
    assert Judgements.read(log).forms == {"a", "b", "c", "d@00"}


def test_no_log_is_an_empty_one(tmp_path):
    assert not Judgements.read(tmp_path / "nothing.jsonl")


@pytest.mark.parametrize(
    "line", ["not json", "[]", '{"id": "1"}', '{"id": "1", "left": "a", "right": "b", "verdict": "maybe"}',
             '{"id": "1", "left": "a", "right": "b", "verdict": "same", "colour": "red"}', '{"left": "a", "right": "b", "verdict": "same"}',
             '{"id": 1, "undoes": "x"}'],
)  # fmt: skip
def test_a_line_that_is_no_judgement_is_named(tmp_path, line):
    log = tmp_path / "log.jsonl"
    log.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 2"):
        Judgements.read(log)


def test_the_log_stands_beside_the_graph(tmp_path):
    assert log_beside(tmp_path / "news.ttl") == tmp_path / "news.judgements.jsonl"
