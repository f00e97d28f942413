"""Who is who across articles: blocks, explained scores, clusters; a function of the set of appearances, not of its order.

First what people judged, then full names that are one, then names that a gazetteer knows, then bodies by their acronyms,
then surnames alone, each appearance by what its own article says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

from portavoce.graph.judgements import Judgements
from portavoce.graph.resolve.acronyms import acronym_links
from portavoce.graph.resolve.appearances import Appearance
from portavoce.graph.resolve.blocks import person_pairs
from portavoce.graph.resolve.clusters import Clusters
from portavoce.graph.resolve.gazetteer import Gazetteer
from portavoce.graph.resolve.known import KnownPerson
from portavoce.graph.resolve.match import CONTRADICTIONS, DOUBTFUL, SAME, Score, compare_names
from portavoce.graph.resolve.profiles import Cluster, Profile
from portavoce.graph.resolve.surnames import Choice, Surnames
from portavoce.ids import actor_id

_LONG = 6
"""Letters that a surname must have for one with other letters in another order to be the same, misspelt."""

Place = tuple[str, str]
"""An article and a form in it."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who an appearance is: the corpus-wide id, what is known of it elsewhere, and why it was put there."""

    id: str
    name: str | None = None
    wikidata: str | None = None
    countries: tuple[str, ...] = ()
    rule: str = "name"
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two actors that may be one: the forms that stand for them, the score, and how much hangs on it."""

    left: str
    right: str
    score: Score
    weight: int


@dataclass(slots=True)
class Resolution:
    """The identity of each form in each article, and the pairs that a person had better look at."""

    identities: dict[Place, Identity] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)


def resolve(
    appearances: Iterable[Appearance], *, gazetteer: Gazetteer | None = None, judgements: Judgements | None = None
) -> Resolution:
    """Who is who among all these appearances; the same for every order of them."""
    return Resolver(gazetteer or Gazetteer.default(), judgements or Judgements()).resolve(appearances)


class Resolver:
    """Who is who among some names: all of a corpus, or some of them that nothing ties to any other."""

    def __init__(self, gazetteer: Gazetteer, judgements: Judgements) -> None:
        self.gazetteer = gazetteer
        self.known = KnownPerson(gazetteer)
        self.judgements = judgements
        self.judged = judgements.forms
        self.standing = judgements.standing
        self.clusters: Clusters[str] = Clusters()
        self.profiles: dict[str, Profile] = {}
        self.items: dict[Place, str] = {}
        self.why: dict[str, Score] = {}
        self.doubts: list[Doubt] = []
        self._partners: dict[str, list[Profile]] = {}

    def resolve(self, appearances: Iterable[Appearance]) -> Resolution:
        appearances = list(appearances)
        self._count(appearances)
        found = self._found()
        surnames = self._surnames_alone(appearances, found)
        return Resolution(self._identities(appearances, found, surnames), self._sorted_doubts())

    def resolve_profiles(
        self, profiles: dict[str, Profile], alone: Iterable[tuple[str, Appearance]]
    ) -> tuple[dict[str, Identity], dict[Place, Choice], dict[str, Identity]]:
        """Who is who among names that are counted already, with the appearances of those that may be surnames alone.

        ``alone`` are pairs of a profile's item and an appearance under it. Three answers: who each item is; what was
        chosen where a surname alone does not mean its own profile; and who the cluster of each choice is, by its root.
        """
        self.profiles = profiles
        found = self._found()
        appearances = []
        for item, appearance in alone:
            self.items[appearance.article, appearance.form] = item
            appearances.append(appearance)
        surnames = self._surnames_alone(appearances, found)
        ids = _ids(found)
        own = {item: self._identity(item, found[self.clusters.find(item)], ids) for item in profiles}
        chosen = {
            c.cluster.root: self._of_cluster(found[c.cluster.root], ids, c.score)
            for c in surnames.values()
            if c.cluster
        }
        return own, surnames, chosen

    def _found(self) -> dict[str, Cluster]:
        self._judge()
        self._join_full_names()
        self._join_misspelt()
        found = self._clusters()
        self._look_up(found)
        self._join_bodies()
        found = self._clusters()
        self._look_up(found)
        return found

    # -- what there is -------------------------------------------------------------------------------------------------

    def _count(self, appearances: list[Appearance]) -> None:
        for a in appearances:
            own = f"{a.form}@{a.article}"
            item = own if own in self.judged else a.form
            self.items[a.article, a.form] = item
            profile = self.profiles.get(item)
            if profile is None:
                profile = self.profiles[item] = Profile(item, a.form)
            profile.add(a)
        for profile in self.profiles.values():
            profile.settle()

    def _judge(self) -> None:
        for left, right in self.judgements.pairs("different"):
            for a in self._items_of(left):
                for b in self._items_of(right):
                    self.clusters.forbid(a, b)
        for left, right in self.judgements.pairs("same"):
            for a in self._items_of(left):
                for b in self._items_of(right):
                    if self.clusters.unite(a, b):
                        self.why[a] = self.why[b] = Score((("judged the same", 1.0),))
        for item, profile in sorted(self.profiles.items()):
            if item != profile.form and profile.form in self.profiles:
                self.clusters.unite(item, profile.form)

    def _items_of(self, reference: str) -> list[str]:
        return [reference] if reference in self.profiles else []

    # -- full names ----------------------------------------------------------------------------------------------------

    def _join_full_names(self) -> None:
        ordered = [p for _, p in sorted(self.profiles.items()) if not p.local]
        scored = []
        apart: set[frozenset[str]] = set()
        for a, b in person_pairs(ordered):
            score = self._compare(a, b)
            if score.value >= SAME:
                scored.append((a, b, score))
            elif score.value >= DOUBTFUL:
                self._doubt(a, b, score)
            if any(score.has(feature) for feature in CONTRADICTIONS):
                self.clusters.forbid(a.item, b.item)
                apart.add(frozenset((a.item, b.item)))
        sure = [(a, b, score) for a, b, score in scored if not self._is_torn(a, b, scored, apart)]
        for a, b, score in sorted(sure, key=lambda s: (-s[2].value, s[0].item, s[1].item)):
            if self.clusters.unite(a.item, b.item):
                self._because(a.item, score)
                self._because(b.item, score)

    def _join_misspelt(self) -> None:
        """Join a surname with the same one whose letters one article swaps ("Dadullah", "Dudallah")."""
        alike: dict[tuple[str, str, frozenset[str]], list[Profile]] = {}
        for _, p in sorted(self.profiles.items()):
            if p.weak and not p.local and p.person is not None and len(p.person.last) >= _LONG:
                word = p.person.last
                alike.setdefault((word[0], "".join(sorted(word)), frozenset(p.articles)), []).append(p)
        score = Score((("letters swapped in one article", SAME),))
        for first, *others in alike.values():
            for other in others:
                if self.clusters.unite(first.item, other.item):
                    self._because(first.item, score)
                    self._because(other.item, score)

    def _is_torn(
        self, a: Profile, b: Profile, scored: list[tuple[Profile, Profile, Score]], apart: set[frozenset[str]]
    ) -> bool:
        """Whether one of two could as well be somebody else who is not the other: "George Bush" is one of two.

        Who is named in three times as many articles is meant.
        """
        if not apart:
            return False
        if not self._partners:
            for one, other, _ in scored:
                self._partners.setdefault(one.item, []).append(other)
                self._partners.setdefault(other.item, []).append(one)
        for p, q in ((a, b), (b, a)):
            for rival in self._partners[p.item]:
                if frozenset((q.item, rival.item)) in apart and len(q.articles) < 3 * len(rival.articles):
                    return True
        return False

    def _compare(self, a: Profile, b: Profile) -> Score:
        if a.person is None or b.person is None:
            return Score()
        score = compare_names(a.person, b.person)
        if not score.features:
            return score
        if not a.articles.isdisjoint(b.articles):
            score = score.plus("both in one article", -0.05)
        if a.wikidata and b.wikidata and a.wikidata.isdisjoint(b.wikidata):
            score = score.plus("other Wikidata id", -1.0)
        common = {e.key for e in self.known.named(a)} & {e.key for e in self.known.named(b)}
        if common:
            score = score.plus("one person of the gazetteer", 0.3)
        one, other = self.known.exactly(a), self.known.exactly(b)
        if one and other and one.isdisjoint(other):
            score = score.plus("two persons of the gazetteer", -0.5)
        return score

    def _because(self, item: str, score: Score) -> None:
        known = self.why.get(item)
        if known is None or known.value < score.value:
            self.why[item] = score

    def _doubt(self, a: Profile, b: Profile, score: Score) -> None:
        pair = (a.item, b.item) if a.item < b.item else (b.item, a.item)
        if pair not in self.standing:
            self.doubts.append(Doubt(*pair, score, len(a.articles) * len(b.articles)))

    def _sorted_doubts(self) -> list[Doubt]:
        apart = [
            d for d in self.doubts
            if self.clusters.find(d.left) != self.clusters.find(d.right) and self.clusters.may_meet(d.left, d.right)
        ]  # fmt: skip
        best: dict[tuple[str, str], Doubt] = {}
        for doubt in apart:
            known = best.get((doubt.left, doubt.right))
            if known is None or known.score.value < doubt.score.value:
                best[doubt.left, doubt.right] = doubt
        return sorted(best.values(), key=lambda d: (-d.weight * d.score.value, d.left, d.right))

    # -- the gazetteer -------------------------------------------------------------------------------------------------

    def _clusters(self) -> dict[str, Cluster]:
        sets = self.clusters.sets(sorted(self.profiles))
        return {root: Cluster(root, [self.profiles[i] for i in members]) for root, members in sets.items()}

    def _look_up(self, found: dict[str, Cluster]) -> None:
        """Give each cluster the entry that it surely is; clusters that are one entry become one."""
        holders: dict[str, list[Cluster]] = {}
        for _, cluster in sorted(found.items()):
            cluster.entry, score = self.known.of(cluster)
            if cluster.entry:
                cluster.because, cluster.score = str(score), score.value
                holders.setdefault(cluster.entry.key, []).append(cluster)
        for first, *others in holders.values():
            for other in others:
                if self.clusters.unite(first.root, other.root):
                    for member in other.members:
                        self._because(member.item, Score((("one person of the gazetteer", 1.0),)))

    # -- bodies and surnames -------------------------------------------------------------------------------------------

    def _join_bodies(self) -> None:
        for a, b, score in acronym_links(self.profiles):
            if score.value >= SAME:
                if self.clusters.unite(a, b):
                    self._because(a, score)
            elif score.value >= DOUBTFUL:
                self._doubt(self.profiles[a], self.profiles[b], score)

    def _surnames_alone(self, appearances: list[Appearance], found: dict[str, Cluster]) -> dict[Place, Choice]:
        """Who is meant by a surname alone, article by article; places that are not in it mean their own profile."""
        surnames = Surnames(found.values(), self.gazetteer)
        judged = {item for pair in self.judgements.pairs("same") for item in pair}
        out: dict[Place, Choice] = {}
        for a in appearances:
            item = self.items[a.article, a.form]
            profile = self.profiles[item]
            if not profile.may_be_surname or a.local or item in judged:
                continue
            choice = surnames.choose(a, partial(self._may_be, item))
            for doubtful, score in choice.doubts:
                self._doubt(profile, doubtful.best_form(), score)
            if choice.decided:
                out[a.article, a.form] = choice
        return out

    def _may_be(self, item: str, cluster: Cluster) -> bool:
        return self.clusters.may_meet(item, cluster.root)

    # -- ids -----------------------------------------------------------------------------------------------------------

    def _identities(
        self, appearances: list[Appearance], found: dict[str, Cluster], surnames: dict[Place, Choice]
    ) -> dict[Place, Identity]:
        ids = _ids(found)
        out = {}
        for a in appearances:
            place = (a.article, a.form)
            item = self.items[place]
            choice = surnames.get(place)
            if choice is None:
                out[place] = self._identity(item, found[self.clusters.find(item)], ids)
            elif choice.cluster is None:
                out[place] = outside(a, choice)
            else:
                out[place] = self._of_cluster(found[choice.cluster.root], ids, choice.score)
        return out

    def _identity(self, item: str, cluster: Cluster, ids: dict[str, str]) -> Identity:
        return self._of_cluster(cluster, ids, self.why.get(item, Score()))

    @staticmethod
    def _of_cluster(cluster: Cluster, ids: dict[str, str], why: Score) -> Identity:
        entry = cluster.entry
        return Identity(
            ids[cluster.root], entry.name if entry else None, _wikidata(cluster), tuple(sorted(cluster.countries)),
            str(why) or "name", why.value if why.features else 1.0,
        )  # fmt: skip


def outside(a: Appearance, choice: Choice) -> Identity:
    """The identity of a surname alone that means nobody named fully in the corpus."""
    if choice.entry is None:
        return Identity(actor_id(a.bare, a.article), rule="surname alone, of several", score=0.0)
    entry = choice.entry
    return Identity(
        actor_id(entry.name), entry.name, entry.wikidata, entry.countries, str(choice.score), choice.score.value
    )  # fmt: skip


def _wikidata(cluster: Cluster) -> str | None:
    """The id that the gazetteer gives, else the one that the records give, if they give one."""
    if cluster.entry and cluster.entry.wikidata:
        return cluster.entry.wikidata
    told = set().union(*(p.wikidata for p in cluster.members))
    return told.pop() if len(told) == 1 else None


def _ids(found: dict[str, Cluster]) -> dict[str, str]:
    """An id for each cluster: of the name of its entry, else of its commonest form; no two have the same."""
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for root, cluster in sorted(
        found.items(), key=lambda item: (item[1].entry is None, min(p.item for p in item[1].members))
    ):
        id_ = actor_id(cluster.entry.name) if cluster.entry else cluster.best_form().form
        if id_ in taken:
            own = min(p.item for p in cluster.members)
            id_ = actor_id(cluster.best_form().name, own)
        taken.add(id_)
        ids[root] = id_
    return ids
