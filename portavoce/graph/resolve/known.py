"""Which entry of the gazetteer somebody is, if any: a name alone is not enough, its surroundings must not contradict."""

from __future__ import annotations

from datetime import date

from portavoce.graph.resolve.gazetteer import Entry, Gazetteer
from portavoce.graph.resolve.match import NOTHING, SAME, Score, compare_names
from portavoce.graph.resolve.profiles import Cluster, Profile
from portavoce.graph.resolve.roles import fits, is_of_public_life
from portavoce.graph.resolve.spelling import person_name

MARGIN = 0.05
"""By how much one entry must be surer than any other."""


class KnownPerson:
    """Looks up clusters of names in a gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._named: dict[str, list[tuple[Entry, Score]]] = {}

    def named(self, profile: Profile) -> list[Entry]:
        """The entries that bear a profile's name, whatever speaks against them."""
        return [entry for entry, _ in self._by_name(profile)]

    def search(self, profile: Profile) -> list[Entry]:
        """The same, looked up anew: for a profile whose form has other names elsewhere."""
        return [entry for entry, _ in self._search(profile)]

    def exactly(self, profile: Profile) -> set[str]:
        """The keys of the entries that have a profile's name to the letter."""
        return {entry.key for entry in self.gazetteer.exact(profile.person)} if profile.person else set()

    def of(self, cluster: Cluster) -> tuple[Entry | None, Score]:
        """The entry that a cluster is and why; None where no entry is sure enough, or two are."""
        told = set().union(*(p.wikidata for p in cluster.members))
        scores: dict[str, tuple[float, Entry, Score]] = {}
        for profile in cluster.members:
            for entry, score in self._by_name(profile):
                full = self._in_context(cluster, entry, score, told)
                known = scores.get(entry.key)
                if known is None or known[0] < full.value:
                    scores[entry.key] = (full.value, entry, full)
        ranked = sorted(scores.values(), key=lambda s: (-s[0], s[1].key))
        if not ranked or ranked[0][0] < SAME:
            return None, NOTHING
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < MARGIN:
            return None, NOTHING
        return ranked[0][1], ranked[0][2]

    def _by_name(self, profile: Profile) -> list[tuple[Entry, Score]]:
        found = self._named.get(profile.form)
        if found is None:
            found = self._named[profile.form] = self._search(profile)
        return found

    def _search(self, profile: Profile) -> list[tuple[Entry, Score]]:
        if profile.person is None:
            return [(entry, Score((("name of the gazetteer", 0.9),))) for entry in self.gazetteer.bodies(profile.name)]
        name = profile.person
        if name.single:
            return [
                (e, Score((("name of the gazetteer", 0.9),)))
                for e in self.gazetteer.exact(name)
                if _own_name(e, profile)
            ]
        out: dict[str, tuple[Entry, Score]] = {}
        for entry in (*self.gazetteer.exact(name), *self.gazetteer.sounding(name)):
            best = NOTHING
            for told in entry.names:
                parts = person_name(told)
                score = compare_names(name, parts) if parts else NOTHING
                best = max(best, score, key=lambda s: s.value)
            if best.value >= 0.7:
                out[entry.key] = (entry, best)
        return list(out.values())

    def _in_context(self, cluster: Cluster, entry: Entry, score: Score, told: set[str]) -> Score:
        if told:
            if entry.wikidata in told:
                return score.plus("Wikidata id of the record", 1.0)
            if entry.wikidata:
                return score.plus("other Wikidata id", -1.0)
        if entry.own:
            return score.plus("entry of the user's", 0.2)
        if entry.countries:
            share = _share(cluster, entry)
            if share == 0:
                score = score.plus("no article names the country", -0.4)
            else:
                score = score.plus("articles that name the country", round(0.1 * share, 3))
        days = [day for p in cluster.members for day in p.days]
        if days and not any(entry.alive_on(date.fromordinal(day).isoformat()) for day in days):
            score = score.plus("not in office in these years", -0.5)
        roles = sorted({role for p in cluster.members for role in p.roles})
        if any(fits(role, entry) for role in roles):
            score = score.plus("office", 0.2)
        elif roles and entry.rank < 2 and not any(is_of_public_life(role) for role in roles):
            score = score.plus("other roles", -0.35)
        elif entry.rank == 0 and not roles and not _is_distinctive(cluster):
            score = score.plus("no office told", -0.05)
        return score


def _own_name(entry: Entry, profile: Profile) -> bool:
    """Whether a single word is a name that the entry lists as one."""
    return any(person_name(name) == profile.person for name in entry.names)


def _share(cluster: Cluster, entry: Entry) -> float:
    total = sum(len(p.articles) for p in cluster.members)
    return min(1.0, sum(p.share_in(entry.countries) * len(p.articles) for p in cluster.members) / max(1, total))


def _is_distinctive(cluster: Cluster) -> bool:
    return any(p.person is not None and len(p.person.words) > 2 for p in cluster.members)
