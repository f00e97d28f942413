import pytest

from portavoce.errors import UnknownNameError
from portavoce.graph.query import find_actor
from portavoce.graph.query.names import nearest_names
from portavoce.ids import actor_id


@pytest.mark.parametrize(
    ("typed", "name", "how"),
    [
        ("Anna Bianchi", "Anna Bianchi", "name"),
        ("ANNA BIANCHÌ", "Anna Bianchi", "name"),
        ("la sindaca Anna Bianchi", "Anna Bianchi", "name"),
        ("Bianchi", "Anna Bianchi", "name"),  # an alias of ponte-1
        ("janssen", "Piet Janssen", "surname"),
        ("Giulia", "Giulia Verdi", "part"),
        ("Jans", "Piet Janssen", "prefix"),
        ("giu ver", "Giulia Verdi", "prefix"),
        ("Federazione Russa", "Russia", "name"),  # known by the table alone
        ("Mosca", "Russia", "name"),
        ("Washington", "Stati Uniti", "name"),
        ("comune Lecco", "Comune di Lecco", "name"),
    ],
)
def test_names_as_people_type_them(graph, typed, name, how):
    match = find_actor(graph, typed)
    assert (match.name, match.how) == (name, how)


@pytest.mark.parametrize("beginning", ["", "actor/"])
def test_an_id_names_its_actor(graph, beginning):
    assert find_actor(graph, beginning + actor_id("Piet Janssen")).how == "id"


def test_of_several_the_one_with_most_statements_comes_first_and_names_the_others(graph):
    match = find_actor(graph, "Rossi")
    assert (match.name, match.statements) == ("Marco Rossi", 2)
    assert [(other.name, other.statements) for other in match.others] == [("Paolo Rossi", 1)]


def test_a_full_name_is_not_ambiguous(graph):
    assert find_actor(graph, "Paolo Rossi").others == ()


def test_an_unknown_name_lists_the_nearest(graph):
    with pytest.raises(UnknownNameError) as caught:
        find_actor(graph, "Biancki")
    assert caught.value.nearest[0] == "Anna Bianchi"
    assert "Anna Bianchi" in str(caught.value)


@pytest.mark.parametrize("typed", ["", "  ", "«»", "Zyx", "M"])
def test_what_fits_nobody_or_too_many_is_unknown(graph, typed):
    with pytest.raises(UnknownNameError):
        find_actor(graph, typed)


def test_nothing_is_near_to_nonsense(graph):
    assert nearest_names(graph, "zzzzqqqq") == ()
