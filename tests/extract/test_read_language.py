"""Which language a text is in: Italian however short, others by name."""

from __future__ import annotations

import pytest

from portavoce.extract.read.language import SUPPORTED, detect_language, primary_subtag, unsupported_reason

ITALIAN = [
    "La sindaca ha detto che la biblioteca sarà aperta anche la domenica.", "No", "Chiuso il ponte", "Sì!", "«Vinceremo»",
    "«Game over», dice l'allenatore del Real Madrid dopo la partita contro il Manchester United",
    "IL GOVERNO ANNUNCIA NUOVE MISURE CONTRO LA SICCITÀ", "2024: Neri al vertice", "… 12",
    "Le borse di studio per gli studenti di Bucarest e di Lubiana saranno pagate in autunno",
]  # fmt: skip
OTHERS = [
    ("en", "The mayor said on Monday that the library will be open on Sundays."),
    ("fr", "La maire a déclaré lundi que la bibliothèque sera ouverte le dimanche."),
    ("es", "La alcaldesa dijo el lunes que la biblioteca abrirá los domingos."),
    ("pt", "A prefeita disse na segunda-feira que a biblioteca vai abrir aos domingos."),
    ("ro", "Primarul a spus luni că biblioteca va fi deschisă duminica."),
    ("de", "Die Bürgermeisterin sagte am Montag, die Bücherei werde sonntags öffnen."),
    ("ru", "Мэр заявила, что библиотека будет открыта по воскресеньям."),
    ("zh", "市长周一表示图书馆将在周日开放,所有市民都可以前往。"),
]


@pytest.mark.parametrize("text", ITALIAN)
def test_italian_is_italian(text: str) -> None:
    assert detect_language(text) == "it"


@pytest.mark.parametrize(("code", "text"), OTHERS)
def test_neighbours_are_told_apart(code: str, text: str) -> None:
    assert detect_language(text) == code


def test_the_sample_starts_with_the_first_letter() -> None:
    assert detect_language("— 12 — " * 2_000 + OTHERS[0][1]) == "en"


def test_a_supported_language_has_a_folder_of_rules() -> None:
    assert "it" in SUPPORTED
    assert "en" not in SUPPORTED


@pytest.mark.parametrize("tag", ["it", "it-IT", "IT_it", " it "])
def test_a_tag_without_its_country(tag: str) -> None:
    assert primary_subtag(tag) == "it"


def test_the_reason_names_the_language() -> None:
    assert unsupported_reason("en") == "language is English (en); supported: it"
    assert unsupported_reason("tlh").startswith("language is 'tlh';")
