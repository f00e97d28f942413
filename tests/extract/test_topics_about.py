"""What statements are about: phrases of hand-parsed sentences, and the choice among them."""

from __future__ import annotations

import json

import pytest

from portavoce.errors import PipelineError
from portavoce.extract.lang import language_file
from portavoce.extract.linear import Linear
from portavoce.extract.topics import Topics, about
from portavoce.extract.topics.about import LONGEST, AboutModel, ArticlePhrases

# Il ministro ha annunciato il ritiro delle truppe italiane dalla Siria.
WITHDRAWAL = """
Il il DET 2 det
ministro ministro NOUN 4 nsubj
ha avere AUX 4 aux
annunciato annunciare VERB 0 root
il il DET 6 det
ritiro ritiro NOUN 4 obj
delle di ADP 8 case
truppe truppa NOUN 6 nmod
italiane italiano ADJ 8 amod
dalla da ADP 11 case
Siria_ Siria PROPN 6 nmod B-LOC
. . PUNCT 4 punct
"""


def span(t, words):
    start = t.text.index(words)
    return [(start, start + len(words))]


def texts(t, phrases):
    return [t.words(p.first, p.last) for p in phrases]


@pytest.fixture(scope="module")
def topics():
    return Topics.load("it")


def test_a_noun_takes_its_adjectives_and_complements(parse):
    t = parse(WITHDRAWAL)
    phrases = ArticlePhrases(t, None)
    assert texts(t, [p for i in range(t.n) if (p := phrases.phrase(i))]) == [
        "ministro", "ritiro delle truppe italiane dalla Siria", "truppe italiane", "Siria",
    ]  # fmt: skip


def test_no_phrase_starts_with_an_article_or_is_longer_than_allowed(parse):
    t = parse(WITHDRAWAL)
    phrases = ArticlePhrases(t, None)
    for i in range(t.n):
        if p := phrases.phrase(i):
            assert t.pos[p.first] not in ("DET", "ADP")
            assert p.first <= p.head <= p.short <= p.last < p.first + LONGEST


def test_a_name_of_several_words_is_one_phrase(parse):
    """Parla della presidente Anna Bianchi."""
    t = parse(
        """
        Parla parlare VERB 0 root
        della di ADP 3 case
        presidente presidente NOUN 1 obl
        Anna Anna PROPN 3 nmod B-PER
        Bianchi Bianchi PROPN 4 flat:name I-PER
        """
    )
    phrases = ArticlePhrases(t, None)
    assert phrases.phrase(3) is not None
    assert texts(t, [phrases.phrase(3)]) == ["Anna Bianchi"]
    assert phrases.phrase(4) is None
    assert phrases.phrase(0) is None


def test_candidates_outside_the_content_are_marked_so(parse):
    t = parse(WITHDRAWAL)
    found = ArticlePhrases(t, None).candidates(span(t, "il ritiro delle truppe italiane"), "indirect", None)
    inside = [t.words(c.phrase.first, c.phrase.last) for c in found if "in content" in c.features]
    outside = [t.words(c.phrase.first, c.phrase.last) for c in found if "in sentence" in c.features]
    assert inside == ["ritiro delle truppe italiane", "truppe italiane"]
    assert outside == ["ministro", "Siria"]


def test_pick_gives_no_word_twice_and_shortens_what_is_taken(parse):
    t = parse(WITHDRAWAL)
    phrases = ArticlePhrases(t, None)
    ritiro, truppe, siria = (phrases.phrase(i) for i in (5, 7, 10))
    assert phrases.pick([(0.9, ritiro), (0.8, truppe)], (0.1, 0.1)) == ("ritiro delle truppe italiane dalla Siria",)
    assert phrases.pick([(0.9, truppe), (0.8, ritiro), (0.7, siria)], (0.1, 0.1)) == (
        "truppe italiane",
        "ritiro",
        "Siria",
    )
    assert phrases.pick([(0.9, truppe), (0.3, siria)], (0.5, 0.5)) == ("truppe italiane",)
    assert phrases.pick([(0.01, truppe)], (0.5, 0.5)) == ("truppe italiane",), "the best is always given"


def test_content_without_a_noun_is_about_its_sentence(parse, topics):
    """«È una vergogna»? no: «Non ci andremo», ha detto Bianchi della riunione."""
    t = parse(
        """
        Non non ADV 3 advmod
        ci ci PRON 3 expl
        andremo andare VERB 6 ccomp
        , , PUNCT 3 punct
        ha avere AUX 6 aux
        detto dire VERB 0 root
        Bianchi Bianchi PROPN 6 nsubj B-PER
        della di ADP 9 case
        riunione riunione NOUN 6 obl
        """
    )
    given = topics.analyse(t, None).statement(span(t, "Non ci andremo"), "direct", "Anna Bianchi")
    assert given.about
    assert set(given.about) <= {"Bianchi", "riunione"}


