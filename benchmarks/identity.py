"""What it costs to find out who is who: made-up mentions of made-up actors, resolved; minutes, memory, and how right it is.

The actors have common and rare surnames (a few share a thousand bearers), spellings in several transliterations, titles,
acronyms; each article names a dozen of them, the well-known ones far more often, and some by surname alone.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import time
from bisect import bisect
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

from portavoce.extract.lang import read_table
from portavoce.graph.resolve import Appearance, Gazetteer, identify, resolve

SYLLABLES = "ba be bo ca ce co da de di fa fe fo ga ge go la le li lo ma me mi mo na ne ni no pa pe pi ra re ri ro sa se si so ta te ti to va ve vi zo".split()
ENDINGS = ("ni", "ri", "lli", "tti", "sso", "nti", "lo", "ov", "enko", "skij")
SPELLINGS = (("skij", "sky"), ("skij", "skyj"), ("enko", "enco"), ("ov", "off"), ("k", "ch"), ("j", "y"))
BODIES = ("Istituto", "Agenzia", "Comitato", "Unione", "Federazione", "Centro")
FIELDS = ("Ricerca", "Trasporti", "Pesca", "Musica", "Acque", "Energia", "Strade", "Lavoro", "Sport", "Scuola")
COUNTRIES = ("Italia", "Francia", "Russia", "Stati Uniti", "Cina", "Brasile", "Turchia", "Ucraina")
TITLES = ("", "", "", "il ministro ", "la presidente ", "l'ex sindaco ")
FIRST = date(2020, 1, 1)
PER_ARTICLE = 12


def actors(count: int, rng: random.Random) -> list[tuple[str, str, str]]:
    """Names, acronyms ("" for persons) and countries of the actors; no two have the same name."""
    given = [name for name, row in read_table("it", "given_names").items() if row]
    surnames = sorted({
        "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(1, 2))).capitalize() + rng.choice(ENDINGS) for _ in range(count)
    })  # fmt: skip
    weights = list(accumulate(1 / (n + 3) for n in range(len(surnames))))
    found: dict[str, tuple[str, str, str]] = {}
    while len(found) < count:
        country = rng.choice(COUNTRIES)
        if rng.random() < 0.25:
            fields = rng.sample(FIELDS, 2)
            surname = rng.choice(surnames)
            name = f"{rng.choice(BODIES)} {fields[0]} e {fields[1]} di {surname}"
            found.setdefault(name, (name, name[0] + fields[0][0] + fields[1][0] + surname[0], country))
        else:
            name = f"{rng.choice(given)} {surnames[bisect(weights, rng.random() * weights[-1])]}"
            found.setdefault(name, (name, "", country))
    return list(found.values())


def mentions(count: int, people: list[tuple[str, str, str]], rng: random.Random) -> Iterator[tuple[int, Appearance]]:
    """So many appearances with the number of the actor who is meant."""
    weights = list(accumulate(1 / (n + 10) ** 0.8 for n in range(len(people))))
    made = 0
    for n in range(count):
        article, day = f"{n:020x}", (FIRST + timedelta(days=rng.randint(0, 1500))).isoformat()
        there = sorted({bisect(weights, rng.random() * weights[-1]) for _ in range(PER_ARTICLE)})
        places = frozenset(people[who][2] for who in there[:4])
        seen: set[str] = set()
        for who in there:
            name, acronym, _ = people[who]
            kind = "organization" if acronym else "person"
            said = spelled(name, acronym, rng)
            form = identify(said, kind=kind, article=article).id
            if form not in seen:
                seen.add(form)
                names = (said, acronym) if acronym and said == name and rng.random() < 0.3 else (said,)
                made += 1
                if made > count:
                    return
                yield who, Appearance(article, form, said, tuple(sorted(set(names))), kind, places=places, day=day)


def spelled(name: str, acronym: str, rng: random.Random) -> str:
    """A name as some article spells it."""
    chance = rng.random()
    if acronym:
        return acronym if chance < 0.3 else name
    if chance < 0.12:
        return name.rsplit(maxsplit=1)[-1]
    if chance < 0.2:
        given, surname = name.split(" ", 1)
        for old, new in SPELLINGS:
            if old in surname:
                return f"{given} {surname.replace(old, new)}"
    return rng.choice(TITLES) + name


def agreement(truth: list[int], found: list[str]) -> tuple[float, float]:
    """B-cubed precision and recall."""
    both, gold, told = Counter(zip(truth, found, strict=True)), Counter(truth), Counter(found)
    n = len(truth)
    precision = sum(k * k / told[pair[1]] for pair, k in both.items()) / n
    recall = sum(k * k / gold[pair[0]] for pair, k in both.items()) / n
    return round(100 * precision, 1), round(100 * recall, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mentions", type=int, default=1_000_000)
    parser.add_argument("--actors", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    made = list(mentions(options.mentions, actors(options.actors, rng), rng))
    Gazetteer.default()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, cpu = time.perf_counter(), time.process_time()
    resolution = resolve(appearance for _, appearance in made)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    found = [resolution.identities[a.article, a.form].id for _, a in made]
    precision, recall = agreement([who for who, _ in made], found)
    print(json.dumps({
        "mentions": len(made), "actors": options.actors, "names": len({a.form for _, a in made}), "seconds": round(seconds, 1), "cpu_seconds": round(cpu, 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, "before_mb": before // 1024,
        "found": len(set(found)), "b_cubed_precision": precision, "b_cubed_recall": recall, "doubts": len(resolution.doubts),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
