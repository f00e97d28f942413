"""The corpus on disk."""

from portavoce.graph.store.corpus import Added, Corpus
from portavoce.graph.store.selection import Selection

__all__ = ["Added", "Corpus", "Selection"]
