"""Sets that grow by uniting, and pairs that must never meet in one."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Clusters(Generic[T]):
    """Disjoint sets with forbidden pairs: a union that would bring a forbidden pair together is refused."""

    def __init__(self) -> None:
        self._parent: dict[T, T] = {}
        self._size: dict[T, int] = {}
        self._enemies: dict[T, set[T]] = {}

    def find(self, item: T) -> T:
        """The one item that stands for the set; which one it is depends on the order of unions."""
        parent = self._parent
        root = item
        while (above := parent.get(root, root)) != root:
            root = above
        while (above := parent.get(item, item)) != root:
            parent[item], item = root, above
        return root

    def forbid(self, a: T, b: T) -> bool:
        """Keep two items apart from now on; False where they are together already."""
        one, other = self.find(a), self.find(b)
        if one == other:
            return False
        self._enemies.setdefault(one, set()).add(other)
        self._enemies.setdefault(other, set()).add(one)
        return True

    def may_meet(self, a: T, b: T) -> bool:
        return self.find(b) not in self._enemies.get(self.find(a), ())

    def unite(self, a: T, b: T) -> bool:
        """Put two sets together; False where a forbidden pair stands between them."""
        one, other = self.find(a), self.find(b)
        if one == other:
            return True
        if other in self._enemies.get(one, ()):
            return False
        if self._size.get(one, 1) < self._size.get(other, 1):
            one, other = other, one
        self._parent[other] = one
        self._size[one] = self._size.get(one, 1) + self._size.pop(other, 1)
        for enemy in self._enemies.pop(other, ()):
            self._enemies[enemy].discard(other)
            self._enemies[enemy].add(one)
            self._enemies.setdefault(one, set()).add(enemy)
        return True

    def sets(self, items: Iterable[T]) -> dict[T, list[T]]:
        """The items by the one that stands for their set."""
        out: dict[T, list[T]] = {}
        for item in items:
            out.setdefault(self.find(item), []).append(item)
        return out
