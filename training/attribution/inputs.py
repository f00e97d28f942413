"""What the trainings of attributions and of speakers are given: the options of both, and the articles that these name."""

from __future__ import annotations

import argparse
from pathlib import Path

from spacy.language import Language

from portavoce.extract.tokens import Tokens
from portavoce.records import Article
from training.attribution.corpus import parsed, read_gold, unseen

HOUSE = Path(__file__).resolve().parents[2]
LANGUAGE = HOUSE / "portavoce/extract/lang/it"


def options_parser(description: str | None) -> argparse.ArgumentParser:
    """The command line that both trainings share."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--dev", type=Path)
    parser.add_argument("--written", type=Path, help="more annotated articles: what training.articles.build wrote")
    parser.add_argument("--pipeline")
    parser.add_argument("--cache", type=Path, default=HOUSE / "build/parses")
    parser.add_argument(
        "--evidence", type=Path, help="what training.encoder.evidence wrote of the articles that are learned from"
    )
    parser.add_argument("--out", type=Path, help="by default the file of the language's folder that fits")
    return parser


def learned_from(path: Path, nlp: Language, options: argparse.Namespace) -> list[tuple[Article, Tokens]]:
    """The articles of a file with their tokens; with ``--evidence`` as encoders read them that never saw the annotation."""
    if options.evidence:
        return list(unseen(read_gold(path), nlp, options.evidence))
    return list(parsed(read_gold(path), nlp, options.cache, with_evidence=False))


def held_out(path: Path, nlp: Language, options: argparse.Namespace) -> list[tuple[Article, Tokens]]:
    """The articles of a file that took no part, as the pipeline itself reads them."""
    return list(parsed(read_gold(path), nlp, options.cache, with_evidence=options.evidence is not None))
