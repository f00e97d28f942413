"""The category of statements, from words alone."""

from __future__ import annotations

import gzip
import json

import numpy as np
import pytest

from portavoce.errors import PipelineError
from portavoce.extract.lang import language_file
from portavoce.extract.topics import category
from portavoce.extract.topics.category import VIEWS, CategoryModel, CategoryWords
from portavoce.records import CATEGORIES


@pytest.fixture(scope="module")
def model():
    return CategoryModel.load("it")


@pytest.mark.parametrize(
    ("expected", "title", "text"),
    [
        (
            "sport",
            "Calcio, la squadra torna in testa",
            "L'allenatore: «Abbiamo meritato la vittoria, il gol nel finale ha deciso la partita di campionato».",
        ),
        (
            "economy",
            "La banca taglia i tassi",
            "Secondo gli analisti la borsa e i mercati finanziari hanno già scontato l'inflazione e gli investimenti.",
        ),
        (
            "crime_justice",
            "Arrestato il sospettato",
            "Il procuratore ha detto che l'omicidio è stato commesso dall'imputato, in carcere dopo la condanna.",
        ),
        (
            "health",
            "Nuovo vaccino",
            "I medici dell'ospedale hanno spiegato che i pazienti con il virus sono guariti con la terapia.",
        ),
        (
            "religion",
            "Il Papa in visita",
            "Il cardinale ha detto che la Chiesa prega per i vescovi e i fedeli riuniti nel santuario.",
        ),
        (
            "conflict",
            "Ancora bombe",
            "L'esercito ha annunciato che le truppe hanno respinto i ribelli dopo un bombardamento e molti soldati sono caduti.",
        ),
        (
            "politics",
            "Verso il voto",
            "Il senatore ha dichiarato che il governo non ha più la maggioranza in Parlamento e servono elezioni.",
        ),
    ],
)
def test_category_of_plain_cases(model, expected, title, text):
    words = model.article(f"{title}\n\n{text}", title)
    start = len(title) + 2
    assert words.category([(start, start + len(text))]) == expected


def test_the_article_speaks_where_the_content_does_not(model):
    """«Siamo delusi» under a football headline is sport, under an economic one economy."""
    quote = "«Siamo delusi», ha detto. "
    sport = (
        quote + "La squadra di calcio ha perso la finale del campionato; l'allenatore e i giocatori lasciano lo stadio."
    )
    economy = quote + "La borsa crolla, le banche perdono; gli azionisti vendono i titoli e l'inflazione sale."
    assert model.article(sport, None).category([(1, 13)]) == "sport"
    assert model.article(economy, None).category([(1, 13)]) == "economy"


def test_no_words_and_no_content_still_have_a_category(model):
    assert model.article("", None).category([(0, 0)]) in CATEGORIES
    assert model.article("«…» 1 2 3", "").category([(0, 3)]) in CATEGORIES


def test_scores_are_the_same_on_a_second_reading(model):
    text = "Il ministro ha detto che il terremoto ha distrutto il paese."
    first = model.article(text, "Terremoto").scores([(24, 60)])
    again = CategoryModel.load("it").article(text, "Terremoto").scores([(24, 60)])
    assert np.array_equal(first, again)
    assert first.shape == (len(CATEGORIES),)


def test_words_vote_whole_or_by_their_beginning():
    hints = CategoryWords(["[sport]", "gol calciat*", "[economy]", "gol"])
    assert hints.votes("calciatrice")[CATEGORIES.index("sport")] == 1
    assert hints.votes("gol")[CATEGORIES.index("sport")] == hints.votes("gol")[CATEGORIES.index("economy")] == 0.5
    assert not hints.votes("golf").any()


def test_packaged_words_name_real_categories_and_no_word_twice_in_one():
    text = language_file("it", "category_words.txt").read_text(encoding="utf8")
    sections = [line.strip("[]") for line in text.splitlines() if line.startswith("[")]
    assert sorted(sections) == sorted(CATEGORIES)
    for section in text.split("\n[")[1:]:
        words = section.split("]", 1)[1].split()
        assert len(words) == len(set(words)) > 20


def damaged(change):
    data = json.loads(gzip.decompress(language_file("it", "category.json.gz").read_bytes()))
    change(data)
    return gzip.compress(json.dumps(data).encode())


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.update(version=0),
        lambda d: d["models"]["category"].update(letters=5),
        lambda d: d["models"]["category"].update(view_names=list(reversed(VIEWS))),
        lambda d: d["models"]["category"]["vocabulary"].pop(),
        lambda d: d["models"]["category"]["lists"].pop(),
    ],
    ids=["version", "letters", "views", "vocabulary", "lists"],
)
def test_a_model_for_other_features_is_refused(monkeypatch, tmp_path, change):
    path = tmp_path / "category.json.gz"
    path.write_bytes(damaged(change))
    monkeypatch.setattr(category, "language_file", lambda _language, _name: path)
    with pytest.raises(PipelineError, match="trained for"):
        CategoryModel.load("it")


def test_first_lines_under_the_headline_are_a_view_of_their_own(model):
    text = "Titolo\n\n" + "pane " * 100 + "vino"
    words = model.article(text, "Titolo")
    assert words.lead[0] == "pane"
    assert "titolo" not in words.lead
    assert "vino" not in words.lead


def test_what_a_reader_thinks_counts_only_in_a_model_trained_with_it(model):
    """Log-probabilities add to the words' scores in a model that has weights for them; others take no notice."""
    read = np.full(len(CATEGORIES), -9, np.float32)
    read[CATEGORIES.index("weather")] = -0.01
    plain = model.article("Hanno parlato di tutto.", None)
    assert np.array_equal(plain.scores([(0, 5)]), plain.scores([(0, 5)], read))
    reading = CategoryModel(
        list(model.row), model.rarity, model.words, model.lists, model.bias,
        views=model.views, hints=model.hints, read=np.eye(len(CATEGORIES), dtype=np.float32) * 5,
    )  # fmt: skip
    assert reading.article("Hanno parlato di tutto.", None).category([(0, 5)], read) == "weather"
