"""Quotation marks: each row is a text in which ⟦ and ⟧ show where a quote's inner part must begin and end."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portavoce.extract.marks import Quote, find_asides, find_insertions, find_quotes


def inner(text: str) -> list[str]:
    return [text[q.start : q.end].strip() for q in find_quotes(text)]


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The offsets without the white space at the edges."""
    inside = text[start:end]
    return start + len(inside) - len(inside.lstrip()), end - len(inside) + len(inside.rstrip())


def drawn(picture: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without the brackets of the picture, and the spans they show, outer before inner."""
    text, spans, stack = "", [], []
    for char in picture:
        if char == "⟦":
            stack.append(len(spans))
            spans.append((len(text), -1))
        elif char == "⟧":
            n = stack.pop()
            spans[n] = (spans[n][0], len(text))
        else:
            text += char
    return text, spans


CLEAN = [
    "«⟦Il ponte resta chiuso⟧», ha detto la sindaca.",
    "La sindaca: “⟦Il ponte resta chiuso⟧”.",
    "La sindaca: „⟦Il ponte resta chiuso⟧”, poi basta.",
    "La sindaca: „⟦Il ponte resta chiuso⟧“, poi basta.",
    "La sindaca: “⟦Il ponte resta chiuso⟧“, poi basta.",
    'La sindaca: "⟦Il ponte resta chiuso⟧", poi "⟦basta⟧".',
    "La sindaca: ‘⟦Il ponte resta chiuso⟧’, poi basta.",
    "La sindaca: '⟦Il ponte resta chiuso⟧', poi basta.",
    "La sindaca: ''⟦Il ponte resta chiuso⟧'', poi basta.",
    "La sindaca: <<⟦Il ponte resta chiuso⟧>>, poi basta.",
    "La sindaca: »⟦Il ponte resta chiuso⟧«, poi basta.",
    "La sindaca: ”⟦Il ponte resta chiuso⟧”, poi basta.",
    "«⟦Ho letto “⟦Il Gattopardo⟧” a scuola⟧», racconta.",
    "“⟦Ho letto «⟦Il Gattopardo⟧» a scuola⟧”, racconta.",
    '«⟦Ho letto "⟦Il Gattopardo⟧" e \'sto libro⟧», racconta.',
    "«⟦Diceva «⟦basta⟧» ogni sera⟧», racconta.",
    "«⟦A noi⟧», ha detto Neri, «⟦non importa⟧».",
    "(«⟦A noi non importa⟧»)",
    "un'«⟦associazione⟧» e un'\"⟦attenzione⟧\" nuova",
    "ha detto:«⟦Vado via⟧».Poi «⟦resto⟧».",
    'ha detto:"⟦Vado via⟧".',
    "«⟦Vado?⟧» chiese. «⟦Sì!⟧»",
    "un \"⟦no⟧\" secco e un '⟦no⟧' debole",
    "«⟦Non è vero.\n\nNon lo è mai stato⟧», ha detto.",
    "«⟦Non è vero.\nNon lo è mai stato⟧», ha detto.",
    '"⟦Non è vero\ne non lo è mai stato⟧", ha detto.',
]

MIXED = [
    'La sindaca: “⟦Il ponte resta chiuso⟧", poi basta.',
    'La sindaca: "⟦Il ponte resta chiuso⟧”, poi basta.',
    "La sindaca: «⟦Il ponte resta chiuso⟧”, poi basta.",
    'La sindaca: «⟦Il ponte resta chiuso⟧", poi "⟦basta⟧".',
    "La sindaca: «⟦Il ponte resta chiuso⟧«, poi basta.",
]

SPACED = [
    'disse: "⟦ciao ⟧" e uscì',
    'disse: "⟦ ciao ⟧" e uscì',
    'disse: " ⟦ciao⟧ ", poi " ⟦addio⟧ ".',
    'disse: "⟦ciao ⟧"poi uscì con un "⟦addio ⟧".',
]

REPAIRED = [
    "«⟦Il ponte resta chiuso, ha detto la sindaca.⟧\n\nDomani si riapre.",
    '"⟦Il ponte resta chiuso, ha detto la sindaca.⟧ "⟦Poi vedremo⟧", ha aggiunto.',
    "«⟦Il ponte resta chiuso.⟧ «⟦Poi vedremo⟧», ha aggiunto.",
    "“⟦Non servono⟧”, ha detto. ⟦Anzi, queste parole possono nuocere⟧”.",
    "Ha detto di no. ⟦Il ponte resta chiuso⟧», e ha salutato.",
    '⟦Il ponte resta chiuso⟧", ha detto. "⟦Poi vedremo⟧".',
    "«⟦Ho letto “⟦Il Gattopardo a scuola⟧⟧», racconta.",
]

PARAGRAPHS = [
    "«⟦Primo punto.\n\n«Secondo punto.\n\n«Terzo punto⟧», ha detto Neri.",
    "«⟦Primo punto.\n»Secondo punto.\n»Terzo punto⟧», ha detto Neri.",
    '"⟦Primo punto.\n\n"Secondo punto⟧", ha detto Neri.',
    "“⟦Primo punto.\n\n“Secondo punto⟧”, ha detto Neri.",
]

NONE = [
    "L’amico dell'avvocato ha un po' di tempo, e po’ poi.",
    "Negli anni '90 e ’80 c'era l'ENEL; perche' E' tardi, la 'ndrangheta no.",
    'Un televisore da 15" e uno da 32" in offerta.',
    "Corre i 5' 30'' in salita; 5′ e 30″ in discesa.",
    'Arriva con 1 minuto e 23 "sui primi, 30 secondi sugli altri',
    "un muro alto 6' 2\" al massimo",
    "«»“”''\"\"",
    "",
    "Leggi tutto >>",
    "l‘amico",
    "Nessun segno qui.",
    "- primo punto\n- secondo punto",
]

DASHES = [
    "– ⟦Vieni anche tu?⟧ – chiese Neri.",
    "— ⟦Vieni⟧ — disse Neri. — ⟦Subito.⟧",
    "Entrò.\n– ⟦Buongiorno a tutti, disse.⟧\nPoi uscì.",
]


@pytest.mark.parametrize("picture", CLEAN + SPACED + MIXED + REPAIRED + PARAGRAPHS + DASHES)
def test_quotes_are_where_the_picture_shows(picture: str) -> None:
    text, spans = drawn(picture)
    assert [trimmed(text, q.start, q.end) for q in find_quotes(text)] == [trimmed(text, a, b) for a, b in spans]


@pytest.mark.parametrize("text", NONE)
def test_apostrophes_inches_and_lists_are_no_quotes(text: str) -> None:
    assert find_quotes(text) == []


@pytest.mark.parametrize("picture", REPAIRED)
def test_a_missing_side_is_noted(picture: str) -> None:
    assert any(q.repaired for q in find_quotes(drawn(picture)[0]))


@pytest.mark.parametrize("picture", CLEAN + SPACED + PARAGRAPHS)
def test_whole_pairs_are_not_called_repaired(picture: str) -> None:
    assert not any(q.repaired for q in find_quotes(drawn(picture)[0]))


def test_marks_and_inner_part_are_told_apart() -> None:
    text = "Dice: <<Sì>>."
    assert find_quotes(text) == [Quote(open=6, start=8, end=10, close=12, style="<<>>", depth=0, repaired=False)]


def test_a_missing_opening_has_an_empty_mark_at_the_sentence() -> None:
    text = "Poi basta. Non serve più”."
    (quote,) = find_quotes(text)
    assert (quote.open, quote.start, text[quote.start : quote.end], text[quote.end : quote.close]) == (
        11, 11, "Non serve più", "”",
    )  # fmt: skip


def test_depth_counts_the_quotes_around() -> None:
    assert [q.depth for q in find_quotes("«Ho “un 'vero' amico” qui». «No»")] == [0, 1, 2, 0]


def test_reopenings_are_kept() -> None:
    text = "«Primo punto.\n\n«Secondo punto», ha detto."
    (quote,) = find_quotes(text)
    assert quote.reopenings == (15,)


def test_an_unclosed_mark_does_not_swallow_a_long_paragraph() -> None:
    text = "Ha detto: «Il ponte resta chiuso. " + "La gente aspetta il bus. " * 200
    assert inner(text) == ["Il ponte resta chiuso."]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Non entra [nella NATO] ora", ["[nella NATO]"]),
        ("Non […] entra [...] ora (ndr)", ["[…]", "[...]", "(ndr)"]),
        ("Lui (il sindaco, ndr) non entra (n.d.r.)", ["(il sindaco, ndr)", "(n.d.r.)"]),
        ("Lui (di Roma) non [entra", []),
        ("[a [b] c]", ["[b]"]),
    ],
)
def test_insertions(text: str, found: list[str]) -> None:
    assert [text[a:b] for a, b in find_insertions(text)] == found


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("«Il ponte – ha detto Neri – resta chiuso»", ["Il ponte", "resta chiuso"]),
        ("«Il ponte - ha detto Neri -, resta chiuso»", ["Il ponte", "resta chiuso"]),
        ("«Il ponte resta chiuso - ha detto Neri -. Domani si vede»", ["Il ponte resta chiuso", ". Domani si vede"]),
        ("«Il ponte —ha detto Neri— resta - dicono - chiuso»", ["Il ponte", "resta", "chiuso"]),
        ("«Il centro-destra e il centro-sinistra»", ["Il centro-destra e il centro-sinistra"]),
        ("«Resta chiuso - per ora»", ["Resta chiuso - per ora"]),
        ("«La tratta Roma - Milano è chiusa»", ["La tratta Roma - Milano è chiusa"]),
    ],
)
def test_asides_between_dashes_cut_a_quote(text: str, kept: list[str]) -> None:
    (quote,) = find_quotes(text)
    cuts = [(quote.start, quote.start), *find_asides(text, quote), (quote.end, quote.end)]
    assert [text[a[1] : b[0]] for a, b in pairwise(cuts)] == kept


PIECES = [*"«»“”„‟‘’\"'‹›<>()[]–—-.,:;?! \n\tabE5à", "\n\n", "ha detto ", "l'", "po'", "''", "A. B"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


@given(TEXTS | st.text(max_size=60))
@settings(max_examples=400, deadline=None)
def test_quotes_are_inside_the_text_ordered_and_nested(text: str) -> None:
    quotes = find_quotes(text)
    for q in quotes:
        assert 0 <= q.open <= q.start < q.end <= q.close <= len(text)
        assert any(c.isalnum() for c in text[q.start : q.end])
        assert q.start - q.open <= 3
        assert q.close - q.end <= 3
    assert [(q.open, -q.close) for q in quotes] == sorted((q.open, -q.close) for q in quotes)
    around: list[Quote] = []
    for q in quotes:
        while around and around[-1].close <= q.open:
            around.pop()
        if around:
            assert around[-1].start <= q.open
            assert q.close <= around[-1].end
        assert q.depth == len(around)
        around.append(q)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_a_plain_paragraph_after_it_changes_nothing(text: str) -> None:
    assert find_quotes(text + "\n\nDomani piove su tutta la costa.") == find_quotes(text)


@pytest.mark.parametrize("pattern", ["«", "»", '"', "'", "«a", 'a" ', "“a ", "«“\"'", "a» ", "‘a’ ", "«a»\n", "\n"])
def test_twenty_thousand_marks_take_linear_time(pattern: str) -> None:
    text = pattern * (20_000 // max(1, sum(not c.isalnum() and not c.isspace() for c in pattern)))
    start = time.perf_counter()
    find_quotes(text)
    assert time.perf_counter() - start < 4  # under one second on an idle core


def test_five_megabytes_in_one_line() -> None:
    text = "L'assessore ha detto: «Il ponte dell'Adda è chiuso», e un po' di gente protesta. " * 62_000
    start = time.perf_counter()
    assert len(find_quotes(text)) == 62_000
    assert time.perf_counter() - start < 20
