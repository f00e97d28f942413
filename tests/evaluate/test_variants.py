"""A variant is the same article in other typography: what is annotated in it still says the same."""

import json
import unicodedata
from pathlib import Path

import pytest

from portavoce.evaluate import score
from portavoce.evaluate.variants import VARIANTS, variant, variant_table
from portavoce.records import Article, Span, Statement

OWN_GOLD = Path(__file__).resolve().parents[1] / "gold" / "gold.jsonl"
TEXT = (
    "Il ponte c'è, dice Neri\n\n«Non c'è più città», ha detto l'assessore Aldo Neri, “e basta”. \"Perché?\", ha chiesto Po.\n"
    "Poi il consiglio ha votato a lungo, articolo per articolo, fino all'alba, e nessuno ha più risposto."
)


MARGIN = 3.0


@pytest.fixture
def article():
    def span(words):
        return Span.of(TEXT, TEXT.index(words), TEXT.index(words) + len(words))

    first = Statement(
        "s", "direct", (span("Non c'è più città"), span("e basta")), cue=span("ha detto"),
        speaker=span("l'assessore Aldo Neri"), actor="Aldo Neri",
    )  # fmt: skip
    return Article("a", TEXT, title="Il ponte c'è, dice Neri", statements=(first,))


def changed(article, name):
    (made,) = variant([article], VARIANTS[name])
    return made


EXPECTED = {
    "marks swapped": "“Non c'è più città”, ha detto l'assessore Aldo Neri, «e basta». «Perché?»",
    "marks straight": '"Non c\'è più città", ha detto l\'assessore Aldo Neri, "e basta". "Perché?"',
    "apostrophes swapped": '«Non c’è più città», ha detto l’assessore Aldo Neri, “e basta”. "Perché?"',
    "letters decomposed": "c'e\u0300 piu\u0300 citta\u0300»",
    "headline in capitals": "IL PONTE C'È, DICE NERI\n\n«Non",
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_variant_changes_what_it_names(article, name):
    assert EXPECTED[name] in changed(article, name).text


def test_lines_are_wrapped_and_paragraphs_parted(article):
    text = changed(article, "lines wrapped").text
    assert [block.replace("\n", " ") for block in text.split("\n\n")] == TEXT.replace("\n\n", "\n").split("\n")
    assert max(map(len, text.split("\n"))) <= 72


def test_one_closing_mark_is_lost(article):
    text = changed(article, "closing mark lost").text
    assert len(text) == len(TEXT) - 1
    assert text in {TEXT[:i] + TEXT[i + 1 :] for i, c in enumerate(TEXT) if c in '»”"'}


@pytest.mark.parametrize("name", VARIANTS)
def test_annotation_moves_along(article, name):
    made = changed(article, name)
    again = Article.from_json(json.loads(json.dumps(made.to_json())))  # checks every span against the text

    def plain(text):
        return unicodedata.normalize("NFC", text).replace("\n", " ").replace("’", "'").casefold()

    (s,) = again.statements
    assert [plain(c.text) for c in s.content] == ["non c'è più città", "e basta"]
    assert (plain(s.cue.text), plain(s.speaker.text)) == ("ha detto", "l'assessore aldo neri")
    assert made.text.startswith(made.title + "\n")
    assert score([made], [made]).figures["T2"] == (1.0, 1.0, 1.0)


@pytest.mark.parametrize("name", VARIANTS)
def test_an_article_without_anything_to_change_stays(name):
    plain = Article("a", "Una riga sola")
    assert changed(plain, name).text == plain.text


def test_the_table_says_how_far_t2_moves(article):
    rows = variant_table({"as it is": score([article], [article]), "lost": score([article], [])}).splitlines()
    assert rows[0].split() == ["D-50", "D-80", "T2", "A", "A-mis", "T2", "moves", "by"]
    assert rows[2].split() == ["lost", "0.0", "0.0", "0.0", "0.0", "0.0", "-100.0"]


@pytest.mark.model
@pytest.mark.slow
def test_typography_moves_the_figures_on_the_own_gold_little():
    """T2 falls by no more than the margins. Measured on a processor with AVX2: by 1.8 points with a closing mark lost, not at all in the others.

    One of the 228 statements more or less is about .4 points.
    """
    from portavoce import extract

    gold = [Article.from_json(json.loads(line)) for line in OWN_GOLD.read_text(encoding="utf-8").splitlines()]
    figures = {"as it is": score(gold, list(extract([a.bare() for a in gold]))).percent("T2")}
    for name, change in VARIANTS.items():
        made = variant(gold, change)
        figures[name] = score(made, list(extract([a.bare() for a in made]))).percent("T2")
    moves = {name: round(value - figures["as it is"], 1) for name, value in figures.items()}
    assert {name: move for name, move in moves.items() if move < -MARGIN} == {}
