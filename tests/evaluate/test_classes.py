"""The way in which a speaker is given, and what announces a statement, from the words of the gold alone."""

import pytest

from portavoce.evaluate.classes import CUE_CLASSES, SPEAKER_CLASSES, cue_class, speaker_class, stands_in_marks
from portavoce.records import Span, Statement


def given(speaker, actor, kind="person", cue="ha detto"):
    text = f"{speaker or ''} {cue or ''} sì"
    at = len(speaker or "") + 1
    return Statement(
        id="s", kind="indirect", content=(Span.of(text, len(text) - 2, len(text)),), actor=actor, actor_kind=kind,
        speaker=Span.of(text, 0, len(speaker)) if speaker else None,
        cue=Span.of(text, at, at + len(cue)) if cue else None,
    )  # fmt: skip


SPEAKERS = [
    ("Verdi", "Anna Verdi", "person", "name"),
    ("il sindaco Aldo Ferri", "Aldo Ferri", "person", "name"),
    ("la ministra dell'Ambiente Anna Verdi", "Anna Verdi", "person", "name"),
    ("Massimo D’Alema", "Massimo D’Alema", "person", "name"),
    ("La stessa Verdi", "Anna Verdi", "person", "name"),
    ("Lo Russo", "Stefano Lo Russo", "person", "name"),
    ("Mosca", "Russia", "country", "name"),
    ("La Casa Bianca", "Casa Bianca", "organization", "name"),
    ("Il Corriere della Sera", "Corriere della Sera", "organization", "name"),
    ("il sindaco", "Aldo Ferri", "person", "nominal"),
    ("il portavoce del Cremlino", "Arkadij Voronin", "person", "nominal"),
    ("un avvocato di Verdi", "avvocato di Verdi", "person", "nominal"),
    ("Fonti della polizia", "Fonti della polizia", "group", "nominal"),
    ("Degli studiosi italiani", "studiosi italiani", "group", "nominal"),
    ("uno dei passeggeri", "passeggero", "person", "nominal"),
    ("I tre", "tre alpinisti", "group", "nominal"),
    ("Molti soci", "soci", "group", "nominal"),
    ("Il ministero della Difesa", "ministero della Difesa", "organization", "nominal"),
    ("L’istituto", "Istat", "organization", "nominal"),
    ("Lei", "Anna Verdi", "person", "pronoun"),
    ("quest'ultimo", "Aldo Ferri", "person", "pronoun"),
    ("Gli altri", "passeggeri", "group", "pronoun"),
    ("Molti", "soci", "group", "pronoun"),
    ("lo stesso", "Aldo Ferri", "person", "pronoun"),
    ("7", "7", "unknown", "nominal"),
]


@pytest.mark.parametrize(("speaker", "actor", "kind", "expected"), SPEAKERS)
def test_a_speaker_in_the_text_is_a_name_a_description_or_a_pronoun(speaker, actor, kind, expected):
    assert speaker_class(given(speaker, actor, kind)) == expected


def test_a_name_stays_a_name_when_nobody_knows_the_actor():
    assert speaker_class(given("Verdi", None, "person")) == "name"
    assert speaker_class(given("le indiscrezioni", None, "unknown")) == "nominal"


@pytest.mark.parametrize(
    ("cue", "actor", "expected"),
    [
        ("ha aggiunto", "Anna Verdi", "dropped"),
        (None, "Anna Verdi", "inherited"),
        ("è stato detto", None, "none given"),
        (None, None, "marks alone"),
    ],
)
def test_without_a_speaker_cue_and_actor_decide(cue, actor, expected):
    assert speaker_class(given(None, actor, cue=cue)) == expected


