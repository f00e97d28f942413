"""Which language a text is in, among those that portavoce knows and their neighbours."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SUPPORTED = frozenset(
    p.name for p in (Path(__file__).parents[1] / "lang").iterdir() if p.is_dir() and re.fullmatch("[a-z]{2,3}", p.name)
)
"""The codes of the languages that portavoce has a folder of rules for."""

_NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "en": "English", "es": "Spanish", "fr": "French", "he": "Hebrew", "hr": "Croatian", "hu": "Hungarian", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "la": "Latin", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovene", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish",
    "tr": "Turkish", "uk": "Ukrainian", "zh": "Chinese",
}  # fmt: skip
_SAMPLE = 3000  # characters
_SHORT = 40  # letters
# Probabilities from which another language is believed, the second one for short texts. With these, none of 760 Italian
# news articles, their headlines and their first sentences (1,520 short texts) is taken for another language.
_SURE, _VERY_SURE = 0.5, 0.85
_LETTERS = re.compile(r"[^\W\d_]+")


def primary_subtag(tag: str) -> str:
    """The language of a tag without its country or script: it of it-IT."""
    return tag.strip().replace("_", "-").split("-")[0].casefold()


def detect_language(text: str) -> str:
    """The code of the language of a text; a text too short to tell is taken to be in a supported one."""
    first = _LETTERS.search(text)
    if first is None:
        return min(SUPPORTED)
    sample = text[first.start() : first.start() + _SAMPLE]
    ranked = _identifier().rank(sample)
    best, probability = ranked[0]
    letters = sum(map(len, _LETTERS.findall(sample)))
    if best in SUPPORTED or probability >= (_VERY_SURE if letters < _SHORT else _SURE):
        return str(best)
    return next(str(code) for code, _ in ranked if code in SUPPORTED)


def unsupported_reason(code: str) -> str:
    """What a reject says of a text in another language."""
    named = f"{_NAMES[code]} ({code})" if code in _NAMES else repr(code)
    return f"language is {named}; supported: {', '.join(sorted(SUPPORTED))}"


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(set(_NAMES) | SUPPORTED)
    return identifier
