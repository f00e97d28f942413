"""A made-up corpus of records: actors with common and rare names, offices, deeds, topics, copies of agency texts.

    python benchmarks/corpus.py --articles 100000 --actors 20000 -o records.jsonl

Each article holds ten statements. The well-known speak far more often than others: of 20,000 actors the first says
some 5,000 of 1,000,000 statements. Deterministic: the same numbers and seed give the same bytes.
"""

from __future__ import annotations

import argparse
import random
import sys
from bisect import bisect
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

import orjson
from identity import actors, spelled

FIRST = date(2018, 1, 1)
DAYS = 2500
PER_ARTICLE = 10
SPEAKERS = 5  # different actors who speak in an article, at most
COPIED = 0.1  # share of articles that bring a statement of an earlier one again
TOPICS = 4000
HOLD = (
    "ministro dei Trasporti",
    "sindaco",
    "segretario generale",
    "portavoce",
    "presidente",
    "direttrice",
    "ambasciatore",
)
DEEDS = (
    ("accuse", "ha accusato"),
    ("criticize", "ha criticato"),
    ("consult", "ha incontrato"),
    ("support", "sostiene"),
    ("threaten", "ha minacciato"),
)
CATEGORIES = ("politics", "economy", "conflict", "sport", "health", "society")
CUES = (("ha detto", "dire"), ("ha dichiarato", "dichiarare"), ("sostiene", "sostenere"), ("ha ribadito", "ribadire"))
SYLLABLES = "ba be bi bo ca ce ci co da de di do fa fe fi fo ga go la le li lo ma me mi mo na ne ni no pa pe pi po ra re ri ro sa se si so ta te ti to va ve vi vo".split()


