import pytest

from portavoce.errors import UnknownNameError
from portavoce.graph.query import relations


def test_all_that_stands_between_two(graph):
    answer = relations(graph, "Bianchi", "Marco Rossi")
    assert (answer.a, answer.b) == ("Anna Bianchi", "Marco Rossi")
    assert [(line.kind, line.source, line.what) for line in answer.lines] == [
        ("says", "Marco Rossi", "ha aggiunto"), ("says", "Anna Bianchi", "ha risposto"), ("relation", "Anna Bianchi", "consult"),
        ("together", "Anna Bianchi", "Paolo Rossi"), ("topic", "Anna Bianchi", "ponte sul Lario"),
        ("topic", "Marco Rossi", "ponte sul Lario"),
    ]  # fmt: skip
    assert answer.common_topics == ("ponte sul Lario",)
    assert answer.mentions == (("Anna Bianchi", "Marco Rossi", 1), ("Marco Rossi", "Anna Bianchi", 1))


def test_the_question_may_be_turned_round(graph):
    there, back = relations(graph, "Anna Bianchi", "Marco Rossi"), relations(graph, "Marco Rossi", "Anna Bianchi")
    assert [line for line in there.lines if line.kind == "says"] == [line for line in back.lines if line.kind == "says"]
    assert set(there.mentions) == set(back.mentions)


def test_every_line_has_its_place(graph, records):
    texts = {record["id"]: record["text"] for record in records}
    lines = relations(graph, "Bianchi", "Marco Rossi").lines + relations(graph, "Russia").lines
    assert len(lines) >= 8
    for line in lines:
        for span in line.evidence.spans:
            assert texts[line.evidence.article][span.start : span.end] == span.text
        assert line.text == " […] ".join(span.text for span in line.evidence.spans)


def test_a_role_at_an_organisation_stands_between_the_two(graph):
    (line,) = relations(graph, "Nato", "Janssen").lines
    assert (line.kind, line.source, line.target, line.what) == ("role", "Piet Janssen", "Nato", "portavoce")


def test_one_actor_and_all_others(graph):
    answer = relations(graph, "Russia")
    assert answer.b is None
    assert {(line.kind, line.source, line.target) for line in answer.lines} == {
        ("says", "Stati Uniti", "Russia"), ("says", "Piet Janssen", "Russia"),
    }  # fmt: skip


def test_a_modality_other_than_actual_is_told(records):
    from portavoce.graph.build import build_graph

    records[1]["relations"][0]["modality"] = "denied"
    (line,) = [x for x in relations(build_graph(records), "Bianchi", "Marco Rossi").lines if x.kind == "relation"]
    assert line.what == "consult (denied)"


def test_two_who_have_nothing_to_do_with_each_other(graph):
    answer = relations(graph, "Giulia Verdi", "Nato")
    assert (answer.lines, answer.mentions, answer.common_topics) == ((), (), ())


def test_an_unknown_actor_is_an_error(graph):
    with pytest.raises(UnknownNameError):
        relations(graph, "Bianchi", "Zorro")


def held(records, **more):
    """The records with a relation of type role beside the role that their article tells."""
    record = next(r for r in records if any(role["organization"] for role in r.get("roles", ())))
    role = next(role for role in record["roles"] if role["organization"])
    relation = {"source": role["actor_id"], "type": "role", "target": role["organization"], "trigger": role["evidence"],
                "evidence": role["evidence"]} | more  # fmt: skip
    record["relations"] = [*record.get("relations", ()), relation]
    return records


def test_an_office_stands_for_the_relation_that_tells_it(records):
    from portavoce.graph.build import build_graph

    (line,) = relations(build_graph(held(records)), "Nato", "Janssen").lines
    assert (line.kind, line.what) == ("role", "portavoce")


def test_one_type_only(graph):
    answer = relations(graph, "Bianchi", types=["consult"])
    assert [(line.source, line.what, line.target) for line in answer.lines] == [
        ("Anna Bianchi", "consult", "Marco Rossi")
    ]
    assert relations(graph, "Bianchi", types=["accuse"]).lines == ()


def test_a_relation_shows_its_words_and_modality(graph):
    (line,) = relations(graph, "Bianchi", "Marco Rossi", types=["consult"]).lines
    assert (line.trigger, line.modality) == ("ha incontrato", "actual")
