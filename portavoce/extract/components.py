"""spaCy factories around the trained components: sentence starts, lemmas of reporting verbs, entities of one document.

Importing this module registers them; `load_pipeline` does. Each is a thin wrapper of a function `Doc -> Doc`.
"""

from __future__ import annotations

import gzip
from functools import cache

import numpy as np
from spacy.attrs import SENT_START  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.symbols import ADJ, AUX, NOUN, PROPN, SYM, VERB, X  # type: ignore[import-not-found]
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

from portavoce.extract.entities import harmonise_entities
from portavoce.extract.lang import language_file, read_lists, read_table, read_words
from portavoce.extract.punctuation import DASHES

PIPELINE_SCHEMA = 1
"""What the package expects of its pipeline: component names, label scheme, lemma convention. Raised with any of them."""

OPENING = frozenset("«“„‹")
CLOSING = frozenset("»”›")
STRAIGHT = frozenset({'"', "''", "``"})
CLOSING_TOO = frozenset({"‘", "’", "'", "“"})  # after a token that does not open
TRAILING = CLOSING | {")"}
ATTACHED = frozenset({",", ";", ":", ".", "…", "...", "!", "?", ")", "]", "}", "%", *CLOSING})
FREE = frozenset({";", "-", "–", "—", "]", ")", "/", "*", "•"})
INFLECTED = frozenset({VERB, NOUN, ADJ})


def abbreviations(language: str = "it") -> frozenset[str]:
    """Return the abbreviations (lower case, with the stop) after which no sentence begins."""
    return read_words(language, "abbreviations")


@cache
def verb_lemmas(language: str = "it") -> dict[str, str]:
    """Return the lemma of each verb form (lower case) in the language's table."""
    return {form: row[0] for form, row in read_table(language, "lemmas").items()}


def is_final(word: str) -> bool:
    """Return whether a token is sentence-final punctuation: a stop, `?`, `!`, or dots."""
    return word[-1] in ".!?…" and not any(c.isalnum() for c in word)


def is_abbreviation(word: str, following: str, *, known: frozenset[str]) -> bool:
    """Return whether `word` (with its stop) is an abbreviation, an initial or `n.`-like before `following`."""
    if len(word) < 2 or not word.endswith("."):
        return False
    stem = word[:-1]
    if word.lower() in known:
        return True
    if len(stem) == 1 and stem.isupper():  # an initial: G. Bush
        return following[:1].isupper()
    parts = stem.split(".")
    return len(parts) > 1 and all(len(part) == 1 and part.isalpha() for part in parts) and following[:1].isupper()


def sentence_starts(
    words: list[str], spaces: list[bool], *, known: frozenset[str] | None = None, colons: bool = False
) -> list[int]:
    """Return 1 where a sentence starts, -1 where none can, 0 where the parser decides, one value a token.

    `spaces[i]` says whether a space follows token i. A start needs a new paragraph, or final punctuation and a space
    and a capital; marks alone never make one, and a closing mark belongs to what it closes. With `colons` the parser
    decides about a capital behind a colon, too.
    """
    known = abbreviations() if known is None else known
    count = len(words)
    starts = [0] * count
    last = -1  # the last token that is no whitespace
    spaced = True  # whether white space stands between it and the current token
    newline = 0
    inside = False  # inside a pair of straight marks
    low = False  # inside „ “, whose closing mark elsewhere opens
    previous_opens = False
    last_start = 0
    for i, word in enumerate(words):
        if word.isspace():
            starts[i] = -1 if i else 1
            newline += word.count("\n")
            spaced = True
            continue
        if last < 0:
            starts[i] = 1 if i == 0 else -1
            opens = word in OPENING or word in STRAIGHT
            inside = word in STRAIGHT
            low = word == "„"
        else:
            if newline > 1:
                inside = low = False
            closes = word in CLOSING or (low and word == "“")
            opens = word in OPENING and not closes
            low = word == "„" or (low and not closes)
            if word in STRAIGHT:
                closes = inside if spaced == spaces[i] else not spaced
                opens = not closes
                inside = opens
            starts[i] = _start(
                words, i, last, spaced=spaced, newline=newline, closes=closes, after_opening=previous_opens,
                last_start=last_start, known=known,
            )  # fmt: skip
            if colons and spaced and not newline and words[last] == ":" and word[0].isupper():
                starts[i] = 0
        if starts[i] == 1:
            last_start = i
        previous_opens = opens
        last = i
        spaced = spaces[i]
        newline = 0
    return starts


