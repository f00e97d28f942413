"""The phrases of a sentence that may take part in a deed, with the preposition that each stands under."""

from __future__ import annotations

from dataclasses import dataclass

from portavoce.extract.coreference import Actors
from portavoce.extract.relations.grammar import preposition

_INNER = frozenset({"flat", "flat:name", "fixed", "compound", "det", "amod", "nummod"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase by its head; ``case`` is the preposition before it."""

    head: int
    case: str


class Phrases:
    """The phrases of one article, sentence by sentence; of joined ones the first, of a title and a name the title."""

    def __init__(self, actors: Actors) -> None:
        self.actors, self.t = actors, actors.tokens
        self._known: dict[int, list[Phrase]] = {}

    def of(self, sentence: int) -> list[Phrase]:
        """The phrases of a sentence in text order."""
        if sentence not in self._known:
            self._known[sentence] = list(self._found(sentence))
        return self._known[sentence]

    def _found(self, sentence: int) -> list[Phrase]:
        t, a = self.t, self.actors
        first, end = t.sentences[sentence]
        out = []
        for i in range(first, end):
            if t.pos[i] not in ("NOUN", "PROPN", "PRON", "X"):
                continue
            k = a.name_at[i]
            if k >= 0:
                name = a.names[k]
                if name.first in a.role_of_name or (i > name.first and name.first <= t.head[i] <= name.last):
                    continue
                if t.head[i] == name.first - 1 and t.dep[i] in ("nmod", "appos", "flat:name", "flat") and not preposition(t, i):
                    continue
            elif t.dep[i] in _INNER:
                continue
            if t.dep[i] == "conj" and t.pos[t.head[i]] in ("NOUN", "PROPN", "PRON") and not preposition(t, i):
                continue
            out.append(Phrase(i, preposition(t, i)))
        return out