CUES = [
    ("Verdi ⟨ha detto⟩ che ⟦piove⟧", "verb"),
    ("Verdi ⟨ha lanciato un appello⟩ a ⟦restare a casa⟧", "verb"),
    ("⟨Come riferito⟩ da Verdi, ⟦piove⟧", "verb"),
    ("Verdi ⟨accusa⟩ Ferri di ⟦dormire⟧", "verb"),
    ("Verdi ⟨lo accusa⟩ di ⟦dormire⟧", "verb"),
    ("«⟦Piove⟧», ⟨è stata la risposta⟩ di Verdi", "verb"),
    ("⟨A confermarlo è⟩ Verdi: ⟦piove⟧", "verb"),
    ("L'⟨annuncio⟩ di Verdi: ⟦si parte⟧", "noun"),
    ("Respinge l'⟨accusa⟩ di ⟦dormire⟧", "noun"),
    ("Dura ⟨la condanna⟩ di Verdi: ⟦un errore⟧", "noun"),
    ("La ⟨richiesta⟩ di ⟦chiudere il ponte⟧", "noun"),
    ("⟨Con queste parole⟩ Verdi: «⟦basta⟧»", "noun"),
    ("Ferma la ⟨raccomandazione⟩: ⟦restare a casa⟧", "noun"),
    ("⟨Secondo⟩ Verdi ⟦piove⟧", "preposition"),
    ("⟨Secondo quanto riferito⟩ da Verdi ⟦piove⟧", "preposition"),
    ("⟨Stando⟩ a Verdi ⟦piove⟧", "preposition"),
    ("⟨Per⟩ Verdi ⟦piove⟧", "preposition"),
    ("⟨A detta⟩ di Verdi ⟦piove⟧", "preposition"),
    ("⟨A suo dire⟩ ⟦piove⟧", "preposition"),
    ("Verdi: «⟦Piove⟧»", "colon"),
    ("Verdi:\n– ⟦Piove⟧", "colon"),
    ("«⟦Piove⟧». ", "none"),
    ("Verdi ⟨–⟩ ⟦Piove⟧", "verb"),
]


@pytest.mark.parametrize(("marked", "expected"), CUES)
def test_a_cue_is_of_the_kind_of_its_first_word(marked, expected):
    text, spans = "", {}
    for character in marked:
        if character in "⟨⟩⟦⟧":
            spans[character] = len(text)
        else:
            text += character
    cue = Span.of(text, spans["⟨"], spans["⟩"]) if "⟨" in spans else None
    statement = Statement("s", "indirect", (Span.of(text, spans["⟦"], spans["⟧"]),), cue=cue)
    assert cue_class(statement, text) == expected


def test_every_class_has_its_case():
    seen = {expected for *_, expected in SPEAKERS} | {"dropped", "inherited", "none given", "marks alone"}
    assert seen == set(SPEAKER_CLASSES)
    assert {expected for _, expected in CUES} == set(CUE_CLASSES)


MARKED = [
    ("«⟦Piove⟧», ha detto Verdi", "direct", True),
    ("Verdi: “⟦Piove⟧.”", "direct", True),
    ("<< ⟦Piove⟧ >>, ha detto Verdi", "direct", True),
    ("«⟦Piove⟧, ha detto Verdi, ⟦e molto⟧»", "direct", True),
    ("«⟦Piove⟧», ha detto Verdi, «⟦e molto⟧»", "direct", True),
    ("– ⟦Piove⟧, ha detto Verdi", "direct", False),
    ("Verdi: ⟦piove⟧ «e molto»", "direct", False),
    ("«⟦Piove⟧, ha detto Verdi", "direct", False),
    ("Verdi vede «⟦la pioggia⟧»", "mixed", False),
]


@pytest.mark.parametrize(("marked", "kind", "expected"), MARKED)
def test_a_direct_quote_stands_in_marks_or_not(marked, kind, expected):
    text, spans, start = "", [], 0
    for character in marked:
        if character == "⟦":
            start = len(text)
        elif character == "⟧":
            spans.append((start, len(text)))
        else:
            text += character
    statement = Statement("s", kind, tuple(Span.of(text, *span) for span in spans))
    assert stands_in_marks(statement, text) is expected
