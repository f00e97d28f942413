"""The sentence rule and the verb lemmas, on Docs built by hand."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from portavoce.extract.components import (
    Inflections,
    abbreviations,
    is_abbreviation,
    is_final,
    sentence_starts,
    set_sentence_starts,
    verb_lemmas,
)


@pytest.fixture(scope="module")
def italian() -> Language:
    return spacy.blank("it")


def parts(nlp: Language, text: str) -> list[str]:
    """Return the sentences that the rule alone makes; where it leaves the parser a choice, none starts."""
    doc = nlp.make_doc(text)
    starts = sentence_starts([t.text for t in doc], [bool(t.whitespace_) for t in doc])
    cuts = [t.idx for t, start in zip(doc, starts, strict=True) if start == 1]
    return [text[a:b].strip() for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)]


SPLIT = [
    # ends and capitals
    ("Il ministro parte. La giunta resta.", ["Il ministro parte.", "La giunta resta."]),
    ("Chi paga? Nessuno! Così va… Poi tace.", ["Chi paga?", "Nessuno!", "Così va…", "Poi tace."]),
    ("La riunione è finita nel 1998. Nessuno ricorda.", ["La riunione è finita nel 1998.", "Nessuno ricorda."]),
    # paragraphs, headlines without a stop
    ("Sciopero dei treni a Bari\n\nI treni sono fermi.", ["Sciopero dei treni a Bari", "I treni sono fermi."]),
    ("Sciopero a Bari\nI treni sono fermi.", ["Sciopero a Bari", "I treni sono fermi."]),
    # a line broken in the middle of a sentence
    ("Il sindaco ha parlato con\nla giunta.", ["Il sindaco ha parlato con\nla giunta."]),
    ("Il sindaco, la giunta,\nBari e Lecce.", ["Il sindaco, la giunta,\nBari e Lecce."]),
    # abbreviations, initials, ordinals
    ("Lo dice l'on. Bianchi alla Camera.", ["Lo dice l'on. Bianchi alla Camera."]),
    ("Il dott. Verdi e la sig.ra Neri.", ["Il dott. Verdi e la sig.ra Neri."]),
    ("Parla G. Bruni da Pisa.", ["Parla G. Bruni da Pisa."]),
    ("Vale l'art. 5 della legge n. 12 del 1990.", ["Vale l'art. 5 della legge n. 12 del 1990."]),
    ("Hanno deciso. 3. Regole per gli orti.", ["Hanno deciso.", "3. Regole per gli orti."]),
    # marks
    ("Il sindaco: «Non ci sto».", ["Il sindaco: «Non ci sto»."]),
    ("Ha detto «Resto» il sindaco.", ["Ha detto «Resto» il sindaco."]),
    ("Per Bianchi «Bari è ferma» da ieri.", ["Per Bianchi «Bari è ferma» da ieri."]),
    ("«Basta!» ha gridato Bianchi.", ["«Basta!» ha gridato Bianchi."]),
    ('"Chi paga?", chiede Bianchi.', ['"Chi paga?", chiede Bianchi.']),
    ("«È finita.» Bianchi esce.", ["«È finita.»", "Bianchi esce."]),
    ("Lo ha detto ieri. «Resto qui», ha aggiunto.", ["Lo ha detto ieri.", "«Resto qui», ha aggiunto."]),
    ('Finisce così". "Ma non per noi" ribatte.', ['Finisce così".', '"Ma non per noi" ribatte.']),
    ("«Resto qui. Non parto», ha detto.", ["«Resto qui.", "Non parto», ha detto."]),
    ("(Lo dice Bianchi.) Poi esce.", ["(Lo dice Bianchi.)", "Poi esce."]),
    ("„Resto qui“ Davanti a tutti. „Va bene.“ Poi esce.", ["„Resto qui“ Davanti a tutti.", "„Va bene.“", "Poi esce."]),
    ("— Parto subito. — disse Anna.", ["— Parto subito. — disse Anna."]),
    ("Il nome (trad. la valle) è antico.", ["Il nome (trad. la valle) è antico."]),
    ("Mai visto un [uragano] così.", ["Mai visto un [uragano] così."]),
    # sloppy text
    ("Il comune ha pagato. nessuno lo sapeva.", ["Il comune ha pagato.", "nessuno lo sapeva."]),
]


@pytest.mark.parametrize(("text", "expected"), SPLIT)
def test_sentences_by_rule(italian: Language, text: str, expected: list[str]) -> None:
    assert parts(italian, text) == expected


@pytest.mark.parametrize("mark", [("«", "»"), ("“", "”"), ('"', '"'), ("„", "“")])
def test_marks_alone_make_no_boundary(italian: Language, mark: tuple[str, str]) -> None:
    opening, closing = mark
    text = f"Il sindaco di Bari ha parlato di {opening}Una Scelta Giusta{closing} Davanti a tutti."
    assert parts(italian, text) == [text]
    doc = italian.make_doc(text)
    starts = sentence_starts([t.text for t in doc], [bool(t.whitespace_) for t in doc])
    assert all(start == -1 for start in starts[1:])


def test_a_closing_mark_never_starts_a_sentence(italian: Language) -> None:
    for text in ("«Via.» «Resto.»", '"Via." "Resto."', "«Via. »  Poi esce."):
        doc = set_sentence_starts(italian.make_doc(text))
        assert not [t for t in doc[1:] if t.text in {"»", "”"} and t.is_sent_start]


def test_the_parser_decides_after_a_semicolon(italian: Language) -> None:
    doc = set_sentence_starts(italian.make_doc("La giunta resta; Il sindaco parte"))
    assert doc[4].text == "Il"
    assert doc[4].is_sent_start is None


def test_a_start_set_before_stays_where_the_rule_leaves_it_open(italian: Language) -> None:
    doc = italian.make_doc("La giunta resta; Il sindaco parte. Piove")
    doc[4].is_sent_start = True
    doc[5].is_sent_start = True
    set_sentence_starts(doc)
    assert [t.text for t in doc if t.is_sent_start] == ["La", "Il", "Piove"]


def test_white_space_starts_nothing_but_a_document(italian: Language) -> None:
    doc = set_sentence_starts(italian.make_doc("\n\nBari.\n\n\nLecce."))
    assert [t.text for t in doc if t.is_sent_start] == ["\n\n", "Lecce"]


def test_a_parsed_doc_is_left_alone(italian: Language) -> None:
    doc = Doc(
        italian.vocab, words=["Parte", ".", "Resta", "."], heads=[0, 0, 0, 0], deps=["ROOT", "punct", "dep", "punct"]
    )
    set_sentence_starts(doc)
    assert len(list(doc.sents)) == 1


def test_an_empty_doc(italian: Language) -> None:
    assert len(set_sentence_starts(italian.make_doc(""))) == 0


@pytest.mark.parametrize("word", [".", "!", "?", "…", "...", "?!"])
def test_final(word: str) -> None:
    assert is_final(word)


@pytest.mark.parametrize("word", ["on.", "S.p.A.", ",", "a", "5."])
def test_not_final(word: str) -> None:
    assert not is_final(word)


def test_abbreviations() -> None:
    known = abbreviations()
    assert "on." in known
    assert all(word == word.lower() and word.endswith(".") and " " not in word for word in known)
    assert is_abbreviation("G.", "Bruni", known=known)
    assert is_abbreviation("S.p.A.", "Bruni", known=known)
    assert not is_abbreviation("parte.", "Bruni", known=known)


def test_verb_lemmas(italian: Language) -> None:
    table = verb_lemmas()
    assert table["disse"] == "dire"
    assert all(form == form.lower() and lemma.endswith(("re", "rsi")) for form, lemma in table.items())
    # Il portavoce disse poco, il detto è antico.
    words = ["Il", "portavoce", "Disse", "poco", ",", "il", "detto", "è", "antico", "."]
    pos = ["DET", "NOUN", "VERB", "ADV", "PUNCT", "DET", "NOUN", "AUX", "ADJ", "PUNCT"]
    nlp = spacy.blank("it")
    fix = nlp.add_pipe("portavoce_lemmas")
    doc = fix(Doc(nlp.vocab, words=words, pos=pos, lemmas=[w.lower() for w in words]))
    assert doc[2].lemma_ == "dire"
    assert doc[6].lemma_ == "detto"


def test_lemmas_have_the_case_of_their_class() -> None:
    nlp = spacy.blank("it")
    fix = nlp.add_pipe("portavoce_lemmas")
    # Sembrava vuota Lecce ieri.
    doc = nlp.make_doc("Sembrava vuota Lecce ieri.")
    for token, (pos, lemma) in zip(
        doc, [("VERB", "Sembrare"), ("ADJ", "vuoto"), ("PROPN", "lecce"), ("ADV", "ieri"), ("PUNCT", ".")], strict=True
    ):
        token.pos_, token.lemma_ = pos, lemma
    assert [t.lemma_ for t in fix(doc)] == ["sembrare", "vuoto", "Lecce", "ieri", "."]


def test_a_lemma_that_does_not_exist_gives_way_to_the_known_one() -> None:
    nlp = spacy.blank("it")
    fix = nlp.add_pipe("portavoce_lemmas")
    # I superstiti redigono un elenco per trovarli: i maggiori danni sono ai tetti.
    read = [
        ("I", "DET", "il"), ("superstiti", "NOUN", "superstito"), ("hanno", "AUX", "avere"), ("redatto", "VERB", "redarre"),
        ("elenchi", "NOUN", "elenco"), ("per", "ADP", "per"), ("trovarli", "VERB", "trovare li"), ("maggiori", "ADJ", "maggiore"),
        ("danni", "NOUN", "danno"), ("sgrombi", "NOUN", "sgrombo"), ("noto", "VERB", "noto"),
    ]  # fmt: skip
    words, pos, lemmas = (list(column) for column in zip(*read, strict=True))
    doc = fix(Doc(nlp.vocab, words=words, pos=pos, lemmas=lemmas))
    assert [t.lemma_ for t in doc] == [
        "il", "superstite", "avere", "redigere", "elenco", "per", "trovare li", "maggiore", "danno", "sgrombo", "noto",
    ]  # fmt: skip


def test_an_auxiliary_that_helps_no_verb_is_a_verb() -> None:
    nlp = spacy.blank("it")
    fix = nlp.add_pipe("portavoce_lemmas")
    words = ["Vogliono", "chiarimenti", "e", "possono", "averli", "."]
    pos = ["AUX", "NOUN", "CCONJ", "AUX", "AUX", "PUNCT"]
    lemmas = ["volere", "chiarimento", "e", "potere", "avere", "."]
    doc = fix(
        Doc(
            nlp.vocab,
            words=words,
            pos=pos,
            lemmas=lemmas,
            heads=[0, 0, 4, 4, 0, 0],
            deps=["ROOT", "obj", "cc", "aux", "conj", "punct"],
        )
    )
    assert [t.pos_ for t in doc] == ["VERB", "NOUN", "CCONJ", "AUX", "AUX", "PUNCT"]  # *avere* may always be one
    unparsed = fix(Doc(nlp.vocab, words=words, pos=pos, lemmas=lemmas))
    assert [t.pos_ for t in unparsed] == pos


def test_a_language_without_inflections_leaves_lemmas_as_they_are() -> None:
    assert Inflections("xx").mended("superstiti", "superstito", "NOUN") is None
    assert Inflections("it").mended("superstiti", "superstito", "NOUN") == "superstite"


def test_the_factories_are_registered() -> None:
    nlp = spacy.blank("it")
    for name in ("portavoce_sentences", "portavoce_lemmas", "portavoce_entities"):
        nlp.add_pipe(name)
    assert nlp.get_pipe_meta("portavoce_sentences").assigns == ["token.is_sent_start"]
    assert [s.text for s in nlp.get_pipe("portavoce_sentences")(nlp.make_doc("Parte. Resta.")).sents] == [
        "Parte.",
        "Resta.",
    ]


@pytest.mark.parametrize(
    ("text", "decides"),
    [
        ("Ferri non ha dubbi: Il conto torna.", True),
        ("Ferri non ha dubbi: il conto torna.", False),
        ("Ferri non ha dubbi: «Il conto torna».", False),
        ("Si gioca alle 20:A porte chiuse.", False),
    ],
)
def test_behind_a_colon_a_parser_that_may_decides_about_a_capital(italian, text, decides):
    doc = italian.make_doc(text)
    words, spaces = [t.text for t in doc], [bool(t.whitespace_) for t in doc]
    behind = words.index(":") + 1 if ":" in words else len(words) - 3
    assert sentence_starts(words, spaces)[behind] == -1
    assert (sentence_starts(words, spaces, colons=True)[behind] == 0) is decides