def _start(
    words: list[str], i: int, last: int, *, spaced: bool, newline: int, closes: bool, after_opening: bool,
    last_start: int, known: frozenset[str],
) -> int:  # fmt: skip
    word, before = words[i], words[last]
    head = word
    if not word[0].isalnum():  # what follows an opening mark, dash or bracket
        j = i + 1
        while j < len(words) - 1 and not words[j][0].isalnum() and (words[j] in OPENING or words[j] in STRAIGHT):
            j += 1
        head = words[j] if j < len(words) else word
    if newline:
        continued = newline == 1 and (before[-1] == "," or (head[0].islower() and not is_final(before)))
        return 0 if continued else 1
    if closes or word in ATTACHED or after_opening or (word in DASHES and not is_final(before)):
        return -1
    quoted = False
    j = last
    while j > 0 and (words[j] in TRAILING or words[j] in STRAIGHT or (j == last and words[j] in CLOSING_TOO)):
        quoted = True
        j -= 1
    end = words[j]
    if is_final(end):
        if not spaced:
            return -1 if not quoted else 0
        if j > 0 and words[j - 1] == "[":  # [... or [.
            return -1
        if end == "." and j > 0 and _part_of_word(words, j, last_start=last_start, following=head, known=known):
            return -1
        if head[0].isupper() or head[0].isdigit() or word in OPENING or word in STRAIGHT:
            return 1
        if quoted or end != "." or word in DASHES:
            return -1
        return 1 if len(words[j - 1]) > 3 and words[j - 1].isalpha() else 0
    if not spaced:
        return -1
    if len(end) > 1 and end[-1] == ".":  # the tokenizer kept a stop with its word: on., S.p.A., ecc.
        if is_abbreviation(end, head, known=known):
            return -1
        return 1 if head[0].isupper() and end.lower() in {"ecc.", "etc.", "eccetera.", "cm.", "km.", "kg."} else 0
    return 0 if before in FREE and not quoted and not head[0].islower() else -1


def _part_of_word(words: list[str], stop: int, *, last_start: int, following: str, known: frozenset[str]) -> bool:
    """Return whether the stop at `stop` belongs to an abbreviation, an initial, or a number that opens a list."""
    stem = words[stop - 1]
    if stem.lower() + "." in known or (len(stem) == 1 and stem.isupper() and following[:1].isupper()):
        return True
    return stop - 1 == last_start and stem.isdigit()


def set_sentence_starts(doc: Doc) -> Doc:
    """Set `is_sent_start` by rule on a Doc that is not parsed yet; a parsed Doc is left as it is."""
    if doc.has_annotation("DEP") or not len(doc):
        return doc
    starts = sentence_starts([t.text for t in doc], [bool(t.whitespace_) for t in doc])
    found, told = np.array(starts, np.int64), doc.to_array([SENT_START])
    # all at once: spaCy looks through the whole Doc whenever it is told one start
    doc.from_array([SENT_START], np.where(found != 0, found.view(np.uint64), told))  # type: ignore[arg-type]
    return doc


