"""Small records in the shape of `extract`'s, written by what is said in them."""

import pytest

from portavoce.graph.build import build_graph

COUNTRIES = {"Ardenia", "Borvia"}


class News:
    """An article that grows by sentences; names in it are actors, and every place of a name is a mention."""

    def __init__(self, id_, day=None, **names):
        self.id, self.day, self.text = id_, day, ""
        self.names = names  # key -> full name
        self.statements, self.relations, self.roles = [], [], []

    def _add(self, sentence):
        start = len(self.text)
        self.text += f"{sentence} "
        return start

    def _span(self, start, sentence, words):
        at = start + sentence.index(words)
        return {"start": at, "end": at + len(words)}

    def says(self, who, words, *about, **worth):
        sentence = f"{self.names[who]} ha detto che {words}."
        start = self._add(sentence)
        self.statements.append({
            "kind": "indirect", "content": [self._span(start, sentence, words)], "cue": self._span(start, sentence, "ha detto"),
            "speaker": self._span(start, sentence, self.names[who]), "actor": self.names[who], "actor_id": who,
            "actor_kind": self._kind(who), "about": list(about), "category": "politics",
        } | worth)  # fmt: skip
        return self

    def does(self, who, type_, whom, trigger, modality="actual"):
        sentence = f"{self.names[who]} {trigger} {self.names[whom]}."
        start = self._add(sentence)
        self.relations.append({
            "source": who, "type": type_, "target": whom, "trigger": self._span(start, sentence, trigger),
            "evidence": {"start": start, "end": start + len(sentence)}, "modality": modality,
        })  # fmt: skip
        return self

    def holds(self, who, role, at=None):
        sentence = f"{role} {self.names[who]} tace."
        start = self._add(sentence)
        self.roles.append(
            {"actor_id": who, "role": role, "organization": at, "evidence": self._span(start, sentence, role)}
        )
        return self

    def _kind(self, key):
        name = self.names[key]
        return "country" if name in COUNTRIES else "organization" if name.isupper() else "person"

    def record(self):
        mentions = []
        for key, name in self.names.items():
            at = self.text.find(name)
            while at >= 0:
                mentions.append({"start": at, "end": at + len(name), "actor_id": key})
                at = self.text.find(name, at + 1)
        actors = [{"id": key, "name": name, "kind": self._kind(key)} for key, name in self.names.items()]
        return {
            "id": self.id, "text": self.text, "language": "it", "published": self.day, "statements": self.statements, "actors": actors,
            "mentions": mentions, "relations": self.relations, "roles": self.roles,
        }  # fmt: skip


@pytest.fixture
def news():
    """Make an article with ``news(id, day, key=full name, …)``."""
    return News


@pytest.fixture
def built():
    """The graph of some articles."""
    return lambda *articles: build_graph([article.record() for article in articles])


@pytest.fixture
def gas():
    """Three articles of January and February 2024 on gas and a dam: two ministers, their states, a spokeswoman."""
    people = {
        "gurov": "Ivan Gurov",
        "sala": "Rita Sala",
        "nova": "Petra Nova",
        "ardenia": "Ardenia",
        "borvia": "Borvia",
    }
    first = (
        News("a", "2024-01-05", **people)
        .says("gurov", "il gasdotto di Borvia resta chiuso", "gasdotto", tense="present")
        .says("sala", "Ardenia non rispetta i patti", "patti")
        .does("sala", "accuse", "ardenia", "ha accusato")
        .holds("nova", "portavoce", "Ardenia")
    )
    second = (
        News("b", "2024-01-20", **people)
        .says("gurov", "il gasdotto riaprirà mai", "gasdotto", polarity="denies", tense="future")
        .says("sala", "il gasdotto riaprirà presto", "gasdotto", tense="future")
        .says("nova", "la diga di Rita Sala è sicura", "diga", certainty="possible")
        .does("gurov", "consult", "sala", "incontrerà", "planned")
    )
    third = (
        News("c", "2024-02-10", **people)
        .says("gurov", "il gasdotto riapre domani", "gasdotto", tense="future")
        .does("nova", "accuse", "ardenia", "avrebbe accusato", "possible")
        .does("sala", "accuse", "ardenia", "accusa")
    )
    return build_graph([article.record() for article in (first, second, third)])
