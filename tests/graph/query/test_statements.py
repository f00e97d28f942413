import json

import pytest

from portavoce.errors import InputError, UnknownNameError
from portavoce.graph.query import statements


def beginnings(found):
    return [answer.text.split()[0] for answer in found]


def test_all_by_date_article_and_place(graph):
    found = statements(graph)
    assert [s.evidence.article for s in found] == ["ponte-1"] * 4 + ["ponte-2"] * 3 + ["vertice"] * 3
    starts = [s.evidence.spans[0].start for s in found[:4]]
    assert starts == sorted(starts)


def test_an_answer_says_everything_that_the_article_gives(graph):
    (answer,) = statements(graph, speaker="Bianchi")
    assert answer.to_json() == {
        "id": answer.id, "speaker": "Anna Bianchi", "speaker_id": "anna-bianchi-" + answer.speaker_id[-8:],
        "speaker_ids": [answer.speaker_id], "actor": "Anna Bianchi", "kind": "mixed", "text": "«il ministro Rossi ha deciso senza consultare i comuni»",
        "about": ["comuni", "ponte sul Lario"], "topics": [], "category": "politics", "mentions": ["Marco Rossi"],
        "cue": "ha risposto", "polarity": "asserts", "certainty": "certain", "act": "statement", "tense": "none", "reported_by": None, "rule": "verb-cue/ccomp",
        "confidence": 0.9, "copies": [], "url": None,
        "evidence": {
            "article": "ponte-1", "title": "Ponte sul Lario chiuso per lavori", "published": "2024-03-04",
            "spans": [{"start": 272, "end": 327, "text": "«il ministro Rossi ha deciso senza consultare i comuni»"}],
        },
    }  # fmt: skip
    json.dumps(answer.to_json())


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ({"speaker": "Marco Rossi"}, ["il", "La"]),
        ({"speaker": "russia"}, ["il", "le"]),
        ({"mentions": "Bianchi"}, ["La", "Anna"]),
        ({"mentions": "Mosca"}, ["garanzie", "l'alleanza"]),
        ({"kind": "direct"}, ["La"]),
        ({"about": "ponte"}, ["il", "«il"]),
        ({"about": "pont lari"}, ["il", "«il"]),
        ({"about": "FORNITURE gas"}, ["le"]),
        ({"about": "opera pubblica"}, ["il"]),
        ({"about": "settimane"}, ["il"]),
        ({"about": "ponte neve"}, []),
        ({"about": "  "}, []),
        ({"since": "2024-03-05"}, ["Anna", "il", "l'incontro"]),
        ({"until": "2024-03-04", "speaker": "Rossi"}, ["il", "La"]),
        ({"since": "2024", "until": "2024-03", "kind": "mixed"}, ["«il"]),
        ({"since": "2025"}, []),
        ({"speaker": "Rossi", "mentions": "Bianchi", "about": "sicurezza", "kind": "direct"}, ["La"]),
    ],
)
def test_conditions(graph, conditions, found):
    assert beginnings(statements(graph, **conditions)) == found


def test_dates_with_times_count_by_their_day(records):
    from portavoce.graph.build import build_graph

    graph = build_graph([{**records[0], "published": "2024-03-04T18:30:00+01:00"}])
    assert len(statements(graph, since="2024-03-04", until="2024-03-04")) == 4


@pytest.mark.parametrize("date", ["ieri", "2024-3-4", "04/03/2024", "2024-"])
def test_a_date_of_another_form_is_an_error(graph, date):
    with pytest.raises(InputError, match="is no date"):
        statements(graph, since=date)


@pytest.mark.parametrize("condition", ["speaker", "mentions"])
def test_an_unknown_actor_is_an_error(graph, condition):
    with pytest.raises(UnknownNameError):
        statements(graph, **{condition: "Zorro"})