class Inflections:
    """Known inflected forms by part of speech: what a form is a form of, and which lemmas there are; a language may have none."""

    def __init__(self, language: str = "it") -> None:
        self.lemma_of: dict[str, dict[str, str]] = {}
        self.lemmas: dict[str, set[str]] = {}
        path = language_file(language, "inflections.tsv.gz")
        if not path.is_file():
            return
        for line in gzip.decompress(path.read_bytes()).decode().splitlines():
            lemma, pos, forms = line.split("\t")
            self.lemmas.setdefault(pos, set()).add(lemma)
            self.lemma_of.setdefault(pos, {}).update(dict.fromkeys(forms.split(), lemma))

    def mended(self, form: str, lemma: str, pos: str) -> str | None:
        """Return the lemma of a known form (lower case) where the one that was given is none of its part of speech.

        A lemma of several words is that of a form with pronouns behind it (*trovarli*: *trovare li*), and stays; so does one
        of another part of speech (*noto*, not *notare*), since then it is the tag that is wrong.
        """
        if " " in lemma or any(lemma in known for known in self.lemmas.values()):
            return None
        return self.lemma_of.get(pos, {}).get(form)


@cache
def inflections(language: str = "it") -> Inflections:
    """Return the inflected forms of a language, read once."""
    return Inflections(language)


class LemmaFixes:
    """Gives the verb forms of the language's table the lemma of the table, and lemmas the case of their word class.

    A lemma that does not exist gives way to the one that the form is known to have (*superstiti*: *superstite*, not
    *superstito*). A proper noun keeps its capital (*Roma*, not *roma*); another word at the start of a sentence loses it
    (*sembrare*). Measured on held-out ISDT: wrong lemmas 82 to 72 of 2,237.

    And an auxiliary that helps no verb is one itself (*vogliono chiarimenti*), but for *essere* and *avere*: 7 of 9 such words in
    ParTUT and VIT dev, read by an encoder that had not seen them.
    """

    def __init__(self, vocab: Vocab, language: str = "it") -> None:
        self.table = {
            vocab.strings.add(form): vocab.strings.add(lemma) for form, lemma in verb_lemmas(language).items()
        }
        self.inflections = inflections(language)
        told = read_lists(language, "auxiliaries") if language_file(language, "auxiliaries.toml").is_file() else {}
        self.always_auxiliary: frozenset[str] = frozenset().union(*(told.get(name, ()) for name in ("be", "have")))

    def __call__(self, doc: Doc) -> Doc:
        parsed = doc.has_annotation("DEP")
        for token in doc:
            if token.pos == AUX and parsed and not self._helps(token):
                token.pos = VERB
            if token.pos == VERB:
                lemma = self.table.get(token.lower)
                if lemma is not None:
                    token.lemma = lemma
                    continue
            if token.is_title:
                text = token.lemma_
                if token.pos == PROPN:
                    if text == token.lower_:
                        token.lemma_ = token.text
                elif text[:1].isupper() and token.pos not in {X, SYM}:
                    token.lemma_ = text[0].lower() + text[1:]
            if token.pos in INFLECTED:
                known = self.inflections.mended(token.lower_, token.lemma_, token.pos_)
                if known is not None:
                    token.lemma_ = known
        return doc

    def _helps(self, token: Token) -> bool:
        """Whether an auxiliary is one by its relation, or may always be one."""
        return token.dep_.partition(":")[0] in ("aux", "cop") or token.lemma_ in self.always_auxiliary


@Language.component("portavoce_sentences", assigns=["token.is_sent_start"])
def portavoce_sentences(doc: Doc) -> Doc:
    """Sentence starts by rule; stands before the parser, which respects them."""
    return set_sentence_starts(doc)


@Language.factory("portavoce_lemmas", requires=["token.pos", "token.lemma"], assigns=["token.lemma", "token.pos"])
def portavoce_lemmas(nlp: Language, name: str) -> LemmaFixes:  # noqa: ARG001 - spaCy passes the name
    """Lemmas of reporting verbs from the table, full verbs among the auxiliaries; stands after lemmatizer and parser."""
    return LemmaFixes(nlp.vocab, nlp.lang or "it")


@Language.component("portavoce_entities", requires=["doc.ents"], assigns=["doc.ents"])
def portavoce_entities(doc: Doc) -> Doc:
    """Entities made consistent within a document; stands after the entity recogniser."""
    return harmonise_entities(doc)
