"""The phrases around nouns: where they begin and end, what belongs to them, and what they say without an article."""

from __future__ import annotations

from portavoce.extract.actors.words import SpeakerWords
from portavoce.extract.punctuation import DASHES
from portavoce.extract.tokens import Tokens

NOMINAL = ("NOUN", "PROPN")
_LEFT = frozenset({"det", "amod", "nummod", "flat", "compound"})
_RIGHT = frozenset({"amod", "nummod", "flat", "compound", "nmod", "appos", "fixed", "obl"})
_ATTACHED = ("compound", "flat", "amod", "flat:name")
_UNFINISHED = frozenset({"ADP", "DET", "CCONJ", "PUNCT", "AUX", "SCONJ"})
"""With what no phrase ends."""
_LEADING = frozenset({"article", "possessive", "same", "pronoun", "of", "quantifier"})
_BREAKS = frozenset({",", ";", ":", "("}) | DASHES
_FULLEST = 9
"""Tokens of the longest description, behind its noun."""
_LONGEST = 14
"""Tokens behind a noun after which no further complement is taken in."""


def phrase_head(t: Tokens, first: int, last: int) -> int:
    """The token of a stretch whose head lies outside it."""
    for i in range(first, last + 1):
        if not first <= t.head[i] <= last or t.head[i] == i:
            return i
    return first


def noun_phrase(t: Tokens, words: SpeakerWords, head: int) -> tuple[int, int]:
    """First and last token of the phrase around a noun: determiner, adjectives, ``di`` phrases, attached name.

    What stands behind a comma (an apposition, a relative clause) is left out.
    """
    first = head
    for c in reversed(t.children[head]):
        if c < first and t.dep[c].split(":", 1)[0] in _LEFT and t.right[c] + 1 == first and t.sent[c] == t.sent[head]:
            first = min(c, t.left[c])
    return first, _with_complements(t, words, head, _right_edge(t, words, head, 0))


def _with_complements(t: Tokens, words: SpeakerWords, head: int, last: int) -> int:
    """The end of a phrase with the complements of possession right behind it, whatever the parser hangs them on."""
    end = t.sentences[t.sent[head]][1]
    while last + 2 < end and last - head < _LONGEST and t.pos[last] in ("NOUN", "PROPN", "ADJ"):
        k = last + 1
        if t.pos[k] == "ADP" and words.classes.get(t.lemma[k].split(" ", 1)[0]) == "of":
            k += 1
            while k + 1 < end and (t.pos[k] in ("DET", "NUM") or (t.pos[k] == "ADJ" and t.pos[k + 1] in NOMINAL)):
                k += 1
            if t.pos[k] not in NOMINAL or t.quote[k] != t.quote[head]:
                break
            last = max(k, _right_edge(t, words, k, 1))
        elif t.pos[k] in ("NOUN", "ADJ", "PROPN") and t.dep[k] in _ATTACHED and head <= t.head[k] <= last:
            last = k
        elif (
            last > head
            and words.classes.get(t.form[k]) == "and"
            and k + 2 < end
            and t.pos[k + 1] == "ADP"
            and words.classes.get(t.lemma[k + 1].split(" ", 1)[0]) == "of"
            and t.pos[k + 2] in NOMINAL
        ):
            last = max(k + 2, _right_edge(t, words, k + 2, 1))  # "dell'Università" + "e della Ricerca"
        else:
            break
    return last


def modifiers(t: Tokens, head: int, first: int, last: int) -> frozenset[str]:
    """The lemmas of the nouns, names and adjectives beside the noun of a phrase."""
    return frozenset(t.lemma[j] for j in range(first, last + 1) if j != head and t.pos[j] in (*NOMINAL, "ADJ"))


def described_edge(t: Tokens, head: int, last: int) -> int:
    """The end of a phrase that tells who or what its noun is: with what stands right behind it and modifies it.

    A complement of another kind ("in pensione"), a participle ("diffusi dalla polizia") and, behind a noun that nothing
    else narrows down, a relative clause without a comma ("che ha visto la scena"), up to `_FULLEST` tokens.
    """
    bare = last == head
    for c in t.children[head]:
        if c <= last or t.left[c] != last + 1:
            continue
        base = t.dep[c].split(":", 1)[0]
        relative = t.dep[c] == "acl:relcl" or t.pos[last + 1] in ("PRON", "SCONJ")
        end = t.right[c]
        if base not in ("nmod", "acl") or (relative and not bare) or end - head > _FULLEST:
            break
        for j in range(last + 1, end + 1):
            if t.form[j] in _BREAKS or t.quote[j] != t.quote[head] or t.pos[j] == "SPACE":
                end = j - 1
                break
        if end <= last or (t.pos[c] == "VERB" and not c <= end):
            break
        last = end
    while last > head and _is_unfinished(t, last):
        last -= 1
    return last


def _is_unfinished(t: Tokens, i: int) -> bool:
    """Whether no phrase ends with a token: a preposition, a conjunction, a relative pronoun."""
    return t.pos[i] in _UNFINISHED or t.morph[i].get("PronType") == "Rel"


def _right_edge(t: Tokens, words: SpeakerWords, head: int, depth: int) -> int:
    last = head
    for c in t.children[head]:
        if c <= head or t.sent[c] != t.sent[head]:
            continue
        if t.morph[c].get("PronType") == "Rel":
            break  # taken for a complement of the noun that it means
        if t.left[c] > last + 1 or t.form[t.left[c]] in _BREAKS or t.dep[c].split(":", 1)[0] not in _RIGHT:
            if t.pos[c] == "PUNCT" and t.form[c] not in _BREAKS and c == last + 1:
                continue  # a mark around a word of the phrase
            break
        if t.dep[c].split(":", 1)[0] in ("nmod", "obl") and not _of(t, words, c):
            break
        last = max(last, _right_edge(t, words, c, depth + 1) if depth < 6 else c)
    return last


def _of(t: Tokens, words: SpeakerWords, i: int) -> bool:
    """Whether a complement belongs to the phrase: it is introduced by nothing or by the preposition of possession."""
    cases = [t.lemma[c].split(" ", 1)[0] for c in t.children[i] if t.dep[c] == "case"]
    return all(words.classes.get(case) == "of" for case in cases)


def _leads(t: Tokens, words: SpeakerWords, i: int) -> bool:
    """Whether a word in front of a noun is an article, also a partitive one ("degli studiosi"), a possessive or the like."""
    partitive = t.pos[i] == "DET" and words.classes.get(t.lemma[i].split(" ", 1)[0]) == "of"
    return partitive or words.classes.get(t.form[i]) in _LEADING


def without_article(t: Tokens, words: SpeakerWords, first: int, last: int) -> str:
    """The words of a phrase without the article, demonstrative or possessive in front, in one line.

    An end that a wrong parse left behind goes: a preposition or a conjunction that nothing follows, an opening bracket.
    """
    while first < last and t.pos[first] != "PRON" and _leads(t, words, first):
        first += 1
    while last > first and _is_unfinished(t, last) and (t.pos[last] != "PUNCT" or t.form[last] in _BREAKS):
        last -= 1
    return " ".join(t.words(first, last).split())
