"""Texts in another form are read like their plain form, and the record keeps the text as it came."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portavoce.evaluate.variants import lines_wrapped
from portavoce.extract.reading import Reading, unwrapped
from portavoce.records import Article, Mention, Role, Span, Statement

PLAIN = (
    "Il ponte riapre\n\nIl sindaco di Colle Verde ha detto che la città avrà di nuovo il suo ponte entro la fine di marzo, perché i "
    "lavori più difficili sono finiti e il cantiere può passare sull'altra riva. «Nessuno ci credeva più», ha aggiunto Aldo Ferri "
    "davanti ai giornalisti.\n\nI pendolari aspettano da due anni e chiedono che la ferrovia faccia la sua parte con corse più fitte."
)
WRAPPED = "".join(lines_wrapped(PLAIN))
DECOMPOSED = unicodedata.normalize("NFD", PLAIN)
CURVED = PLAIN.replace("'", "’")
LIST = "La giunta:\nAda Neri, sindaca\nUgo Bo, lavori pubblici e ambiente\nIda Po, scuola\nEvo Re, sport e tempo libero\nLea Sò, bilancio"


def said(text, *words, **others):
    spans = tuple(Span.of(text, text.index(w), text.index(w) + len(w)) for w in words)
    return Statement(id="s", kind="direct", content=spans, **others)


def test_wrapped_lines_are_joined_and_paragraphs_are_not():
    assert WRAPPED != PLAIN
    assert max(map(len, WRAPPED.split("\n"))) <= 72
    assert unwrapped(WRAPPED) == PLAIN


@pytest.mark.parametrize(
    "text",
    [PLAIN, LIST, "Uno\ndue\ntre\nquattro", WRAPPED.replace("\n\n", "\n\n\n")[:150], "\n".join([PLAIN.replace("\n", " ")] * 5)],
    ids=["paragraphs", "list", "short lines", "two breaks", "long lines"],
)  # fmt: skip
def test_other_line_breaks_stay(text):
    assert unwrapped(text) == text


def test_a_plain_article_is_read_as_it_is():
    article = Article("a", PLAIN, title="Il ponte riapre")
    reading = Reading.of(article)
    assert reading.article is article
    assert reading.restored(article) is article


@pytest.mark.parametrize(
    "text",
    [WRAPPED, DECOMPOSED, CURVED, "".join(lines_wrapped(unicodedata.normalize("NFD", CURVED)))],
    ids=["wrapped", "NFD", "curved apostrophes", "all of it"],
)
def test_what_is_found_stands_in_the_text_that_came(text):
    article = Article("a", text, title=text.split("\n", 1)[0])
    reading = Reading.of(article)
    assert reading.article.text == PLAIN
    ferri = PLAIN.index("Aldo Ferri")
    quote = said(PLAIN, "Nessuno ci credeva più", cue=Span.of(PLAIN, ferri - 12, ferri - 1))
    outer = said(PLAIN, "la città avrà di nuovo", "più difficili")
    record = replace(
        reading.article,
        statements=(replace(quote, id="in", reported_by="out"), replace(outer, id="out")),
        mentions=(Mention(ferri, ferri + 10, "Aldo Ferri", "f"),),
        roles=(Role("f", "sindaco", None, Span.of(PLAIN, ferri, ferri + 10)),),
    )
    found = reading.restored(record)
    assert (found.text, found.title) == (article.text, article.title)
    again = Article.from_json(found.to_json())  # checks every offset against the text
    assert [[plain(c.text) for c in s.content] for s in again.statements] == [
        [c.text for c in s.content] for s in record.statements
    ]
    assert plain(again.statements[0].cue.text) == "ha aggiunto"
    assert again.statements[0].reported_by == again.statements[1].id != "out"
    assert (plain(again.mentions[0].text), plain(again.roles[0].evidence.text)) == ("Aldo Ferri", "Aldo Ferri")


@pytest.mark.parametrize("text", ["dal ’68 al ’72", "i ragazzi’ dice", "‘Andate’ e ‘restate’"])
def test_a_mark_that_stands_in_no_word_is_no_apostrophe(text):
    assert Reading.of(Article("a", text)).article.text == text


def plain(text):
    return unicodedata.normalize("NFC", text).replace("\n", " ").replace("’", "'")


@given(st.text(alphabet="abè \n\u0301\u0323e\u0300ç"))
def test_every_place_has_its_place_in_the_text_that_came(text):
    reading = Reading.of(Article("a", text or "a"))
    back = reading.back or tuple(range(len(reading.article.text) + 1))
    assert len(back) == len(reading.article.text) + 1
    assert list(back) == sorted(back)
    assert back[-1] == len(text or "a")
