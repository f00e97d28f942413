"""The tables of what actors do to each other (deeds) and of what they hold (offices), which are read alike."""

from __future__ import annotations

from typing import NamedTuple

from portavoce.graph.schema import HOLDS, RELATES


class ActTable(NamedTuple):
    """The table of one kind of edge, with the columns of its two ends and of its type or role."""

    kind: str
    table: str
    source: str
    target: str
    what: str

    @property
    def ends(self) -> tuple[str, str]:
        """The columns of the two ends."""
        return self.source, self.target


OFFICES = ActTable(HOLDS, "offices", "holder", "body", "role")
DEEDS = ActTable(RELATES, "relations", "source", "target", "type")
ACTS = {HOLDS: OFFICES, RELATES: DEEDS}
