"""Which spans may be the content of a cue, and how their edges are cut."""

from __future__ import annotations

import pytest

from portavoce.extract.attribution.content import Candidate, ContentFinder
from portavoce.extract.attribution.content_spans import characters, quotation_kind, trimmed
from portavoce.extract.attribution.cues import CueLexicon, find_cues
from portavoce.extract.attribution.proposals import Proposal, overlap, settle
from portavoce.extract.attribution.unclaimed_marks import unclaimed_marks

LEXICON = CueLexicon.load("it")

INDIRECT = """
    Rossi Rossi PROPN 3 nsubj B-PER
    ha avere AUX 3 aux VerbForm=Fin
    detto dire VERB 0 root VerbForm=Part
    che che SCONJ 7 mark
    il il DET 6 det
    ponte ponte NOUN 7 nsubj
    chiuderà chiudere VERB 3 ccomp VerbForm=Fin
    e e CCONJ 10 cc
    ha avere AUX 10 aux VerbForm=Fin
    annunciato annunciare VERB 3 conj VerbForm=Part
    controlli_ controllo NOUN 10 obj
    . . PUNCT 3 punct
"""  # Rossi has said that the bridge will close and has announced checks.

SPLIT = """
    «_ « PUNCT 2 punct
    Vado_ andare VERB 0 root VerbForm=Fin|Person=1
    »_ » PUNCT 2 punct
    , , PUNCT 6 punct
    ha avere AUX 6 aux VerbForm=Fin
    detto dire VERB 2 parataxis VerbForm=Part
    Rossi_ Rossi PROPN 6 nsubj B-PER
    , , PUNCT 6 punct
    «_ « PUNCT 11 punct
    e e CCONJ 11 cc
    torno_ tornare VERB 2 conj VerbForm=Fin|Person=1
    »_ » PUNCT 11 punct
    . . PUNCT 2 punct
"""  # «I go», Rossi said, «and come back».


def contents(t, lemma):
    cues = find_cues(t, LEXICON)
    finder = ContentFinder(t, {c.head for c in cues}, LEXICON)
    cue = next(c for c in cues if c.lemma == lemma)
    found = {}
    for candidate in finder.candidates(cue):
        spans = characters(t, candidate.parts)
        found[tuple(t.text[a:b] for a, b in spans)] = candidate
    return found


def test_the_clause_without_che_and_final_stop(parse):
    found = contents(parse(INDIRECT), "dire")
    assert ("il ponte chiuderà",) in found
    assert "che" in found[("il ponte chiuderà",)].begins


def test_the_object_of_the_second_cue(parse):
    assert ("controlli",) in contents(parse(INDIRECT), "annunciare")


@pytest.mark.parametrize(("lemma", "ends"), [("precisare", True), ("scendere", False)])
def test_a_gerund_that_adds_to_what_is_said_is_no_part_of_it(parse, lemma, ends):
    # Rossi has said that the bridge will close, specifying (sinking) the times.
    t = parse(f"""
        Rossi Rossi PROPN 3 nsubj B-PER
        ha avere AUX 3 aux VerbForm=Fin
        detto dire VERB 0 root VerbForm=Part
        che che SCONJ 7 mark
        il il DET 6 det
        ponte ponte NOUN 7 nsubj
        chiuderà_ chiudere VERB 3 ccomp VerbForm=Fin
        , , PUNCT 7 punct
        {lemma}ndo {lemma} VERB 7 advcl VerbForm=Ger
        i il DET 11 det
        tempi_ tempo NOUN 9 obj
        . . PUNCT 3 punct
    """)
    found = contents(t, "dire")
    assert ("il ponte chiuderà",) in found
    assert any("tempi" in text for (text,) in found) is not ends


def test_a_content_never_holds_its_cue(parse):
    t = parse(INDIRECT)
    for text in contents(t, "dire"):
        assert "detto" not in " ".join(text)


def test_what_a_passive_is_about_without_its_agent(parse):
    # «The doubling of the road was promised by the minister.»
    found = contents(
        parse("""
        Il il DET 2 det
        raddoppio raddoppio NOUN 6 nsubj:pass
        della di DET 4 case
        strada strada NOUN 2 nmod
        fu essere AUX 6 aux:pass VerbForm=Fin
        promesso promettere VERB 0 root VerbForm=Part
        dalla da ADP 8 case
        ministra_ ministra NOUN 6 obl:agent
        . . PUNCT 6 punct
    """),
        "promettere",
    )
    assert "passive" in found[("Il raddoppio della strada",)].begins


