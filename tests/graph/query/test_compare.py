import pytest

from portavoce.errors import UnknownNameError
from portavoce.graph.query import compare


def test_two_side_by_side_on_a_topic(gas):
    answer = compare(gas, "Gurov", "Sala", topic="gasdotto")
    assert (answer.a.name, answer.a.total, answer.a.polarity) == ("Ivan Gurov", 3, (("asserts", 2), ("denies", 1)))
    assert [s.text for s in answer.b.statements] == ["il gasdotto riaprirà presto"]
    assert answer.common == ("gasdotto",)


def test_who_denies_what_the_other_asserts_is_opposed(gas):
    answer = compare(gas, "Gurov", "Sala", topic="gasdotto")
    (opposed,) = answer.opposed
    assert opposed.on == ("gasdotto",)
    assert {s.id: s.text for s in answer.a.statements}[opposed.a] == "il gasdotto riaprirà mai"
    assert opposed.b == answer.b.statements[0].id


def test_without_a_topic_on_what_both_speak_about(gas):
    answer = compare(gas, "Sala", "Gurov")
    assert (answer.a.total, answer.b.total) == (1, 3)
    assert compare(gas, "Sala", "Nova").common == ()
    assert compare(gas, "Sala", "Nova").a.statements == ()


def test_who_is_silent_has_an_empty_side(gas):
    answer = compare(gas, "Nova", "Sala", topic="diga")
    assert (answer.a.total, answer.b.total, answer.b.statements) == (1, 0, ())


def test_a_limit_holds_for_each_side_and_days_narrow(gas):
    answer = compare(gas, "Gurov", "Sala", topic="gasdotto", limit=1)
    assert (len(answer.a.statements), answer.a.total) == (1, 3)
    assert compare(gas, "Gurov", "Sala", topic="gasdotto", since="2024-02").a.total == 1


def test_an_unknown_actor_is_an_error(gas):
    with pytest.raises(UnknownNameError):
        compare(gas, "Sala", "Zorro")
