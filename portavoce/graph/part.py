"""A part of a graph in few lines: what the questions ask of a `networkx.MultiDiGraph`, without its weight at the start of a command."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

Attributes = dict[str, Any]
EdgeName = tuple[str, str, str]


class Lazy(dict[str, Any]):
    """Attributes of which some are unpacked from their columns when they are asked for."""

    __slots__ = ("_packed",)

    def __init__(self, told: Mapping[str, Any], packed: dict[str, tuple[Callable[[Any], Any], Any]]) -> None:
        super().__init__(told)
        self._packed = packed

    def __missing__(self, name: str) -> Any:
        unpack, column = self._packed[name]
        value = self[name] = unpack(column)
        return value

    def whole(self) -> Attributes:
        """All attributes, unpacked, as a plain dictionary."""
        return {**self, **{name: self[name] for name in self._packed}}


class Nodes(Mapping[str, Attributes]):
    """The nodes with their attributes, as ``graph.nodes``."""

    def __init__(self) -> None:
        self._told: dict[str, Attributes] = {}

    def __getitem__(self, node: str) -> Attributes:
        return self._told[node]

    def __iter__(self) -> Iterator[str]:
        return iter(self._told)

    def __len__(self) -> int:
        return len(self._told)

    def __call__(self, *, data: bool = False) -> Any:
        return self._told.items() if data else self._told.keys()


class Edges:
    """The edges with their attributes, as ``graph.edges``."""

    def __init__(self) -> None:
        self._told: dict[EdgeName, Attributes] = {}

    def __getitem__(self, name: EdgeName) -> Attributes:
        return self._told[name]

    def __len__(self) -> int:
        return len(self._told)

    def __iter__(self) -> Iterator[EdgeName]:
        return iter(self._told)

    def __call__(self, *, keys: bool = False, data: bool | str = False) -> Iterator[tuple[Any, ...]]:
        for (source, target, key), edge in self._told.items():
            yield _told(source, target, key, edge, keys=keys, data=data)


class Part:
    """Nodes and edges in the order of their names."""

    def __init__(self, nodes: Mapping[str, Attributes], edges: Mapping[EdgeName, Attributes], **about: Any) -> None:
        self.graph: dict[str, Any] = about
        self.nodes, self.edges = Nodes(), Edges()
        self._out: dict[str, list[tuple[EdgeName, Attributes]]] = {}
        self._in: dict[str, list[tuple[EdgeName, Attributes]]] = {}
        for node in sorted(nodes):
            self.nodes._told[node] = nodes[node]  # noqa: SLF001 - one thing in two classes
        for name in sorted(edges):
            edge = self.edges._told[name] = edges[name]  # noqa: SLF001
            self._out.setdefault(name[0], []).append((name, edge))
            self._in.setdefault(name[1], []).append((name, edge))

    def __contains__(self, node: object) -> bool:
        return node in self.nodes

    def __iter__(self) -> Iterator[str]:
        return iter(self.nodes)

    def __len__(self) -> int:
        return len(self.nodes)

    def has_edge(self, source: str, target: str, key: str | None = None) -> bool:
        if key is not None:
            return (source, target, key) in self.edges._told  # noqa: SLF001
        return any(name[1] == target for name, _ in self._out.get(source, ()))

    def out_edges(self, node: str, *, keys: bool = False, data: bool | str = False) -> Iterator[tuple[Any, ...]]:
        for name, edge in self._out.get(node, ()):
            yield _told(*name, edge, keys=keys, data=data)

    def in_edges(self, node: str, *, keys: bool = False, data: bool | str = False) -> Iterator[tuple[Any, ...]]:
        for name, edge in self._in.get(node, ()):
            yield _told(*name, edge, keys=keys, data=data)

    def networkx(self) -> nx.MultiDiGraph:
        """The same as a graph of NetworkX."""
        import networkx as nx

        graph = nx.MultiDiGraph(**self.graph)
        graph.add_nodes_from((node, _whole(d)) for node, d in self.nodes.items())
        graph.add_edges_from((*name, _whole(self.edges[name])) for name in self.edges)
        return graph


def _whole(attributes: Attributes) -> Attributes:
    return attributes.whole() if isinstance(attributes, Lazy) else attributes


def _told(source: str, target: str, key: str, edge: Attributes, *, keys: bool, data: bool | str) -> tuple[Any, ...]:
    named = (source, target, key) if keys else (source, target)
    if data is True:
        return (*named, edge)
    return (*named, edge.get(data)) if data else named