def test_content_without_any_noun_around_gives_nothing(parse, topics):
    t = parse("Non non ADV 3 advmod\nci ci PRON 3 expl\nandremo andare VERB 0 root")
    assert topics.analyse(t, None).statement(span(t, "Non ci andremo"), "direct", None).about == ()


def test_headline_helps_where_it_opens_the_text(parse):
    t = parse(
        """
        Chiude chiudere VERB 0 root
        la il DET 3 det
        fabbrica fabbrica NOUN 1 nsubj
        ¶
        Non non ADV 2 advmod
        resta restare VERB 0 root
        niente niente PRON 2 nsubj
        """
    )
    content = span(t, "Non resta niente")
    with_title = ArticlePhrases(t, "Chiude la fabbrica").candidates(content, "direct", None)
    assert [t.words(c.phrase.first, c.phrase.last) for c in with_title] == ["fabbrica"]
    assert ArticlePhrases(t, None).candidates(content, "direct", None) == []


def test_statement_gives_phrases_category_and_concepts(parse, topics):
    t = parse(WITHDRAWAL)
    given = topics.analyse(t, "La Siria").statement(
        span(t, "il ritiro delle truppe italiane dalla Siria"), "indirect", None
    )
    assert 1 <= len(given.about) <= 3
    assert "ritiro" in " ".join(given.about)
    assert [c.label for c in given.topics] == ["Siria"]
    assert given.category in ("conflict", "politics")
    assert given == topics.analyse(t, "La Siria").statement(
        span(t, "il ritiro delle truppe italiane dalla Siria"), "indirect", None
    )


def test_concepts_outside_the_content_do_not_count(parse, topics):
    t = parse(WITHDRAWAL)
    assert topics.analyse(t, None).statement(span(t, "il ritiro"), "indirect", None).topics == ()


def test_a_doc_is_taken_as_well_as_tokens(parse_doc, topics):
    doc = parse_doc(WITHDRAWAL)
    assert topics.analyse(doc, None).concepts([(0, len(doc.text))])[0].label == "Siria"


def test_ties_go_to_the_earlier_phrase(parse):
    t = parse(WITHDRAWAL)
    phrases = ArticlePhrases(t, None)
    candidates = phrases.candidates([(0, len(t.text))], "indirect", None)
    assert AboutModel(Linear({}), (1.1, 1.1)).choose(phrases, candidates) == ("ministro",)


def test_the_packaged_ranking_is_plain_named_weights():
    data = json.loads(language_file("it", "about.json").read_text(encoding="utf8"))
    weights = data["models"]["about"]["weights"]
    assert data["version"] == about.VERSION
    assert list(weights) == sorted(weights)
    assert "in content" in weights
    assert all(isinstance(w, float) for w in weights.values())


@pytest.mark.parametrize("change", [{"version": 0}, {"key": 5}, {"further": [0.5]}], ids=["version", "key", "further"])
def test_a_ranking_for_other_features_is_refused(monkeypatch, tmp_path, change):
    data = json.loads(language_file("it", "about.json").read_text(encoding="utf8"))
    (data if "version" in change else data["models"]["about"]).update(change)
    path = tmp_path / "about.json"
    path.write_text(json.dumps(data), encoding="utf8")
    monkeypatch.setattr(about, "language_file", lambda _language, _name: path)
    with pytest.raises(PipelineError, match="trained for"):
        AboutModel.load("it")


def test_a_name_longer_than_eight_words_is_passed_over(parse):
    """A committee with a name of ten words is not given whole, nor cut; the next phrase is."""
    words = "Comitato Unito Nazionale Libero Popolare Cittadino Operaio Agrario Marittimo Montano".split()
    rows = [
        f"{w} {w} PROPN {'11 nsubj' if n == 0 else '1 flat'} {'B' if n == 0 else 'I'}-ORG" for n, w in enumerate(words)
    ]
    t = parse("\n".join([*rows, "chiede chiedere VERB 0 root", "acqua acqua NOUN 11 obj"]))
    article = ArticlePhrases(t, None)
    ranked = [(0.9, article.phrase(0)), (0.8, article.phrase(11))]
    assert article.pick(ranked, (0.5, 0.5)) == ("acqua",)
