import pytest

from portavoce.errors import InputError, UnknownNameError
from portavoce.graph.build import build_graph
from portavoce.graph.query import who
from portavoce.graph.query.voices import is_state_body, voice_of


def found(answers):
    return [(a.name, a.count) for a in answers]


def test_who_says_something_that_mentions_somebody(gas):
    (nova,) = who(gas, says_about="Sala")
    assert (nova.name, nova.how, nova.what) == ("Petra Nova", (("asserts", 1),), "la diga di Rita Sala è sicura")
    assert nova.evidence[0].spans[0].text == nova.what


def test_who_speaks_on_a_topic_that_is_no_actor_by_polarity(gas):
    assert [(a.name, a.how) for a in who(gas, says_about="gasdotto")] == [
        ("Ivan Gurov", (("asserts", 2), ("denies", 1))), ("Rita Sala", (("asserts", 1),)),
    ]  # fmt: skip


def test_who_accuses_whom_and_whether_it_is_so(gas):
    sala, nova = who(gas, accuses="Ardenia")
    assert (sala.name, sala.count, sala.how, sala.first, sala.last) == (
        "Rita Sala",
        2,
        (("actual", 2),),
        "2024-01-05",
        "2024-02-10",
    )
    assert sala.what == "Rita Sala accusa Ardenia."
    assert (nova.name, nova.how) == ("Petra Nova", (("possible", 1),))
    assert found(who(gas, accuses="Ardenia", until="2024-01")) == [("Rita Sala", 1)]
    assert who(gas, accuses="Borvia") == []


def test_a_limit_tells_how_many_there_are(gas):
    assert who(gas, accuses="Ardenia", limit=1).total == 2


@pytest.mark.parametrize("questions", [{}, {"accuses": "Ardenia", "speaks_for": "Ardenia"}])
def test_one_thing_at_a_time(gas, questions):
    with pytest.raises(InputError, match="one thing"):
        who(gas, **questions)


@pytest.mark.parametrize("question", ["says_about", "accuses", "speaks_for"])
def test_an_unknown_name_is_an_error(gas, question):
    with pytest.raises(UnknownNameError):
        who(gas, **{question: "Zorro"})


def office(id_, sentence, name, role, organization, *, words=None):
    text = f"{sentence} {name} ha detto che piove." if words is None else f"{sentence} {name} ha detto che {words}."
    start, named = text.index(role), text.rindex(name)
    said = text.index(words or "piove")
    return {
        "id": id_, "text": text, "published": "2024-01-05", "actors": [{"id": "x", "name": name, "kind": "person"}],
        "roles": [{"actor_id": "x", "role": role, "organization": organization, "evidence": {"start": start, "end": start + len(role)}}],
        "mentions": [{"start": named, "end": named + len(name), "actor_id": "x"}],
        "statements": [{"kind": "indirect", "content": [{"start": said, "end": len(text) - 1}], "actor": name, "actor_id": "x", "about": [words or "pioggia"]}],
    }  # fmt: skip


@pytest.fixture
def voices():
    return build_graph([
        office("a", "Il ministro degli Esteri russo Ivan Gurov parla.", "Ivan Gurov", "ministro degli Esteri russo", None),
        office("b", "Pavel Orlov, portavoce del Cremlino, parla.", "Pavel Orlov", "portavoce", "Cremlino", words="il gas arriva"),
        office("c", "Oleg Rubin, ex portavoce del Cremlino, parla.", "Oleg Rubin", "ex portavoce", "Cremlino"),
        office("d", "Anna Zorin, medico della Russia, parla.", "Anna Zorin", "medico", "Russia"),
        office("e", "Il presidente russo Igor Belov parla.", "Igor Belov", "presidente russo", None),
        office("f", "Vera Lunina, portavoce di Igor Belov, parla.", "Vera Lunina", "portavoce", "Igor Belov"),
        office("g", "Luca Moro, segretario del Partito Democratico, parla.", "Luca Moro", "segretario", "Partito Democratico"),
        office("h", "Sara Conti, portavoce di Palazzo Chigi, parla.", "Sara Conti", "portavoce", "Palazzo Chigi"),
        office("i", "Gino Neri, portavoce del governo italiano, parla.", "Gino Neri", "portavoce", "governo italiano"),
    ])  # fmt: skip


@pytest.mark.parametrize("name", ["Russia", "Mosca", "russo", "Federazione Russa"])
def test_spokespersons_come_first_of_those_who_speak_for_a_country(voices, name):
    assert [(a.name, a.how[0][0], a.what) for a in who(voices, speaks_for=name)] == [
        ("Pavel Orlov", "Cremlino", "portavoce, Cremlino"), ("Vera Lunina", "Igor Belov", "portavoce, Igor Belov"),
        ("Igor Belov", "Russia", "presidente russo"), ("Ivan Gurov", "Russia", "ministro degli Esteri russo"),
    ]  # fmt: skip


def test_a_party_does_not_speak_for_its_country_but_has_a_voice_of_its_own(voices):
    assert [a.name for a in who(voices, speaks_for="Italia")] == ["Gino Neri", "Sara Conti"]
    assert [a.name for a in who(voices, speaks_for="Pd")] == ["Luca Moro"]
    assert [a.name for a in who(voices, speaks_for="Igor Belov")] == ["Vera Lunina"]


def test_with_a_topic_those_who_speak_on_it(voices):
    assert [a.name for a in who(voices, speaks_for="Russia", topic="gas")] == ["Pavel Orlov"]


@pytest.mark.parametrize(
    ("role", "voice"),
    [
        ("portavoce", "spokesperson"), ("vice portavoce", "spokesperson"), ("ministro degli Esteri", "minister"), ("vicepresidente", "head"),
        ("vice-premier", "head"), ("segretario di Stato americano", "minister"), ("segretario", "head"), ("nuovo ambasciatore", "envoy"),
        ("ex ministro", None), ("medico del presidente", None), ("moglie del premier", None), ("re", "head"), ("regista", None),
        ("", None),
    ],
)  # fmt: skip
def test_which_offices_speak(role, voice):
    assert voice_of(role) == voice


@pytest.mark.parametrize(
    ("name", "own"),
    [("Cremlino", True), ("governo russo", True), ("Pentagono", True), ("Partito Democratico", False), ("Bbc", False), ("Fiat", False)],
)  # fmt: skip
def test_which_bodies_are_a_state_s_own(name, own):
    assert is_state_body(name) is own
