"""Ids: the same for the same thing, different for different things, readable where people see them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portavoce import ids
from portavoce.records import Span


def test_parts_are_told_apart():
    assert ids.digest("ab", "c") != ids.digest("a", "bc")
    assert ids.digest("ab", "c") == ids.digest("ab", "c")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Unione Europea", "unione europea"), ("l'Unione Europea", "Unione Europea"), ("Zelenskyj", "ZELENSKYJ"),
     ("Perù", "Peru"), ("Ministero degli Esteri", "Ministero Esteri")],
)  # fmt: skip
def test_spellings_of_one_name(one, other):
    assert ids.actor_id(one) == ids.actor_id(other)


def test_a_description_means_somebody_else_in_another_article():
    assert ids.actor_id("il portavoce", "a") != ids.actor_id("il portavoce", "b")


def test_a_statement_is_its_article_content_and_cue():
    content = (Span(1, 2, "x"),)
    assert ids.statement_id("a", content, None) != ids.statement_id("b", content, None)
    assert ids.statement_id("a", content, None) != ids.statement_id("a", content, Span(5, 6, "y"))
    assert re.fullmatch("[0-9a-f]{20}", ids.statement_id("a", content, None))


@given(st.text())
def test_slugs_are_plain_and_never_empty(name):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", ids.slug(name))
    assert len(ids.slug(name)) <= 48


@given(st.text(), st.text())
def test_lone_surrogates_do_not_stop_a_digest(a, b):
    assert len(ids.digest(a, b + "\ud800")) == 20
    assert len(ids.text_digest(a + "\udfff")) == 64
