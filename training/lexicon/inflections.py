"""The inflected forms of frequent Italian words with their lemmas: `python -m training.lexicon.inflections OUT.tsv.gz`.

They come from Morph-it! 48 (Marco Baroni and Eros Zanchetta, CC BY-SA 2.0 and LGPL), as the package spacy-lookups-data has
it by part of speech. Only forms among the most frequent words (wordfreq) are kept.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import defaultdict
from importlib.resources import files
from pathlib import Path

from wordfreq import top_n_list

TABLES = {"VERB": "verb", "NOUN": "noun", "ADJ": "adj"}
FREQUENT = 200_000
LEFT_OUT = frozenset({"pari", "grazie"})
"""Forms that Morph-it! knows as inflected alone, and the treebanks as lemmas."""


def inflections() -> dict[tuple[str, str], list[str]]:
    """Return the forms of each lemma and part of speech, the lemma itself left out."""
    frequent = set(top_n_list("it", FREQUENT))
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for pos, table in TABLES.items():
        path = files("spacy_lookups_data").joinpath(f"data/it_lemma_lookup_{table}.json.gz")
        for form, lemma in json.loads(gzip.decompress(path.read_bytes())).items():
            if form not in frequent or form in LEFT_OUT or not (form.isalpha() and form.islower() and lemma.isalpha()):
                continue
            if pos == "ADJ" and form[:2] != lemma[:2]:
                found[form, pos] += []  # a comparative (maggiore: grande) is a lemma of its own in treebanks
            else:
                found[lemma, pos] += [form] if form != lemma else []
    return found


def main(out: Path) -> None:
    """Write one line a lemma: lemma, part of speech, forms."""
    lines = [f"{lemma}\t{pos}\t{' '.join(sorted(forms))}\n" for (lemma, pos), forms in sorted(inflections().items())]
    out.write_bytes(gzip.compress("".join(lines).encode(), 9, mtime=0))
    print(f"{len(lines)} lemmas, {sum(line.count(' ') + 1 for line in lines)} forms")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
