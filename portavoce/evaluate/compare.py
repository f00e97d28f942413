"""When two names are one actor, and when two phrases are one topic."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_LITTLE = frozenset(
    "il lo la l i gli le di del della dell dei degli delle d the un una uno e".split()
)  # articles and "of": they come and go with the way a name is quoted
_PREFIX = 6  # letters in which inflected forms of a content word agree: governo, governativo
_LONGEST_TOPIC = 8  # words; a longer phrase is a sentence, not a topic
TOPICS = 3  # phrases of a statement that count


def folded_words(name: str) -> list[str]:
    """A name's words in lower-case ASCII, without articles; a typographic apostrophe is dropped, a straight one divides."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return [word for word in re.findall(r"[a-z0-9]+", plain) if word not in _LITTLE]


def same_actor(gold: str, predicted: str, *, person: bool) -> bool:
    """Whether two names mean one actor: equal, or one the head, the tail or a part of the other.

    At most four words may be missing, and a person's first name alone is not enough.
    """
    short, long = sorted((folded_words(gold), folded_words(predicted)), key=len)
    if not short:
        return False
    if short == long:
        return True
    if len(long) > len(short) + 4:
        return False
    if person and len(short) == 1:
        return long[-1:] == short
    return long[-len(short) :] == short or long[: len(short)] == short or (len(short) > 1 and set(short) <= set(long))


def _content_words(phrase: str) -> set[str]:
    words = folded_words(phrase)
    return {word[:_PREFIX] for word in words if len(word) > 3 or word.isdigit()} or set(words)


def topics_matched(gold: Sequence[str], predicted: Sequence[str]) -> int:
    """How many gold phrases find a predicted phrase of their own that shares a content word."""
    left = [_content_words(phrase) if len(phrase.split()) <= _LONGEST_TOPIC else set() for phrase in predicted[:TOPICS]]
    matched = 0
    for words in map(_content_words, gold):
        hit = next((n for n, other in enumerate(left) if words & other), None)
        if hit is not None:
            matched += 1
            del left[hit]
    return matched
