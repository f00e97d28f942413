"""The search for chains against all chains of small networks, put in order."""

import random
from itertools import islice, pairwise

import pytest

from portavoce.graph.query.chains import chains

STEP = 10**6


class Network:
    """Ties with costs, and how many nodes were asked for theirs."""

    def __init__(self, costs):
        self.costs = {**costs, **{(b, a): cost for (a, b), cost in costs.items()}}
        self.near = {}
        for a, b in self.costs:
            self.near.setdefault(a, set()).add(b)
        self.asked = set()

    def name(self, node):
        return f"{node:03}"

    def beside(self, nodes):
        self.asked |= nodes
        return {other for node in nodes for other in self.near.get(node, ())}

    def steps(self, ones, others):
        return {(a, b): self.costs[a, b] for a in ones for b in self.near.get(a, set()) & others}


def made_up(seed, nodes, ties, kinds=3):
    rng = random.Random(seed)
    pairs = {tuple(sorted(rng.sample(range(nodes), 2))) for _ in range(ties)}
    return Network({pair: STEP + rng.randrange(kinds) for pair in pairs})


def all_chains(network, start, end):
    found = []

    def go_on(nodes):
        if nodes[-1] == end:
            found.append((sum(network.costs[step] for step in pairwise(nodes)), nodes))
            return
        for other in network.near.get(nodes[-1], set()) - set(nodes):
            go_on((*nodes, other))

    go_on((start,))
    return [nodes for _, nodes in sorted(found)]


@pytest.mark.parametrize("seed", range(60))
def test_all_chains_come_in_order(seed):
    network = made_up(seed, nodes=2 + seed % 8, ties=2 + seed % 13)
    for end in range(2 + seed % 8):
        assert list(chains(network, 0, end)) == all_chains(network, 0, end)


@pytest.mark.parametrize("seed", range(5))
def test_a_few_of_a_large_network_are_the_first_of_all(seed):
    network = made_up(seed, nodes=18, ties=27, kinds=2)
    assert list(islice(chains(network, 0, 1), 9)) == all_chains(network, 0, 1)[:9]


def test_the_crowd_around_one_end_is_left_alone():
    crowd = {(0, n): STEP for n in range(2, 1000)} | {(n, n + 1): STEP for n in range(2, 999)}
    network = Network({**crowd, (0, 1): STEP})
    assert list(chains(network, 0, 1)) == [(0, 1)]
    assert network.asked <= {0, 1}


def test_there_may_be_none():
    network = Network({(0, 1): STEP, (2, 3): STEP})
    assert list(chains(network, 0, 3)) == []
    assert list(chains(network, 0, 9)) == []
    assert list(chains(network, 9, 9)) == [(9,)]
