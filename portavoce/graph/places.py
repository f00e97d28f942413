"""A form at a place of an article, as edges remember it."""

from __future__ import annotations

from portavoce.records import Span


def place_of(form: str, span: Span) -> str:
    """How an edge remembers that a form stands at a place."""
    return f"{form} {span.start}-{span.end}"


def form_at(place: str) -> tuple[str, int, int]:
    """The form and the offsets that `place_of` put together."""
    form, _, offsets = place.rpartition(" ")
    start, _, end = offsets.partition("-")
    return form, int(start), int(end)
