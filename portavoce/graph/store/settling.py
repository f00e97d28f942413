"""Who is who, decided anew for the names that articles and judgements have touched; and what hangs on it, counted anew.

The result is that of resolving all appearances of the corpus at once: names that nothing ties to a touched one cannot change.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace

from portavoce.graph.judgements import Judgements
from portavoce.graph.resolve import Gazetteer, Identity
from portavoce.graph.resolve.appearances import Appearance
from portavoce.graph.resolve.known import KnownPerson
from portavoce.graph.resolve.profiles import Profile
from portavoce.graph.resolve.resolver import Place, Resolver, outside
from portavoce.graph.resolve.surnames import Choice
from portavoce.graph.store.attributes import write_attributes
from portavoce.graph.store.counting import count_articles, count_new
from portavoce.graph.store.opening import transaction
from portavoce.graph.store.packing import packed
from portavoce.graph.store.profiles import Ties, appearances_of, counted, profile_of, profile_packed, ties_of
from portavoce.graph.store.voices import hear, mark_voices

AT_ONCE = 4000
"""Names that are decided together where many are: a bound for the memory, not for what is compared."""

Row = tuple[int, int, str, float]  # actor, identity, rule, score


class Settling:
    """One settling of a corpus."""

    def __init__(self, db: sqlite3.Connection, gazetteer: Gazetteer, judgements: Judgements) -> None:
        self.db, self.gazetteer, self.judgements = db, gazetteer, judgements
        self.ties = Ties(db)
        self.judged: dict[str, set[str]] = {}
        for reference in judgements.forms:
            form, _, article = reference.partition("@")
            self.judged.setdefault(form, set()).update({article} if article else ())
        self.identities: dict[tuple[str, str, str, str], tuple[int, int]] = {}
        self.touched: set[int] = set()

    def settle(self) -> None:
        """Decide and count anew what has changed; all of it or nothing is written."""
        with transaction(self.db):
            self.touched.update(actor for (actor,) in self.db.execute("SELECT actor FROM unnamed"))
            seeds = self._recount()
            waiting: list[int] = []
            for family in self.ties.families(seeds):
                waiting += family
                if len(waiting) >= AT_ONCE:
                    self._decide(waiting)
                    waiting = []
            self._decide(waiting)
            self.db.execute("DELETE FROM unsettled")
            write_attributes(self.db, self.touched)
            count_new(self.db)
            hear(self.db)
            self._drop_nobody()
            self.db.execute("DELETE FROM unnamed")

    # -- names ---------------------------------------------------------------------------------------------------------

    def _recount(self) -> set[int]:
        """Count the names that have changed; the names from which on who is who has to be decided."""
        known = KnownPerson(self.gazetteer)
        seeds: set[int] = set()
        gone: set[int] = set()
        rows = self.db.execute(
            "SELECT u.form, f.form, u.recount FROM unsettled u JOIN forms f ON f.key = u.form"
        ).fetchall()
        for form, words, recount in rows:
            profile = counted(self.db, form, words, anew=bool(recount))
            if profile is None:
                for tie in self.ties.put(form, set(), set()):
                    seeds.update(self.ties.others(tie))
                self.db.execute("DELETE FROM forms WHERE key = ?", (form,))
                gone.add(form)
                continue
            self.db.execute(
                "INSERT INTO profiles(form, profile) VALUES (?, ?) ON CONFLICT DO UPDATE SET profile = excluded.profile",
                (form, profile_packed(profile)),
            )
            for tie in self.ties.put(form, ties_of(profile, known), self._verdicts(words)):
                seeds.update(self.ties.others(tie))
            seeds.add(form)
        return seeds - gone

    def _verdicts(self, words: str) -> set[str]:
        """The verdicts that speak of a name."""
        if words not in self.judged:
            return set()
        return {line.id for line in self.judgements if words in {r.partition("@")[0] for r in line.pair}}

    def _profiles(self, forms: Iterable[int]) -> Iterator[tuple[int, str, dict[str, Profile], dict[str, str]]]:
        """Each name with its profiles by item, several where a verdict speaks of single articles; and those articles' items."""
        for form in forms:
            data, words = self.db.execute(
                "SELECT p.profile, f.form FROM forms f JOIN profiles p ON p.form = f.key WHERE f.key = ?", (form,)
            ).fetchone()
            if not self.judged.get(words):
                yield form, words, {words: profile_of(data, words)}, {}
                continue
            own: dict[str, str] = {}
            for node in self.judged[words]:
                row = self.db.execute("SELECT key FROM articles WHERE node = ?", (node,)).fetchone()
                if row:
                    own[str(row[0])] = f"{words}@{node}"
            profiles: dict[str, Profile] = {}
            for a in appearances_of(self.db, form):
                item = own.get(a.article, words)
                profiles.setdefault(item, Profile(item, words)).add(a)
            for profile in profiles.values():
                profile.settle()
            yield form, words, profiles, own

    # -- decisions -----------------------------------------------------------------------------------------------------

    def _decide(self, forms: list[int]) -> None:
        if not forms:
            return
        profiles: dict[str, Profile] = {}
        items: dict[int, tuple[str, dict[str, Profile], dict[str, str]]] = {}
        alone: list[tuple[str, Appearance]] = []
        for form, words, found, own in self._profiles(sorted(forms)):
            profiles.update(found)
            items[form] = (words, found, own)
            if any(p.may_be_surname for p in found.values()):
                alone += [(own.get(a.article, words), a) for a in appearances_of(self.db, form)]
        whole, choices, chosen = Resolver(self.gazetteer, self.judgements).resolve_profiles(profiles, alone)
        by_form: dict[str, list[tuple[str, Appearance]]] = {}
        for item, a in alone:
            by_form.setdefault(a.form, []).append((item, a))
        for form, (words, found, own) in items.items():
            if words in by_form:
                told = {int(a.article): self._told(item, a, whole, choices, chosen) for item, a in by_form[words]}
                self._apply_each(form, told)
            elif own:
                told = {
                    article: self._row(whole[own.get(str(article), words)])
                    for (article,) in self.db.execute("SELECT article FROM appearances WHERE form = ?", (form,))
                }
                self._apply_each(form, told)
            else:
                self._apply_all(form, self._row(whole[next(iter(found))]))

    def _told(
        self,
        item: str,
        a: Appearance,
        whole: dict[str, Identity],
        choices: dict[Place, Choice],
        chosen: dict[str, Identity],
    ) -> Row:
        choice = choices.get((a.article, a.form))
        if choice is None:
            return self._row(whole[item])
        if choice.cluster is None:
            node = self.db.execute("SELECT node FROM articles WHERE key = ?", (int(a.article),)).fetchone()[0]
            return self._row(outside(replace(a, article=node), choice))
        score = choice.score
        return self._row(
            replace(
                chosen[choice.cluster.root], rule=str(score) or "name", score=score.value if score.features else 1.0
            )
        )

    def _row(self, found: Identity) -> Row:
        name = (found.id, found.name or "", found.wikidata or "", packed(found.countries))
        keys = self.identities.get(name)
        if keys is None:
            keys = self.identities[name] = self._keys(name)
        return (*keys, found.rule, found.score)

    def _keys(self, name: tuple[str, str, str, str]) -> tuple[int, int]:
        self.db.execute("INSERT OR IGNORE INTO actors(id) VALUES (?)", name[:1])
        actor = int(self.db.execute("SELECT key FROM actors WHERE id = ?", name[:1]).fetchone()[0])
        told = (actor, *name[1:])
        self.db.execute("INSERT OR IGNORE INTO identities(actor, name, wikidata, countries) VALUES (?, ?, ?, ?)", told)
        row = self.db.execute(
            "SELECT key FROM identities WHERE actor = ? AND name = ? AND wikidata = ? AND countries = ?", told
        ).fetchone()
        return actor, int(row[0])

    def _apply_all(self, form: int, row: Row) -> None:
        """Give all appearances of a name one identity; those that have it already are not looked at."""
        known = self.db.execute("SELECT actor, identity, rule, score FROM profiles WHERE form = ?", (form,)).fetchone()
        if known == row:
            done = self.db.execute(
                "UPDATE appearances SET actor = ?, identity = ?, rule = ?, score = ?, counted = 1 WHERE form = ? AND counted = 0",
                (*row, form),
            )
            if done.rowcount:
                self.touched.add(row[0])
            return
        told = {
            article: row for (article,) in self.db.execute("SELECT article FROM appearances WHERE form = ?", (form,))
        }
        self._apply_each(form, told)
        self.db.execute("UPDATE profiles SET actor = ?, identity = ?, rule = ?, score = ? WHERE form = ?", (*row, form))

    def _apply_each(self, form: int, told: dict[int, Row]) -> None:
        changed, moved = [], []
        rows = self.db.execute(
            "SELECT article, actor, identity, rule, score, counted FROM appearances WHERE form = ?", (form,)
        )
        for article, actor, identity, rule, score, is_counted in rows:
            row = told[article]
            if (actor, identity, rule, score, is_counted) == (*row, 1):
                continue
            changed.append((*row, article, form))
            if actor != row[0] or identity != row[1]:
                self.touched.update(a for a in (actor, row[0]) if a is not None)
            if actor is not None and actor != row[0]:
                moved.append(article)
        if moved:
            self._leave(moved)
        self.db.executemany(
            "UPDATE appearances SET actor = ?, identity = ?, rule = ?, score = ?, counted = 1 WHERE article = ? AND form = ?",
            changed,
        )
        self.db.execute("UPDATE profiles SET actor = NULL WHERE form = ?", (form,))

    def _leave(self, articles: list[int]) -> None:
        """Take articles out of the counts before somebody in them becomes somebody else."""
        for article in articles:
            mark_voices(self.db, article=article)
        count_articles(self.db, articles, -1)

    def _drop_nobody(self) -> None:
        """Take out the actors whom no article knows any more."""
        for actor in sorted(self.touched):
            if self.db.execute("SELECT 1 FROM appearances WHERE actor = ?", (actor,)).fetchone() is None:
                self.db.execute("DELETE FROM identities WHERE actor = ?", (actor,))
                self.db.execute("DELETE FROM actors WHERE key = ?", (actor,))
            else:
                self.db.execute(
                    "DELETE FROM identities WHERE actor = ? AND NOT EXISTS"
                    " (SELECT 1 FROM appearances p WHERE p.actor = identities.actor AND p.identity = identities.key)",
                    (actor,),
                )
