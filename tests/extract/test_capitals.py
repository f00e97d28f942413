"""Lines in capitals are read in the letters that the rest of the article uses."""

import pytest

from portavoce.extract.capitals import without_capitals
from portavoce.extract.reading import Reading
from portavoce.records import Article

BODY = (
    "Il sindaco Aldo Ferri ha lasciato il PD dopo un anno di liti con la giunta di Colle Verde. I colleghi di Ferri tacciono, e "
    "il partito, che aspettava da mesi, ha chiesto le primarie a chi resta."
)


@pytest.mark.parametrize(
    ("headline", "read"),
    [
        ("FERRI LASCIA IL PD", "Ferri lascia il PD"),
        ("COLLE VERDE, IL SINDACO TACE", "Colle Verde, il sindaco tace"),
        ("LITI IN GIUNTA. RESTA IL SINDACO", "Liti in giunta. Resta il sindaco"),
        ("«RESTO QUI», DICE ANNA FERRI", "«Resto qui», dice Anna Ferri"),
        ("VERTICE DEGLI STATI UNITI", "Vertice degli Stati Uniti"),
        ("NEL 2025 TOCCA A 35 COMUNI", "Nel 2025 tocca a 35 comuni"),
    ],
)
def test_a_headline_has_the_letters_of_the_text(headline, read):
    text, title = without_capitals(f"{headline}\n\n{BODY}", headline)
    assert text == f"{read}\n\n{BODY}"
    assert title == read


@pytest.mark.parametrize("line", ["COLLE VERDE", "Ferri lascia il PD", "ROMA, 3 MAGGIO -", "A B C D"])
def test_other_lines_stay(line):
    assert without_capitals(f"{line}\n{BODY}", line) == (f"{line}\n{BODY}", line)


def test_a_text_all_in_capitals_stays():
    text = f"FERRI LASCIA IL PD\n{BODY.upper()}"
    assert without_capitals(text, None) == (text, None)


def test_a_letter_that_grows_when_it_is_made_small_stays():
    text = f"FERRI VA A İSTANBUL CON LA GIUNTA\n{BODY}"
    read, _ = without_capitals(text, None)
    assert len(read) == len(text)


def test_the_record_keeps_the_capitals():
    article = Article("a", f"FERRI LASCIA IL PD\n\n{BODY}", title="FERRI LASCIA IL PD")
    reading = Reading.of(article)
    assert reading.article.title == "Ferri lascia il PD"
    restored = reading.restored(reading.article)
    assert (restored.text, restored.title) == (article.text, article.title)
