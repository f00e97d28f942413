"""The run-time tokenizer: spaCy's Italian one, with elisions split before marks and digits too."""

from __future__ import annotations

from collections.abc import Callable

import spacy
from spacy.language import Language
from spacy.util import compile_infix_regex

ELISION = r"(?<=[^\W\d_]['’])"
INFIXES = (ELISION + r"(?=\d)", ELISION + r"[\"«“„‘\[(<]", r"(?<=\S)[«»“”„](?=\S)")


def extend_tokenizer(nlp: Language) -> None:
    """Add the infixes to the pipeline's tokenizer; they are saved with it."""
    infixes = [*(nlp.Defaults.infixes or []), *INFIXES]
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer  # type: ignore[attr-defined]


@spacy.registry.callbacks("portavoce.ExtendTokenizer.v1")
def create_tokenizer_callback() -> Callable[[Language], None]:
    """Return the callback that spaCy runs before it initialises a new pipeline."""
    return extend_tokenizer
