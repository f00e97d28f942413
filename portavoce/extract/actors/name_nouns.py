"""The noun by which an article presents the name of an organisation: "il settimanale X", "X, settimanale francese"."""

from __future__ import annotations

from portavoce.extract.actors.names import Name
from portavoce.extract.actors.noun_phrases import phrase_head
from portavoce.extract.actors.words import SpeakerWords
from portavoce.extract.tokens import Tokens

_BESIDE = frozenset({"nmod", "flat", "flat:name", "appos", "compound"})
"""Relations of a name to the noun in front of it."""


def organization_noun(t: Tokens, words: SpeakerWords, name: Name) -> str:
    """The lemma of the noun, or nothing: before the name, behind it as an apposition, or said of it with *essere*."""
    return next((t.lemma[i] for i in _nouns(t, name) if (words.nominal(t, i) or ("",))[0] == "organization"), "")


def _nouns(t: Tokens, name: Name) -> list[int]:
    """The tokens of the nouns that may present a name."""
    out = []
    before = name.first - 1
    if before >= 0 and t.pos[before] in ("NOUN", "ADJ"):
        out.append(before - (t.pos[before] == "ADJ" and before > 0))
    head = phrase_head(t, name.first, name.last)
    governor, bare = t.head[head], not any(t.dep[c] == "case" for c in t.children[head])
    if governor < name.first and t.dep[head] in _BESIDE and t.pos[governor] == "NOUN" and bare:
        out.append(governor)  # "il portale di notizie X"
    out += [c for c in t.children[head] if c > name.last and t.dep[c] == "appos" and t.pos[c] == "NOUN"]
    if t.dep[head].startswith("nsubj") and t.pos[governor] == "NOUN" and t.below(governor, "cop"):
        out.append(governor)
    return out