def test_the_noun_that_a_participle_describes(parse):
    # «They doubt the motive proposed by the lawyer.»
    t = parse("""
        Dubitano dubitare VERB 0 root VerbForm=Fin
        del di ADP 3 case
        movente movente NOUN 1 obl
        proposto proporre VERB 3 acl VerbForm=Part
        dal da ADP 6 case
        legale_ legale NOUN 4 obl:agent
        . . PUNCT 1 punct
    """)
    assert any(text == ("movente",) for text in contents(t, "proporre"))


def test_a_predicate_after_its_source_without_a_comma(parse):
    # «According to the police the bridge will stay closed.» — the parser hangs the bridge on the police
    t = parse("""
        Secondo secondo ADP 3 case
        la il DET 3 det
        polizia polizia NOUN 5 obl
        resterà restare AUX 5 cop VerbForm=Fin
        chiuso_ chiuso ADJ 0 root
        . . PUNCT 5 punct
    """)
    assert ("resterà chiuso",) in contents(t, "secondo")


def test_an_end_before_the_person_spoken_to(parse):
    # «He shouted to leave to all.»
    t = parse("""
        Urlò urlare VERB 0 root VerbForm=Fin
        di di ADP 3 mark
        uscire uscire VERB 1 xcomp VerbForm=Inf
        a a ADP 5 case
        tutti_ tutto PRON 1 obl
        . . PUNCT 1 punct
    """)
    assert ("uscire",) in contents(t, "urlare")


def test_an_interrupted_quote_is_one_candidate(parse):
    assert ("Vado", "e torno") in contents(parse(SPLIT), "dire")


def test_an_aside_speaks_for_the_pieces_of_its_quote_that_are_near(parse):
    stretch = """
        vado andare VERB 0 root VerbForm=Fin
        – – PUNCT 4 punct
        ha avere AUX 4 aux VerbForm=Fin
        detto dire VERB 1 parataxis VerbForm=Part
        Neri Neri PROPN 4 nsubj
        –_ – PUNCT 4 punct
        , , PUNCT 1 punct
    """
    t = parse(
        "«_ « PUNCT 2 punct\n" + "\n".join(stretch for _ in range(40)) + "vado_ andare VERB 1 conj\n»_ » PUNCT 1 punct"
    )
    assert len(t.asides) == 40
    cues = [c for c in find_cues(t, LEXICON) if c.lemma == "dire"]
    finder = ContentFinder(t, {c.head for c in cues}, LEXICON)
    parts = max((c.parts for c in finder.candidates(cues[20])), key=len)
    assert len(parts) == 16
    assert parts[7][1] < cues[20].head < parts[8][0]


def test_speech_without_marks_ends_with_a_sentence_where_its_paragraph_goes_on_for_ever(parse):
    opening = """
        Neri Neri PROPN 2 nsubj B-PER
        spiega_ spiegare VERB 0 root VerbForm=Fin
        : : PUNCT 2 punct
        piove_ piovere VERB 2 dep VerbForm=Fin
        . . PUNCT 2 punct

    """
    further = "Resta restare VERB 0 root VerbForm=Fin\nfreddo_ freddo ADJ 1 xcomp\n. . PUNCT 1 punct\n\n"

    def longest(times):
        t = parse(opening + further * times)
        cue = next(c for c in find_cues(t, LEXICON) if c.lemma == "spiegare")
        finder = ContentFinder(t, {cue.head}, LEXICON)
        return t.n, max(c.parts[-1][1] for c in finder.candidates(cue))

    tokens, last = longest(20)
    assert last == tokens - 2
    tokens, last = longest(1000)
    assert last < 30


def test_kinds(parse):
    t = parse(SPLIT)
    vado = (t.text.index("Vado"), t.text.index("Vado") + 4)
    torno = (t.text.index("e torno"), t.text.index("torno") + 5)
    assert quotation_kind(t, (vado, torno)) == "direct"
    assert quotation_kind(t, ((vado[0] - 1, torno[1] + 1),)) == "mixed"
    said = t.text.index("detto")
    assert quotation_kind(t, ((said, said + 5),)) == "indirect"


