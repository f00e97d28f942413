"""The chains between two nodes of a network, the best first, found from both ends one after the other."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Hashable, Iterator
from typing import Generic, NamedTuple, Protocol, TypeVar

Node = TypeVar("Node", bound=Hashable)


class Network(Protocol[Node]):
    """Ties without direction, read where the search comes by; a step costs far more than what makes one dearer than another."""

    def beside(self, nodes: set[Node]) -> set[Node]:
        """All who have a tie with one of some nodes."""

    def steps(self, ones: set[Node], others: set[Node]) -> dict[tuple[Node, Node], int]:
        """What each step from one of some nodes to one of others costs."""

    def name(self, node: Node) -> str:
        """The name of a node to which a step leads."""


class _Chain(NamedTuple, Generic[Node]):
    """The beginning of a chain, or all of it, in the order of chains: by cost, then by the names of the nodes after the first."""

    cost: int
    names: tuple[str, ...]
    nodes: tuple[Node, ...]
    costs: tuple[int, ...]

    def longer(self, node: Node, name: str, cost: int) -> _Chain[Node]:
        return _Chain(self.cost + cost, (*self.names, name), (*self.nodes, node), (*self.costs, cost))

    def beginning(self, steps: int) -> _Chain[Node]:
        return _Chain(sum(self.costs[:steps]), self.names[:steps], self.nodes[: steps + 1], self.costs[:steps])


_Onward = dict[Node, list[tuple[Node, int]]]
"""The steps from each node of a layer to nodes of the next, with what they cost."""


def chains(network: Network[Node], start: Node, end: Node) -> Iterator[tuple[Node, ...]]:
    """The chains from a node to another without a node twice, in the order of costs, equal ones in the order of names.

    They are found as they are asked for. From a node to itself there is one chain, of the node alone.
    """
    if start == end:
        yield (start,)
        return
    for chain in _onward(network, _Chain(0, (), (start,), ()), end, set()):
        yield chain.nodes


def _onward(network: Network[Node], passed: _Chain[Node], end: Node, barred: set[Node]) -> Iterator[_Chain[Node]]:
    """The chains that go on from the nodes passed, but not to those barred.

    After those of fewest steps and of one step more, any other leaves one of these at some node: they are looked for by what
    they have in common with one before they leave it (Lawler 1972).
    """
    leaving: dict[_Chain[Node], set[Node]] = {}
    for chain in _shortest(network, passed, end, barred):
        yield chain
        for steps in range(len(passed.costs), len(chain.costs)):
            gone = leaving.setdefault(chain.beginning(steps), {*barred} if steps == len(passed.costs) else set())
            gone.add(chain.nodes[steps + 1])
    yield from heapq.merge(*(_onward(network, shared, end, gone) for shared, gone in leaving.items()))


def _shortest(network: Network[Node], passed: _Chain[Node], end: Node, barred: set[Node]) -> Iterator[_Chain[Node]]:
    """The chains of fewest steps, then those of one step more: no walk among these can come by a node twice."""
    here = {passed.nodes[-1]}
    fore, back = [here, network.beside(here).difference(passed.nodes, barred)], [{end}]
    seen_before, seen_behind = {*passed.nodes, *fore[1]}, {*passed.nodes, end}
    while not (meeting := fore[-1] & back[-1]):
        levels, seen = (fore, seen_before) if len(fore[-1]) < len(back[-1]) else (back, seen_behind)
        new = network.beside(levels[-1]) - seen
        if not new:
            return
        seen |= new
        levels.append(new)
    middle = len(fore) - 1
    layers = [*fore[:-1], meeting, *back[-2::-1]]
    yield from _in_order(
        network, passed, _read(network, layers, [*range(middle - 1, -1, -1), *range(middle, len(layers) - 1)])
    )
    fore[2:] = [later | sooner for later, sooner in zip(fore[2:], fore[1:-1], strict=True)]
    back[1:] = [sooner | later for sooner, later in zip(back[1:], back[:-1], strict=True)]
    layers = [*fore, *back[::-1]]
    yield from _in_order(
        network, passed, _read(network, layers, [*range(middle, -1, -1), *range(middle + 1, len(layers) - 1)])
    )


def _read(network: Network[Node], layers: list[set[Node]], order: list[int]) -> list[_Onward[Node]]:
    """The steps from each layer to the next, read from the middle on, so that few nodes are left at both sides of it."""
    onward: list[_Onward[Node]] = [defaultdict(list) for _ in order]
    for n in order:
        found = network.steps(layers[n], layers[n + 1])
        layers[n], layers[n + 1] = {one for one, _ in found}, {other for _, other in found}
        for (one, other), cost in found.items():
            onward[n][one].append((other, cost))
    return onward


def _in_order(network: Network[Node], passed: _Chain[Node], onward: list[_Onward[Node]]) -> Iterator[_Chain[Node]]:
    """The walks over all layers, the best first: a beginning waits by what it costs with the best end that it can have."""
    rest: list[dict[Node, int]] = [{other: 0 for steps in onward[-1].values() for other, _ in steps}]
    for layer in reversed(onward):
        ends = {
            one: [cost + rest[0][other] for other, cost in steps if other in rest[0]] for one, steps in layer.items()
        }
        rest.insert(0, {one: min(costs) for one, costs in ends.items() if costs})
    waiting = [(passed.cost, passed)]
    while waiting:
        _, chain = heapq.heappop(waiting)
        n = len(chain.costs) - len(passed.costs)
        if n == len(onward):
            yield chain
            continue
        for other, cost in onward[n].get(chain.nodes[-1], ()):
            if other in rest[n + 1]:
                longer = chain.longer(other, network.name(other), cost)
                heapq.heappush(waiting, (longer.cost + rest[n + 1][other], longer))
