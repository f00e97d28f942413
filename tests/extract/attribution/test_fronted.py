"""What stands in front of a source that is put in between belongs to what is said."""

from __future__ import annotations

import pytest

from portavoce.extract.acts import Cue
from portavoce.extract.attribution.content import Candidate
from portavoce.extract.attribution.cues import CueLexicon
from portavoce.extract.attribution.fronted import with_fronted, with_subject
from portavoce.extract.attribution.proposals import Proposal

LEXICON = CueLexicon.load("it")

CHINA = """
    {subject}
    , , PUNCT 4 punct
    secondo secondo ADP 4 case
    Alfa_ Alfa PROPN 7 obl B-ORG
    , , PUNCT 4 punct
    resta restare AUX 7 cop VerbForm=Fin
    prima primo ADJ 0 root
    . . PUNCT 7 punct
"""


def proposed(t, kind="prep"):
    """What *secondo Alfa* proposes: resta prima."""
    content = Candidate(((5, 6),), ["source"], ["sentence"], "after")
    return Proposal(Cue(kind, 2, 2, 2, "secondo"), "secondo", 0.9, content, 0.9, 0.9)


def said(t, p):
    return [t.words(first, last) for first, last in p.content.parts]


def test_the_subject_is_the_first_part(parse):
    t = parse(CHINA.format(subject="Betagamma_ Betagamma PROPN 7 nsubj B-ORG"))
    assert said(t, with_subject(t, proposed(t))) == ["Betagamma", "resta prima"]


def test_a_relative_pronoun_is_none(parse):
    t = parse(CHINA.format(subject="che_ che PRON 7 nsubj PronType=Rel"))
    assert said(t, with_subject(t, proposed(t))) == ["resta prima"]


def test_other_words_in_front_stay_outside(parse):
    t = parse(CHINA.format(subject="Ieri_ ieri ADV 7 advmod"))
    assert said(t, with_subject(t, proposed(t))) == ["resta prima"]


def test_a_verb_has_a_subject_of_its_own_there(parse):
    t = parse(CHINA.format(subject="Betagamma_ Betagamma PROPN 7 nsubj B-ORG"))
    assert said(t, with_subject(t, proposed(t, "verb"))) == ["resta prima"]


ASIDE = """
    , , PUNCT CUE punct
    dice dire VERB 0 root VerbForm={form}
    {between}
    Ferri_ Ferri PROPN CUE nsubj B-PER
    , , PUNCT CUE punct
    non non ADV SAID advmod
    piove_ piovere VERB CUE ccomp VerbForm=Fin
    . . PUNCT CUE punct
"""


def fronted(parse, front, *, form="Fin", between=""):
    """What *dice Ferri* proposes behind a phrase, with what belongs to it: non piove."""
    rows = [row.strip() for row in f"{front}\n{ASIDE.format(form=form, between=between)}".splitlines() if row.strip()]
    cue, rain = (next(k for k, row in enumerate(rows) if row.startswith(word)) for word in ("dice", "piove"))
    t = parse("\n".join(rows).replace("CUE", str(cue + 1)).replace("SAID", str(rain + 1)))
    content = Candidate(((rain - 1, rain),), ["clause"], ["sentence"], "after")
    proposal = Proposal(Cue("verb", cue, cue, cue, "dire"), "say", 0.9, content, 0.9, 0.9)
    return said(t, with_fronted(t, proposal, LEXICON))


MARKET = "Al a ADP 2 case\nmercato_ mercato NOUN SAID obl"


@pytest.mark.parametrize(
    ("front", "part"),
    [
        (MARKET, "Al mercato"),
        ("Ma ma CCONJ CUE cc\nal a ADP 3 case\nmercato_ mercato NOUN SAID obl", "al mercato"),
        (f"{MARKET}\n, , PUNCT 2 punct\ninfatti_ infatti ADV SAID advmod", "Al mercato"),
        ("Tace tacere VERB CUE ccomp VerbForm=Fin\n, , PUNCT 1 punct\nma ma CCONJ SAID cc\nqui_ qui ADV SAID advmod", "qui"),
    ],
    ids=["a phrase", "a sentence that begins with but", "a connective behind it", "a clause before it"],
)  # fmt: skip
def test_the_phrase_before_an_aside_is_a_part(parse, front, part):
    assert fronted(parse, front) == [part, "non piove"]


@pytest.mark.parametrize(
    "front",
    [
        "Tuttavia_ tuttavia ADV SAID advmod",
        "In in ADP 2 case\nseguito_ seguito NOUN SAID obl",
        "Un uno DET 2 det\nuomo uomo NOUN CUE dep\nche_ che PRON SAID nsubj PronType=Rel",
        "Neri_ Neri PROPN CUE nsubj B-PER",
        "Tace_ tacere VERB SAID advcl VerbForm=Fin",
    ],
    ids=["a connective", "a connective of two words", "a relative pronoun", "the subject of the cue", "a clause"],
)
def test_what_only_joins_or_is_another_clause_stays_outside(parse, front):
    assert fronted(parse, front) == ["non piove"]


def test_a_gerund_or_a_clause_with_its_conjunction_is_no_aside(parse):
    assert fronted(parse, MARKET, form="Ger") == ["non piove"]
    assert fronted(parse, MARKET, between="che che SCONJ SAID mark") == ["non piove"]
