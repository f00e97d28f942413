"""The records that stages pass to each other: frozen, slotted, checked once when they are made from JSON.

Offsets are Unicode code points into the article's text, end exclusive; ``text[start:end]`` is the span's text.
The records import nothing of the project but its errors and ids.
"""

from portavoce.records.actors import SYMMETRIC, Actor, ActorKind, Mention, Modality, Relation, Role, kind_together
from portavoce.records.article import Article
from portavoce.records.reports import Reject, Tally
from portavoce.records.span import Span
from portavoce.records.statement import CATEGORIES, Act, Certainty, Polarity, QuoteKind, Statement, Tense, TopicRef

__all__ = [
    "CATEGORIES", "SYMMETRIC", "Act", "Actor", "ActorKind", "Article", "Certainty", "Mention", "Modality", "Polarity",
    "QuoteKind", "Reject", "Relation", "Role", "Span", "Statement", "Tally", "Tense", "TopicRef", "kind_together",
]  # fmt: skip
