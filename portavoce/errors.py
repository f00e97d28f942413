"""What can go wrong, as a tree.

PortavoceError                never raised directly
├── InputError                input that cannot be used; also a ValueError
│   ├── RecordError           a record that does not fit the interchange format
│   └── GraphFileError        a graph file that cannot be read, or a format that cannot hold what is asked
├── PipelineError             a spaCy pipeline that is missing, incomplete, or made for another version
└── UnknownNameError          a question about a name that the graph does not hold; knows the nearest ones
"""

from __future__ import annotations


class PortavoceError(Exception):
    """The base of all errors of portavoce; never raised directly."""


class InputError(PortavoceError, ValueError):
    """Raised when input cannot be used: a file, a text, an option's value."""


class RecordError(InputError):
    """Raised when a JSON object does not fit the interchange record."""


class GraphFileError(InputError):
    """Raised when a graph file cannot be read, or when a format cannot hold what is asked."""


class PipelineError(PortavoceError, ValueError):
    """Raised when a spaCy pipeline is missing, lacks a component, or was made for another version."""


class UnknownNameError(PortavoceError, LookupError):
    """Raised when a name is asked for that the graph does not hold."""

    def __init__(self, name: str, nearest: tuple[str, ...] = ()) -> None:
        self.name = name
        self.nearest = nearest
        hint = f"; nearest: {', '.join(nearest)}" if nearest else ""
        super().__init__(f"nothing here is called {name!r}{hint}")