def test_a_mark_whose_partner_is_inside_stays_with_it(parse):
    # Rossi has spoken of a «mad» choice
    t = parse("""
        Rossi Rossi PROPN 3 nsubj B-PER
        ha avere AUX 3 aux VerbForm=Fin
        parlato parlare VERB 0 root VerbForm=Part
        di di ADP 5 case
        scelta scelta NOUN 3 obl
        «_ « PUNCT 7 punct
        folle_ folle ADJ 5 amod
        »_ » PUNCT 7 punct
        . . PUNCT 3 punct
    """)
    assert ("scelta «folle»",) in contents(t, "parlare")


def test_trimming_leaves_nothing_of_punctuation(parse):
    t = parse(SPLIT)
    assert trimmed(t, (2, 3)) is None
    assert trimmed(t, (0, 3)) == (1, 1)


def test_overlap_is_the_jaccard_index():
    assert overlap(((0, 4),), ((0, 4),)) == 1.0
    assert overlap(((0, 3),), ((2, 5),)) == 2 / 6
    assert overlap(((0, 1),), ((5, 6),)) == 0.0


def test_two_cues_for_the_same_words_are_one_act(parse):
    t = parse(INDIRECT)
    cues = find_cues(t, LEXICON)
    content = Candidate(((4, 6),), ["che"], ["sentence"], "after")
    sure = Proposal(cues[0], "say", 0.9, content, 0.9, 0.5)
    unsure = Proposal(cues[1], "announce", 0.4, content, 0.5, 0.1)
    assert settle([(0.3, unsure), (0.8, sure)]) == [(0.8, sure)]


def test_marks_that_are_claimed_are_not_offered_again(parse):
    t = parse(SPLIT)
    assert len(unclaimed_marks(t, [], set())) == 1  # the one-word quote is too short to stand alone
    assert unclaimed_marks(t, [(0, len(t.text))], set()) == []


REPLY = """
    Ferri Ferri PROPN 2 nsubj B-PER
    risponde rispondere VERB 0 root VerbForm=Fin
    alle a ADP 6 case
    «_ « PUNCT 6 punct
    gravi grave ADJ 6 amod
    accuse_ accusa NOUN 2 obl
    »_ » PUNCT 6 punct
    . . PUNCT 2 punct
"""  # Ferri answers the «grave accusations».


def test_what_is_answered_is_not_what_the_answer_says(parse):
    assert ("gravi accuse",) not in contents(parse(REPLY), "rispondere")
    assert ("gravi accuse",) in contents(parse(REPLY.replace("alle a ADP", "con con ADP")), "rispondere")


WISH = """
    «_ « PUNCT 3 punct
    Ci noi PRON 3 expl
    chiedono chiedere VERB 0 root VerbForm=Fin
    di di ADP 5 mark
    restare_ restare VERB 3 xcomp VerbForm=Inf
    . . PUNCT 3 punct

    Ma ma CCONJ 3 cc
    noi noi PRON 3 nsubj
    partiremo partire VERB 0 root VerbForm=Fin
    comunque comunque ADV 3 advmod
    domani_ domani ADV 3 advmod
    »_ » PUNCT 3 punct
"""  # «They ask us to stay. But we shall leave tomorrow anyway».


def test_a_quote_is_offered_where_statements_hold_little_of_it(parse):
    t = parse(WISH)
    little, most = ("restare", "restare"), ("chiedono", "partiremo")
    offered = [len(unclaimed_marks(t, [(t.text.index(a), t.text.index(b) + len(b))], set())) for a, b in (little, most)]
    assert offered == [1, 0]


def test_an_adverb_of_the_first_word_belongs_to_the_content(parse):
    # Rossi has said himself quite satisfied.
    t = parse("""
        Rossi Rossi PROPN 4 nsubj B-PER
        si si PRON 4 expl
        è essere AUX 4 aux VerbForm=Fin
        detto dire VERB 0 root VerbForm=Part
        assai assai ADV 6 advmod
        soddisfatto_ soddisfatto ADJ 4 xcomp
        . . PUNCT 4 punct
    """)
    found = contents(t, "dire")
    assert ("assai soddisfatto",) in found
    assert ("soddisfatto",) not in found
