"""What statements are about: phrases of the article, a category, and concepts of a thesaurus."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from portavoce.extract.tokens import Tokens
from portavoce.extract.topics.about import AboutModel, ArticlePhrases
from portavoce.extract.topics.category import CategoryModel
from portavoce.extract.topics.thesaurus import Concept, LabelRules, Thesaurus, load_eurovoc
from portavoce.records import TopicRef

__all__ = ["Concept", "DocTopics", "StatementTopics", "Topics"]


@dataclass(frozen=True, slots=True)
class StatementTopics:
    """What one statement is about: one to three phrases, most important first, its category, and its concepts.

    ``about`` is empty only where neither the content nor its sentence nor the headline has a noun.
    """

    about: tuple[str, ...]
    category: str
    topics: tuple[TopicRef, ...]


class Topics:
    """The thesaurus and the models of one language, loaded once; holds no state between articles."""

    def __init__(self, thesaurus: Thesaurus, about: AboutModel, category: CategoryModel) -> None:
        self.thesaurus = thesaurus
        self.about = about
        self.category = category

    @classmethod
    def load(cls, language: str, *, thesaurus: Sequence[Concept] | None = None) -> Topics:
        """Everything packaged for a language; ``thesaurus`` stands in place of EuroVoc where it is given."""
        concepts = load_eurovoc(language) if thesaurus is None else thesaurus
        stop = thesaurus is None  # the stop labels are those of EuroVoc: a user's own labels are meant
        rules = LabelRules.load(language, stop_labels=stop)
        return cls(Thesaurus(concepts, rules), AboutModel.load(language), CategoryModel.load(language))

    def analyse(self, article: Doc | Tokens, title: str | None) -> DocTopics:
        """The work that an article needs once, whatever the number of its statements."""
        return DocTopics(self, article if isinstance(article, Tokens) else Tokens(article), title)

    def themes(self, concept: str) -> tuple[TopicRef, ...]:
        """The EU data themes that a concept belongs to; none where it has none."""
        return self.thesaurus.themes(concept)

    def broader(self, concept: str) -> tuple[TopicRef, ...]:
        """The broader concepts of a concept, nearest first."""
        return self.thesaurus.broader(concept)


class DocTopics:
    """One article, ready to say what each of its statements is about."""

    def __init__(self, topics: Topics, t: Tokens, title: str | None) -> None:
        self._models = topics
        self._matches = topics.thesaurus.matches(t)
        self._starts = [m.start for m in self._matches]
        self._marked = topics.thesaurus.marked(t, self._matches)
        self._phrases = ArticlePhrases(t, title)
        self._words = topics.category.article(t.text, title)

    def statement(self, content: Sequence[tuple[int, int]], kind: str, actor: str | None) -> StatementTopics:
        """What a statement is about, from its content as character spans in text order, its kind and its speaker."""
        candidates = self._phrases.candidates(content, kind, actor, marked=self._marked)
        return StatementTopics(
            about=self._models.about.choose(self._phrases, candidates),
            category=self._words.category(content),
            topics=self.concepts(content),
        )

    def concepts(self, content: Sequence[tuple[int, int]]) -> tuple[TopicRef, ...]:
        """The concepts that the content names, each once, in text order."""
        found: dict[str, TopicRef] = {}
        for start, end in content:
            for m in self._matches[bisect_left(self._starts, start) : bisect_left(self._starts, end)]:
                if m.end <= end:
                    found.setdefault(m.concept.id, TopicRef(m.concept.id, m.concept.label))
        return tuple(found.values())
