"""Web pages: the article with its headline, date, site and address, and pages that hold none."""

from __future__ import annotations

import logging
import time

import pytest

from portavoce.errors import InputError
from portavoce.extract.read.html import article_of_html

ONE = "La sindaca Bruni ha detto che la biblioteca sarà aperta anche la domenica, come chiedono da tempo gli studenti."
TWO = "«Lo chiedono tutti», ha aggiunto la sindaca davanti al consiglio comunale riunito per il bilancio."
PAGE = f"""<!DOCTYPE html><html lang="it"><head><title>La biblioteca apre | Il Foglio di Prova</title>
<meta property="og:site_name" content="Il Foglio di Prova"><meta property="og:title" content="La biblioteca apre">
<meta property="article:published_time" content="2021-03-04T10:00:00+01:00">
<link rel="canonical" href="https://prova.example/biblioteca"></head>
<body><nav><a href="/">Prima pagina</a> <a href="/sport">Sport</a></nav>
<article><h1>La biblioteca apre</h1><p>{ONE}</p><p>{TWO}</p></article>
<footer>Tutti i diritti riservati</footer><script>alert("no")</script></body></html>"""


def test_the_article_of_a_page_with_its_particulars() -> None:
    article = article_of_html(PAGE.encode(), "a.html")
    assert article.text == f"La biblioteca apre\n\n{ONE}\n\n{TWO}"
    assert (article.id, article.title, article.published) == ("a.html", "La biblioteca apre", "2021-03-04")
    assert (article.publisher, article.url) == ("Il Foglio di Prova", "https://prova.example/biblioteca")


def test_the_headline_is_the_first_paragraph_where_the_body_has_none() -> None:
    page = PAGE.replace("<h1>La biblioteca apre</h1>", "")
    assert article_of_html(page.encode(), "a").text == f"La biblioteca apre\n\n{ONE}\n\n{TWO}"


def test_a_page_in_windows_1252_with_an_xml_declaration() -> None:
    page = '<?xml version="1.0" encoding="windows-1252"?>\n' + PAGE
    assert article_of_html(page.encode("cp1252"), "a").text == article_of_html(PAGE.encode(), "a").text


def test_quotations_marked_up_get_their_marks() -> None:
    page = PAGE.replace(TWO, f'<q cite="/x">{TWO[1:20]}</q>{TWO[20:]}')
    assert f"“{TWO[1:20]}”{TWO[20:]}" in article_of_html(page.encode(), "a").text


def test_a_page_without_a_date_has_none() -> None:
    page = PAGE.replace('<meta property="article:published_time" content="2021-03-04T10:00:00+01:00">', "")
    assert article_of_html(page.encode(), "a").published is None


def test_a_short_and_a_cut_page_are_read() -> None:
    assert article_of_html(f"<html><body><p>{ONE}</p></body></html>".encode(), "a").text == ONE
    assert ONE in article_of_html(PAGE[: PAGE.index(TWO) + 10].encode(), "a").text


@pytest.mark.parametrize(
    ("page", "reason"),
    [(b"", "is empty"), (b" \n", "is empty"), (b"<html><body></body></html>", "without article text"),
     (b"<html><body><script>var a = 1</script><img src=x></body></html>", "without article text"),
     (b"<", "without article text"), (b"\x00\x01\x02" * 99, "binary")],
)  # fmt: skip
def test_a_page_without_text_is_refused(page: bytes, reason: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(InputError, match=reason):
        article_of_html(page, "a")
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("depth", [150, 2_000, 50_000])
@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "ul><li"])
def test_deep_nesting_gives_an_article_or_a_reason(depth: int, tag: str) -> None:
    page = f"<html><body>{f'<{tag}>' * depth}<p>{ONE}</p>"
    start = time.perf_counter()
    try:
        outcome = article_of_html(page.encode(), "a").text
    except InputError as error:
        outcome = str(error)
    assert ONE in outcome or outcome.startswith("is a page")
    assert time.perf_counter() - start < 30


def test_the_loggers_of_the_parser_stay_off_the_terminal() -> None:
    article_of_html(PAGE.encode(), "a")
    assert logging.getLogger("trafilatura").handlers
