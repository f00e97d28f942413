import pytest

from portavoce.errors import UnknownNameError
from portavoce.graph.query import changes, timeline, who


def test_words_deeds_offices_and_what_others_say_by_day(gas):
    assert [(e.date, e.kind, e.actors) for e in timeline(gas, "Sala")] == [
        ("2024-01-05", "says", ("Rita Sala",)), ("2024-01-05", "deed", ("Rita Sala", "Ardenia")),
        ("2024-01-20", "says", ("Rita Sala",)), ("2024-01-20", "named", ("Petra Nova", "Rita Sala")),
        ("2024-01-20", "deed", ("Ivan Gurov", "Rita Sala")), ("2024-02-10", "deed", ("Rita Sala", "Ardenia")),
    ]  # fmt: skip
    assert [(e.kind, e.what) for e in timeline(gas, "Nova")][:1] == [("role", "portavoce")]


def test_days_and_topics_narrow_it(gas):
    assert [e.text for e in timeline(gas, "Gurov", until="2024-01-10")] == ["il gasdotto di Borvia resta chiuso"]
    assert [e.kind for e in timeline(gas, "Sala", topic="diga")] == ["named"]
    assert timeline(gas, "Sala", since="2025") == []


def test_a_limit_tells_how_much_there_is(gas):
    found = timeline(gas, "Sala", limit=2)
    assert (len(found), found.total, found.left) == (2, 6, 4)


def test_every_event_has_its_place(gas):
    texts = {d["id"]: d["text"] for _, d in gas.nodes(data=True) if d["kind"] == "article"}
    events = [e for name in ("Sala", "Gurov", "Nova", "Ardenia") for e in timeline(gas, name)]
    assert len(events) > 12
    for e in events:
        assert all(texts[e.evidence.article][s.start : s.end] == s.text for s in e.evidence.spans)
        assert e.text == " ".join(s.text for s in e.evidence.spans)


def test_what_several_articles_report_is_one_event(news, built):
    words = "la diga del lago grande non chiuderà prima della fine di giugno"
    articles = [news(f"n{n}", f"2024-01-0{n}", sala="Rita Sala").says("sala", words, "diga") for n in (1, 2)]
    (event,) = timeline(built(*articles), "Sala")
    assert (event.date, event.articles) == ("2024-01-01", 2)
    assert len(changes(built(*articles), "Sala", topic="diga")) == 1


def test_undated_articles_come_last(news, built):
    graph = built(
        news("a", None, sala="Rita Sala").says("sala", "piove"),
        news("b", "2024-01-01", sala="Rita Sala").says("sala", "nevica"),
    )
    assert [e.text for e in timeline(graph, "Sala")] == ["nevica", "piove"]


def test_a_denial_between_assertions_turns_twice(gas):
    found = changes(gas, "Gurov", topic="gasdotto")
    assert [c.statement.polarity for c in found] == ["asserts", "denies", "asserts"]
    assert [c.turn for c in found] == [False, True, True]
    assert [[(x.what, x.before, x.after) for x in c.changes] for c in found] == [
        [], [("polarity", "asserts", "denies"), ("tense", "present", "future")], [("polarity", "denies", "asserts")],
    ]  # fmt: skip
    assert [c.compared for c in found] == [None, found[0].statement.id, found[1].statement.id]
    assert [c.on for c in found] == [(), ("gasdotto",), ("gasdotto",)]


def test_a_statement_is_compared_with_the_latest_on_its_own_topic(news, built):
    graph = built(
        news("a", "2024-01-01", s="Rita Sala").says("s", "la diga è sicura", "diga"),
        news("b", "2024-01-02", s="Rita Sala").says("s", "il ponte è chiuso", "ponte", polarity="denies"),
        news("c", "2024-01-03", s="Rita Sala").says("s", "la diga crolla", "diga", certainty="possible"),
    )
    found = changes(graph, "Sala")
    assert [(c.statement.about, c.on) for c in found] == [(("diga",), ()), (("diga",), ("diga",))]
    assert [(x.what, x.after) for x in found[1].changes] == [("certainty", "possible")]
    assert not found[1].turn


def test_a_tense_that_nobody_knows_is_no_change(news, built):
    graph = built(
        news("a", "2024-01-01", s="Rita Sala").says("s", "la diga è sicura", "diga", tense="present"),
        news("b", "2024-01-02", s="Rita Sala").says("s", "la diga sicura", "diga"),
    )
    assert [c.changes for c in changes(graph, "Sala", topic="diga")] == [(), ()]


@pytest.mark.parametrize("question", [timeline, changes])
def test_an_unknown_actor_is_an_error_with_near_names(gas, question):
    with pytest.raises(UnknownNameError, match="Rita Sala"):
        question(gas, "Salla")


def test_what_several_say_together_each_of_them_says(gas):
    """Petra Nova joins what Rita Sala says on the pipeline."""
    together = gas.copy()
    (said,) = [
        n for n, d in gas.nodes(data=True) if d["kind"] == "statement" and d["content"][0].text.endswith("presto")
    ]
    sala, nova = (n for name in ("Rita Sala", "Petra Nova") for n, d in gas.nodes(data=True) if d.get("name") == name)
    together.add_edge(nova, said, "says", **gas.edges[sala, said, "says"])
    events = [(e.kind, e.actors) for e in timeline(together, "Nova", topic="presto")]
    assert events == [("says", ("Petra Nova, Rita Sala",))]
    assert [a.name for a in who(together, says_about="presto")] == ["Petra Nova", "Rita Sala"]
