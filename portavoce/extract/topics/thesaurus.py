"""Concepts of a SKOS thesaurus found in an article by the lemmas of their labels, with a filter on parts of speech."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from portavoce.extract.lang import language_file
from portavoce.extract.tokens import Tokens
from portavoce.records import TopicRef

EUROVOC = "http://eurovoc.europa.eu/"
DATA_THEME = "http://publications.europa.eu/resource/authority/data-theme/"

_WORD = re.compile(r"\w+")
_NOMINAL = frozenset({"NOUN", "PROPN"})
_WITHIN = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "VERB", "X", "SYM"})  # VERB: participles, as in "acqua inquinata"
_LONGEST = 12  # units of text that one match may span, function words included

Node = dict[str, "Node | int"]  # the key "" holds the number of the concept that ends here


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a thesaurus: its IRI, its label, other labels, its broader concepts, the themes it belongs to."""

    id: str
    label: str
    alternatives: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    themes: tuple[TopicRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A concept at a place in the text: character offsets, end exclusive."""

    start: int
    end: int
    concept: Concept


@dataclass(frozen=True, slots=True)
class LabelRules:
    """How a language's labels become keys: endings taken off, function words skipped, labels that mean too little.

    A stop label of several words is written with underscores between them.
    """

    endings: tuple[tuple[str, str], ...]
    function_words: frozenset[str]
    stop_labels: frozenset[str]

    @classmethod
    def load(cls, language: str, *, stop_labels: bool = True) -> LabelRules:
        """The rules of a language from its data folder, with or without the labels to leave out."""
        endings = (line.partition("\t") for line in _lines(language, "endings.tsv"))
        return cls(
            tuple((old, new) for old, _, new in endings),
            frozenset(w for line in _lines(language, "function_words.txt") for w in line.split()),
            frozenset(w for line in _lines(language, "stop_labels.txt") for w in line.split() if stop_labels),
        )

    def key(self, word: str) -> str:
        """A lower-case word without its inflectional ending."""
        for old, new in self.endings:
            if word.endswith(old) and len(word) - len(old) >= 3:
                return word[: len(word) - len(old)] + new
        return word


class Thesaurus:
    """Concepts that can be looked up and found in parsed text; holds no state between articles."""

    def __init__(self, concepts: Iterable[Concept], rules: LabelRules) -> None:
        self.rules = rules
        self.concepts = tuple(concepts)
        self._by_id = {c.id: c for c in self.concepts}
        self._single: dict[str, list[tuple[str, Concept]]] = {}
        self._root: Node = {}
        self._labels: list[tuple[str, Concept]] = []
        for concept in self.concepts:
            for label in (concept.label, *concept.alternatives):
                self._add(label, concept)
        self._entry = lru_cache(maxsize=65536)(self._words)

    def __contains__(self, concept: str) -> bool:
        return concept in self._by_id

    def __len__(self) -> int:
        return len(self.concepts)

    def themes(self, concept: str) -> tuple[TopicRef, ...]:
        """The themes that a concept belongs to; none where the concept is unknown."""
        found = self._by_id.get(concept)
        return found.themes if found else ()

    def broader(self, concept: str) -> tuple[TopicRef, ...]:
        """The broader concepts of a concept, nearest first, each once; none where the concept is unknown."""
        out: dict[str, TopicRef] = {}
        todo = [concept]
        while todo:
            here = self._by_id.get(todo.pop(0))
            for above in here.broader if here else ():
                if above in self._by_id and above not in out and above != concept:
                    out[above] = TopicRef(above, self._by_id[above].label)
                    todo.append(above)
        return tuple(out.values())

    def matches(self, t: Tokens) -> list[Match]:
        """The concepts named in an article, in text order, the longest label where several begin at one word."""
        entry, out, after = self._entry, [], 0
        for i, (pos, form, lemma) in enumerate(zip(t.pos, t.form, t.lemma, strict=True)):
            if i < after or pos not in _WITHIN:
                continue
            _, opens, single = entry(form, lemma)
            found = self._longest(t, i) if opens else None
            if found is None and single:
                concept = self._one_word(t, i)
                found = (i, concept) if concept else None
            if found is not None:
                out.append(Match(t.start[i], t.end[found[0]], found[1]))
                after = found[0] + 1
        return out

    @staticmethod
    def marked(t: Tokens, matches: Iterable[Match]) -> frozenset[int]:
        """The tokens that stand in a match."""
        return frozenset(i for m in matches for i in range(t.at(m.start), t.at(m.end - 1) + 1))

    def _add(self, label: str, concept: Concept) -> None:
        words = _WORD.findall(label.lower())
        content = [w for w in words if w not in self.rules.function_words]
        if not content or "(" in label or len(words) > _LONGEST or "_".join(words) in self.rules.stop_labels:
            return  # a qualifier in brackets narrows the sense: the bare word would say too much
        if len(words) == 1:
            if len(label) > 1:
                self._single.setdefault(words[0], []).append((label, concept))
            return
        if len(content) == 1:
            return
        node = self._root
        for word in content:
            below = node.setdefault(self.rules.key(word), {})
            node = below if isinstance(below, dict) else {}
        if "" not in node:
            node[""] = len(self._labels)
            self._labels.append((label, concept))

    def _words(self, form: str, lemma: str) -> tuple[tuple[tuple[str, ...], ...], bool, bool]:
        """The keys of a token's words (several where it has a hyphen), whether a label begins with it, or is it."""
        key = self.rules.key
        keys: tuple[tuple[str, ...], ...]
        if form.isalnum():
            keys = (tuple(dict.fromkeys((key(lemma), key(form)))),)
        else:
            keys = tuple((key(w),) for w in _WORD.findall(form))
        opens = bool(keys) and any(k in self._root for k in keys[0])
        return keys, opens, form in self._single or lemma in self._single

    def _longest(self, t: Tokens, first: int) -> tuple[int, Concept] | None:
        """The last token and the concept of the longest label of several words that begins at a token."""
        nodes: list[Node] = [self._root]
        best: tuple[int, Concept] | None = None
        for i in range(first, min(first + _LONGEST, t.n)):
            if t.sent[i] != t.sent[first]:
                break
            if t.form[i].rstrip("'’") in self.rules.function_words:
                continue
            for keys in self._entry(t.form[i], t.lemma[i])[0]:
                nodes = [n for node in nodes for k in keys if isinstance(n := node.get(k), dict)]
            if not nodes or t.pos[i] not in _WITHIN:
                break
            for node in nodes:
                number = node.get("")
                if isinstance(number, int) and self._fits(t, first, i, self._labels[number][0]):
                    best = (i, self._labels[number][1])
        return best

    def _fits(self, t: Tokens, first: int, last: int, label: str) -> bool:
        """Whether a label of several words may stand for these tokens: a noun in it, no name cut, capitals kept."""
        if label[0].isupper() and not t.words(first, first)[0].isupper():
            return False
        if not any(t.pos[i] in _NOMINAL for i in range(first, last + 1)):
            return False
        if t.pos[first] == "VERB":
            return False  # "è stata comunicata alla stampa" is no press release
        if any(t.text[t.end[i] : t.start[i + 1]].count("\n") for i in range(first, last)):
            return False
        if any(t.pos[i] == "CCONJ" and t.form[i] not in label.split() for i in range(first, last + 1)):
            return False
        return self._cuts_no_name(t, first, last)

    def _one_word(self, t: Tokens, i: int) -> Concept | None:
        if t.pos[i] not in _NOMINAL or t.dep[i].startswith(("flat", "compound")) or not t.form[i].isalnum():
            return None
        word = t.words(i, i)
        for label, concept in self._single.get(t.form[i]) or self._single.get(t.lemma[i], []):
            if label[0].isupper() or label[-1].isupper():  # a name or an acronym
                if word[0].isupper() and (word == label or t.pos[i] == "PROPN") and self._cuts_no_name(t, i, i):
                    return concept
            elif (word[0].islower() or (t.pos[i] == "NOUN" and not word.isupper())) and self._cuts_no_name(t, i, i):
                return concept
        return None

    @staticmethod
    def _cuts_no_name(t: Tokens, first: int, last: int) -> bool:
        for i in (first, last):
            number = t.entity[i]
            if number >= 0:
                start, end, kind = t.entities[number]
                if start < first or end > last + 1 or kind == "PER":
                    return False
        return True


def load_eurovoc(language: str) -> list[Concept]:
    """EuroVoc and the EU data themes from a language's data folder: © European Union, CC BY 4.0."""
    themes: dict[str, list[TopicRef]] = {}
    for line in _lines(language, "themes.tsv"):
        code, label, parts = line.split("\t")
        for part in parts.split("|"):
            themes.setdefault(part, []).append(TopicRef(DATA_THEME + code, label))
    others: dict[str, list[str]] = {}
    for line in _lines(language, "synonyms.tsv"):
        words, label = line.split("\t")
        others.setdefault(label, []).append(words)
    raw = language_file(language, "thesaurus/eurovoc.tsv.gz").read_bytes()
    out = []
    for line in gzip.decompress(raw).decode("utf8").splitlines():
        id_, label, part, broader = line.split("\t")
        above = tuple(EUROVOC + b for b in broader.split("|") if b)
        out.append(Concept(EUROVOC + id_, label, tuple(others.get(label, ())), above, tuple(themes.get(part, ()))))
    return out


def _lines(language: str, name: str) -> list[str]:
    text = language_file(language, f"thesaurus/{name}").read_text(encoding="utf8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
