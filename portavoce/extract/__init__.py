"""Articles in, articles with statements out: one article at a time, no state between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from portavoce.records import Article, Reject

if TYPE_CHECKING:
    from spacy.language import Language

    from portavoce.extract.topics import Concept


def extract(
    articles: Iterable[Article | Reject],
    *,
    nlp: Language | None = None,
    workers: int = 1,
    thesaurus: list[Concept] | None = None,
) -> Iterator[Article | Reject]:
    """Each article with its statements, in the order of the input; what cannot be used is a named reject.

    Articles that carry statements and rejects pass as they are. ``nlp`` is a pipeline of `load_pipeline`; the result is
    the same for every number of ``workers`` (processes).
    """
    from portavoce.extract.run import extract_all

    return extract_all(articles, nlp=nlp, workers=workers, thesaurus=thesaurus)
