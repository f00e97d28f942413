"""Who speaks in a table of parsed words, asked in one line."""

import pytest

from tests.extract.spoken import ANNA, said, speakers


@pytest.fixture
def who_says(parse):
    """Who says "ha detto che tutto regge" behind the words of a table, the last sentence of which they end: phrase and actor."""

    def find(before, verb="detto dire"):
        form, lemma = verb.split()
        root = len(before.strip().split("\n\n")[-1].splitlines()) + 2
        t = parse(f"""{before.rstrip()}
            ha avere AUX {root} aux Number=Sing|Person=3|VerbForm=Fin
            {form} {lemma} VERB 0 root Gender=Masc|Number=Sing|VerbForm=Part
            che che SCONJ {root + 3} mark
            tutto tutto PRON {root + 3} nsubj
            regge_ reggere VERB {root} ccomp Number=Sing|Person=3|VerbForm=Fin
            . . PUNCT {root} punct
        """)
        return speakers(t, said(t, f"ha {form}", "tutto regge"))[0]

    return find


@pytest.fixture
def after_anna(parse):
    """Who speaks in a text in which Anna Ferri speaks first, then somebody by the words of a table: phrase and actor of both."""

    def find(table, cue, content):
        t = parse(f"{ANNA}\n{table}")
        return speakers(t, said(t, "ha detto", "la diga regge"), said(t, cue, content))

    return find
