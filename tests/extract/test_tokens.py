"""The list view over a parsed article: edges, sentences, paragraphs, quotes, entities."""

from __future__ import annotations

TABLE = """
    La il DET 2 det
    sindaca sindaca NOUN 4 nsubj
    ha avere AUX 4 aux VerbForm=Fin
    detto_ dire VERB 0 root VerbForm=Part
    : : PUNCT 4 punct
    «_ « PUNCT 7 punct
    Basta_ basta INTJ 4 parataxis
    »_ » PUNCT 7 punct
    . . PUNCT 4 punct
    ¶
    Anna Anna PROPN 3 nsubj B-PER
    Rossi Rossi PROPN 1 flat:name I-PER
    tace_ tacere VERB 0 root VerbForm=Fin
    . . PUNCT 3 punct
"""  # The mayor has said: «Enough». Anna Rossi is silent.


def test_subtrees_stay_inside_their_sentence(parse):
    t = parse(TABLE)
    assert t.subtree(1) == (0, 1)
    assert t.subtree(3)[0] == 0
    assert t.words(*t.subtree(10)) == "Anna Rossi"


def test_paragraphs_and_sentences(parse):
    t = parse(TABLE)
    assert t.para[0] == t.para[8]
    assert t.para[10] == t.para[0] + 1
    assert t.sent[10] != t.sent[0]


def test_only_what_stands_between_the_marks_is_quoted(parse):
    t = parse(TABLE)
    assert [t.form[k] for k in range(t.n) if t.quote[k] >= 0] == ["basta"]


def test_an_entity_of_two_words_is_one(parse):
    t = parse(TABLE)
    assert t.entities == [(10, 12, "PER")]
    assert t.entity[10] == t.entity[11] == 0
    assert t.entity[9] == -1


def test_the_quote_around_each_quote(parse):
    t = parse("""
        «_ « PUNCT 2 punct
        Dice dire VERB 0 root
        “_ “ PUNCT 4 punct
        no_ no INTJ 2 obj
        ”_ ” PUNCT 4 punct
        »_ » PUNCT 2 punct
        e e CCONJ 9 cc
        «_ « PUNCT 9 punct
        va_ andare VERB 2 conj
        »_ » PUNCT 9 punct
        . . PUNCT 2 punct
    """)  # «She says “no”» and «goes».
    assert [q.depth for q in t.quotes] == [0, 1, 0]
    assert t.around == [-1, 0, -1]


def test_an_aside_with_a_verb_stands_outside_its_quote(parse):
    # «I go – Rossi has said – home»
    t = parse("""
        «_ « PUNCT 2 punct
        Vado andare VERB 0 root VerbForm=Fin
        – – PUNCT 5 punct
        ha avere AUX 5 aux VerbForm=Fin
        detto dire VERB 2 parataxis VerbForm=Part
        Rossi Rossi PROPN 5 nsubj
        – – PUNCT 5 punct
        a a ADP 9 case
        casa_ casa NOUN 2 obl
        » » PUNCT 2 punct
    """)
    assert [t.form[k] for k in range(t.n) if t.quote[k] >= 0] == ["vado", "a", "casa"]
    assert [(first, last) for _, first, last in t.asides] == [(2, 6)]


def test_the_token_at_an_offset(parse):
    t = parse(TABLE)
    start = t.text.index("detto")
    assert t.at(start) == t.at(start + 4) == 3
    assert t.at(start + 5) == 4  # the colon follows directly
    assert t.span(2, 3) == (t.text.index("ha"), start + 5)
