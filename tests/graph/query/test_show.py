import pytest

from portavoce.errors import UnknownNameError
from portavoce.graph.build import build_graph
from portavoce.graph.query import show
from portavoce.graph.query.show import AROUND, HINT, WORD


def marked(answer, part):
    return [piece.text for piece in answer.passage if piece.part == part]


def test_the_passage_is_the_paragraph_with_its_parts_marked(graph, saying, records):
    answer = show(graph, saying("La sicurezza"))
    assert marked(answer, "content") == ["La sicurezza viene prima di tutto", "e Anna Bianchi lo sa bene"]
    assert marked(answer, "cue") == ["ha aggiunto"]
    passage = "".join(piece.text for piece in answer.passage)
    assert passage in records[0]["text"]
    assert "\n" not in passage
    assert answer.hint is None


def test_speaker_and_cue_are_marked(graph, saying):
    answer = show(graph, saying("«il ministro"))
    assert (marked(answer, "speaker"), marked(answer, "cue")) == (["Anna Bianchi"], ["ha risposto"])
    assert (answer.statement.rule, answer.statement.confidence) == ("verb-cue/ccomp", 0.9)


def test_a_beginning_of_the_id_is_enough(graph, saying):
    node = saying("garanzie")
    full = node.removeprefix("statement/")
    answers = [show(graph, name) for name in (node, full, full[:8], full[:8].upper())]
    assert all(answer == answers[0] for answer in answers)


def test_a_beginning_that_fits_several_names_them(records):
    for n, record in enumerate(records):
        for m, statement in enumerate(record["statements"]):
            statement["id"] = f"ab{n}{m}" + "0" * 20
    graph = build_graph(records)
    with pytest.raises(UnknownNameError) as caught:
        show(graph, "ab0")
    assert caught.value.nearest == tuple(f"ab0{m}" + "0" * 20 for m in range(4))
    assert show(graph, "ab02").statement.speaker == "Anna Bianchi"


@pytest.mark.parametrize("name", ["", "zz", "actor/anna"])
def test_what_is_no_statement_is_unknown(graph, name):
    with pytest.raises(UnknownNameError):
        show(graph, name)


def test_without_the_text_the_content_is_shown_and_where_to_find_the_rest(graph, saying):
    for _, data in graph.nodes(data=True):
        if data["kind"] == "article":
            data["text"] = None
    answer = show(graph, saying("La sicurezza"))
    assert [piece.part for piece in answer.passage] == ["content", "content"]
    assert answer.hint == HINT


@pytest.mark.parametrize("filler", ["parola ", "x"])
def test_a_long_paragraph_is_cut_around_the_statement(filler):
    text = filler * 5000 + "Anna Verdi ha detto che piove. " + filler * 5000
    start = text.index("piove")
    said = {"kind": "indirect", "content": [{"start": start, "end": start + 5}], "actor": "Anna Verdi"}
    graph = build_graph([{"id": "m", "text": text, "statements": [said]}])
    ((node, _),) = [(n, d) for n, d in graph.nodes(data=True) if d["kind"] == "statement"]
    passage = "".join(piece.text for piece in show(graph, node).passage)
    assert "ha detto che piove. " in passage
    assert 2 * AROUND <= len(passage) <= 2 * (AROUND + WORD) + 5
    if filler != "x":
        assert passage.split()[0] == passage.split()[-1] == "parola"


def test_what_a_statement_reports_is_told_with_it():
    text = "Anna Verdi ha detto che Luca Moro accusa la Svezia."
    start = text.index("che Luca")
    span = {"start": start, "end": len(text) - 1}
    at = text.index("accusa")
    relation = {"source": "Luca Moro", "type": "accuse", "target": "Svezia", "trigger": {"start": at, "end": at + 6},
                "evidence": {"start": 0, "end": len(text)}, "statement": "s"}  # fmt: skip
    said = {"id": "s", "kind": "indirect", "content": [span], "actor": "Anna Verdi"}
    graph = build_graph([{"id": "m", "text": text, "statements": [said], "relations": [relation]}])
    ((node, _),) = [(n, d) for n, d in graph.nodes(data=True) if d["kind"] == "statement"]
    (line,) = show(graph, node).relations
    assert (line.source, line.what, line.target, line.trigger) == ("Luca Moro", "accuse", "Svezia", "accusa")
