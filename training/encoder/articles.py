"""Annotated articles as texts to train on: attribution, and the entities of the sentences that KIND shares with them."""

from __future__ import annotations

from collections.abc import Sequence

import spacy
from spacy.language import Language

from portavoce.extract.components import sentence_starts
from training.encoder.texts import Act, Text
from training.scripts.corpora import Sentence
from training.scripts.tokenizer import extend_tokenizer

SPANS = ("content", "cue", "speaker")


def run_time_tokenizer() -> Language:
    """Return a blank Italian pipeline with the tokenizer of run time."""
    nlp = spacy.blank("it")
    extend_tokenizer(nlp)
    return nlp


def compact(text: str) -> tuple[str, list[int]]:
    """Return a text without white space, marks unified, and the place in the text of each character."""
    places = [i for i, c in enumerate(text) if not c.isspace()]
    return "".join(text[i] for i in places).translate(UNIFIED), places


UNIFIED = str.maketrans("“”„«»’‘", '"""""\'\'')


def gold_text(article: dict, nlp: Language) -> Text:
    """Return an annotated article with the tags of contents, cues and speakers, and what belongs to what."""
    doc = nlp.make_doc(article["text"])
    words = [t.text for t in doc]
    starts = sentence_starts(words, [bool(t.whitespace_) for t in doc])
    text = Text(words, [bool(t.whitespace_) for t in doc], 0, acts=[], id=article["id"])
    text.bounds = [i for i, s in enumerate(starts) if s == 1]
    for name in SPANS:
        text.layers[name] = ["O"] * len(words)
    text.layers["cue_of"] = [None] * len(words)
    text.layers["speaker_of"] = [None] * len(words)

    def covered(span: dict) -> list[int]:
        return [t.i for t in doc if t.idx < span["end"] and t.idx + len(t) > span["start"] and not t.is_space]

    for statement in article["statements"]:
        cue = covered(statement["cue"]) if statement["cue"] else []
        speaker = covered(statement["speaker"]) if statement["speaker"] else []
        for name, spans in (
            ("content", [covered(s) for s in statement["content"]]),
            ("cue", [cue]),
            ("speaker", [speaker]),
        ):
            for span in spans:
                for k, i in enumerate(span):
                    text.layers[name][i] = "I" if k else "B"
        for span in statement["content"]:
            for i in covered(span):
                text.layers["cue_of"][i] = cue[0] if cue else -1
                text.layers["speaker_of"][i] = speaker[0] if speaker else -1
        if cue:
            text.layers["speaker_of"][cue[0]] = speaker[0] if speaker else -1
        contents = [c for c in map(covered, statement["content"]) if c]
        if contents:
            named = set(speaker)
            if statement["actor"]:
                named |= mentions_of(words, [t.text for t in nlp.make_doc(statement["actor"])])
            text.acts.append(
                Act(cue or contents[0][:1], bool(cue), contents, speaker, sorted(named), statement.get("category"))
            )
    return text


def written_text(article: dict, nlp: Language) -> Text:
    """Return an article that was written for training: attribution, and the entities that are listed beside."""
    text = gold_text(article, nlp)
    tags = ["O"] * len(text.words)
    doc = nlp.make_doc(article["text"])
    for entity in article["entities"]:
        inside = [t.i for t in doc if t.idx < entity["end"] and t.idx + len(t) > entity["start"] and not t.is_space]
        for k, i in enumerate(inside):
            tags[i] = f"{'I' if k else 'B'}-{entity['label']}"
    text.layers["ner"] = [None if w.isspace() else tag for w, tag in zip(text.words, tags, strict=True)]
    return text


def mentions_of(words: Sequence[str], name: Sequence[str]) -> set[int]:
    """Return the words that name an actor: the whole name, or its last word where that is a capitalised one of several."""
    whole = [w.lower() for w in name]
    lower = [w.lower() for w in words]
    surname = name[-1] if len(name) > 1 and name[-1][:1].isupper() and name[0][:1].isupper() else None
    found: set[int] = set()
    for i in range(len(words)):
        if lower[i : i + len(whole)] == whole:
            found.update(range(i, i + len(whole)))
        elif words[i] == surname:
            found.add(i)
    return found


def add_entities(texts: Sequence[Text], sources: Sequence[str], sentences: Sequence[Sentence]) -> set[int]:
    """Put KIND's entities on the articles that its sentences come from; return the numbers of the sentences found.

    A word of an article that no sentence covers stays without annotation.
    """
    flat = [compact("".join(words))[0] for words, _ in sentences]
    index: dict[str, list[int]] = {}
    for number, key in enumerate(flat):
        index.setdefault(key[:12], []).append(number)
    used: set[int] = set()
    for text, source in zip(texts, sources, strict=True):
        whole, places = compact(source)
        tags: dict[int, str] = {}
        at = 0
        while at < len(whole):
            number = next((n for n in index.get(whole[at : at + 12], ()) if whole.startswith(flat[n], at)), None)
            if number is None:
                at += 1
                continue
            used.add(number)
            words, labels = sentences[number]
            for word, label in zip(words, labels, strict=True):
                length = len(compact(word)[0])
                for k in range(length):
                    tags[places[at + k]] = label if k == 0 or label == "O" else "I" + label[1:]
                at += length
        layer: list[str | None] = []
        begin = 0
        for word, space in zip(text.words, text.spaces, strict=True):
            first = next((begin + k for k, c in enumerate(word) if not c.isspace()), None)
            layer.append(None if first is None else tags.get(first))
            begin += len(word) + space
        text.layers["ner"] = layer
    return used


KINDS = {
    "person": "PER",
    "organisation": "ORG",
    "organization": "ORG",
    "institution": "ORG",
    "country": "LOC",
    "place": "LOC",
}


def names_of(article: dict, text: Text) -> list[str | None]:
    """Return entity tags from the actors that are annotated in an article: each of their names, wherever it stands.

    Only words of actors are known; a capitalised word that is no actor's stays without annotation, since it may be a
    name that nobody was asked about. All else is outside.
    """
    kinds: dict[tuple[str, ...], str] = {}
    nlp = run_time_tokenizer()
    for statement in article["statements"]:
        label = KINDS.get(statement.get("actor_kind") or "")
        if label and statement["actor"]:
            words = tuple(t.text for t in nlp.make_doc(statement["actor"]))
            kinds[words] = label
            if label == "PER" and len(words) > 1:
                kinds[words[-1:]] = label
    tags: list[str | None] = [
        None
        if w.isspace() or (w[:1].isupper() and i and not text.words[i - 1].endswith((".", "\n", "?", "!")))
        else "O"
        for i, w in enumerate(text.words)
    ]
    for words in sorted(kinds, key=len):
        for i in range(len(text.words) - len(words) + 1):
            if words[0][:1].isupper() and tuple(text.words[i : i + len(words)]) == words:
                tags[i : i + len(words)] = [f"B-{kinds[words]}", *[f"I-{kinds[words]}"] * (len(words) - 1)]
    return tags
