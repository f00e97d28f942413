"""The permissive Italian pipeline of portavoce: `portavoce extract --model it_portavoce_permissive`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

import portavoce.extract.encoder.component  # noqa: F401 - registers the factory

__version__ = "0.1.0"


def load(**overrides: Any) -> Language:
    """Return the pipeline, as `spacy.load` does; `overrides` are its other arguments."""
    return spacy.load(Path(__file__).parent / "pipeline", **overrides)
