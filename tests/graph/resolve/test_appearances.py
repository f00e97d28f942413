"""What resolution reads of an article: countries in its text, titles in its mentions."""

import pytest

from portavoce.graph.resolve.appearances import countries_in, title_words


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Il premier francese è arrivato a Mosca.", ("Francia", "Russia")),
        ("Gli Stati Uniti e la Corea del Nord trattano.", ("Corea del Nord", "Stati Uniti")),
        ("I ministri tedeschi e le navi greche", ("Germania", "Grecia")),
        ("Il sindaco ha chiuso il ponte.", ()),
        ("La mosca vola.", ()),
        ("", ()),
    ],
)
def test_countries_are_found_by_name_capital_and_adjective(text, countries):
    assert countries_in(text) == countries


@pytest.mark.parametrize(
    ("mention", "title"),
    [
        ("il ministro Rossi", "ministro"),
        ("l'ex premier Anna Verdi", "ex premier"),
        ("Rossi", ""),
        ("il governatore", ""),
        ("", ""),
    ],
)
def test_titles_stand_in_front_of_the_name(mention, title):
    assert title_words(mention).replace("l'ex", "ex") == title
