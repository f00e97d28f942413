"""The subject in front of a source that is put in between belongs to what is said."""

from __future__ import annotations

from portavoce.extract.acts import Cue
from portavoce.extract.attribution.content import Candidate
from portavoce.extract.attribution.fronted import with_subject
from portavoce.extract.attribution.proposals import Proposal

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