class Maker:
    """Makes one article after the other."""

    def __init__(self, actors_: int, seed: int) -> None:
        self.rng = random.Random(seed)
        self.people = actors(actors_, random.Random(seed))
        self.fame = list(accumulate(1 / (n + 25) ** 0.8 for n in range(len(self.people))))
        self.words = sorted(
            {"".join(self.rng.choice(SYLLABLES) for _ in range(self.rng.randint(2, 4))) for _ in range(6000)}
        )
        self.rng.shuffle(self.words)
        self.use = list(accumulate(1 / (n + 20) ** 0.7 for n in range(len(self.words))))
        self.topics = [
            f"{self.words[n % len(self.words)]} {self.words[(7 * n + 13) % len(self.words)]}" for n in range(TOPICS)
        ]
        self.topic_use = list(accumulate(1 / (n + 10) ** 0.8 for n in range(len(self.topics))))
        self.latest: list[tuple[int, str, str, date]] = []

    def article(self, number: int) -> dict[str, object]:
        """The record of the article with a number; numbers are asked for in order."""
        rng = self.rng
        there = list(dict.fromkeys(self._actor() for _ in range(SPEAKERS + 4)))
        speakers, day = there[:SPEAKERS], FIRST + timedelta(days=rng.randint(0, DAYS))
        again = rng.choice(self.latest) if self.latest and rng.random() < COPIED else None
        if again:
            day = again[3] + timedelta(days=rng.randint(0, 4))
            speakers, there = [again[0], *speakers[1:]], list(dict.fromkeys([again[0], *there]))
        pieces: list[str] = []
        length = 0
        statements, mentions, roles, relations = [], [], [], []
        calls = {who: self._called(who) for who in there}

        def put(text: str) -> dict[str, object]:
            nonlocal length
            pieces.append(text)
            span = {"start": length, "end": length + len(text), "text": text}
            length += len(text)
            return span

        def name(who: int) -> dict[str, object]:
            span = put(calls[who])
            mentions.append({**span, "actor_id": f"a{who}"})
            return span

        for n in range(PER_ARTICLE):
            who, topic = rng.choice(speakers), self._topic()
            if again and n == 0:
                who, topic = again[0], again[2]
            said_by = name(who)
            put(" ")
            words, lemma = rng.choice(CUES)
            cue = put(words)
            put(" che ")
            start = length
            if again and n == 0:
                put(again[1])
            else:
                put(f"{topic} {' '.join(self._words(rng.randint(6, 14)))}")
                if rng.random() < 0.45:
                    put(" con ")
                    name(rng.choice(there))
                put(f" {' '.join(self._words(3))}")
            text = "".join(pieces)[start:length]
            content = {"start": start, "end": length, "text": text}
            statements.append({
                "id": f"s{n}", "kind": rng.choice(("direct", "indirect", "indirect", "mixed")), "content": [content], "cue": cue, "cue_lemma": lemma,
                "speaker": said_by, "actor": calls[who], "actor_id": f"a{who}", "actor_kind": self._kind(who), "about": [topic],
                "topics": [{"id": f"http://eurovoc.europa.eu/{len(topic) * 7 + ord(topic[0])}", "label": f"tema {len(topic) * 7 + ord(topic[0])}"}],
                "category": rng.choice(CATEGORIES), "polarity": rng.choice(("asserts", "asserts", "denies", "open")),
                "rule": "verb-cue/after/ccomp…sentence+name", "confidence": round(rng.uniform(0.4, 0.99), 2),
            })  # fmt: skip
            if rng.random() < 0.04:
                self.latest = [*self.latest[-200:], (who, text, topic, day)]
            put(". ")
        if rng.random() < 0.5:
            holder, body = rng.choice(there), rng.choice(there)
            start = length
            name(holder)
            put(", ")
            role = rng.choice(HOLD)
            put(role)
            put(" di ")
            name(body)
            put(". ")
            evidence = "".join(pieces)[start : length - 2]
            roles.append({
                "actor_id": f"a{holder}", "role": role, "organization": calls[body],
                "evidence": {"start": start, "end": length - 2, "text": evidence},
            })  # fmt: skip
        for _ in range(rng.randint(0, 2)):
            source, target = rng.choice(there), rng.choice(there)
            type_, words = rng.choice(DEEDS)
            start = length
            name(source)
            put(" ")
            trigger = put(words)
            put(" ")
            name(target)
            put(". ")
            relations.append({
                "source": f"a{source}", "type": type_, "target": f"a{target}", "trigger": trigger,
                "evidence": {"start": start, "end": length - 2, "text": "".join(pieces)[start : length - 2]},
                "modality": rng.choice(("actual", "actual", "planned", "denied")), "statement": None,
            })  # fmt: skip
        return {
            "id": f"articolo-{number:06d}", "title": f"Notizia {number}", "text": "".join(pieces), "language": "it",
            "url": f"https://example.org/{number}", "published": day.isoformat(), "publisher": None, "statements": statements,
            "actors": [{"id": f"a{who}", "name": calls[who], "kind": self._kind(who), "aliases": []} for who in there],
            "mentions": mentions, "roles": roles, "relations": relations,
        }  # fmt: skip

    def _actor(self) -> int:
        return bisect(self.fame, self.rng.random() * self.fame[-1])

    def _topic(self) -> str:
        return self.topics[bisect(self.topic_use, self.rng.random() * self.topic_use[-1])]

    def _words(self, count: int) -> list[str]:
        return [self.words[bisect(self.use, self.rng.random() * self.use[-1])] for _ in range(count)]

    def _kind(self, who: int) -> str:
        return "organization" if self.people[who][1] else "person"

    def _called(self, who: int) -> str:
        name, acronym, _ = self.people[who]
        return spelled(name, acronym, self.rng)


def records(articles: int, *, actors: int = 20_000, seed: int = 1) -> Iterator[dict[str, object]]:
    """So many records, one after the other."""
    maker = Maker(actors, seed)
    for number in range(articles):
        yield maker.article(number)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--actors", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--output", default="-")
    options = parser.parse_args()
    stream = sys.stdout.buffer if options.output == "-" else Path(options.output).open("wb")  # noqa: SIM115
    with stream:
        for record in records(options.articles, actors=options.actors, seed=options.seed):
            stream.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))


if __name__ == "__main__":
    main()
