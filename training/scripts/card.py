"""The texts that travel with the packaged pipeline: model card and licence statement."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.about import __version__ as spacy_version

import portavoce
from portavoce.extract.components import PIPELINE_SCHEMA

TREEBANK_LICENCES = {
    "isdt": "CC BY-NC-SA 3.0",
    "vit": "CC BY-NC-SA 3.0",
    "partut": "CC BY-NC-SA 4.0",
    "postwita": "CC BY-NC-SA 4.0",
    "markit": "CC BY 4.0",
    "pud": "CC BY-SA 3.0",
    "parlamint": "CC BY-SA 4.0",
    "twittiro": "CC BY-SA 4.0",
}
NAMES = {
    "pos_acc": "UPOS",
    "morph_acc": "morphology",
    "lemma_acc": "lemmas",
    "dep_uas": "UAS",
    "dep_las": "LAS",
    "sents_f": "sentences F",
    "ents_f": "entities F",
    "ents_p": "entities P",
    "ents_r": "entities R",
    "ents_f_PER": "PER F",
    "ents_f_LOC": "LOC F",
    "ents_f_ORG": "ORG F",
}


def licence_of(file_name: str) -> str:
    """Return the licence of a source file."""
    if file_name.startswith("it_"):
        return TREEBANK_LICENCES.get(file_name.removeprefix("it_").partition("-")[0], "see its treebank")
    if not file_name.startswith(("WN", "ADG", "FIC")):
        if "geonames" in file_name:
            return "GeoNames, CC BY 4.0"
        return "Wikidata, CC0" if "wikidata" in file_name else "annotated for this project; text CC BY 2.5 (Wikinews)"
    text = "; text CC BY 2.5 (Wikinews)" if file_name.startswith("WN") else ""
    return f"annotation CC BY-NC 4.0{text}"


def score_table(scores: dict[str, dict[str, float]]) -> list[str]:
    """Return the scores as Markdown lists, one a test file."""
    titles = {
        "isdt": "UD Italian ISDT test",
        "vit": "UD Italian VIT test",
        "pud": "UD Italian PUD test",
        "wn": "KIND Wikinews dev",
    }
    lines = []
    for name, title in titles.items():
        if name in scores:
            values = scores[name]
            own = ", ".join(f"{NAMES[k]} {v:.1f}" for k, v in values.items() if k in NAMES)
            raw = ", ".join(
                f"{NAMES[k.removeprefix('running_')]} {v:.1f}" for k, v in values.items() if k.startswith("running_")
            )
            lines += [
                f"- **{title}**, on its own tokens: {own}.",
                f"  On running text, tokens and sentences found: {raw}.",
            ]
    return lines


def heading(title: str, megabytes: float) -> list[str]:
    """Return the first lines of a card: what this is, the versions it goes with, its size."""
    return [
        f"# {title}",
        "",
        f"Version {portavoce.__version__}, made for portavoce {portavoce.__version__} with pipeline schema {PIPELINE_SCHEMA}",
        f"and spaCy {'.'.join(spacy_version.split('.')[:2])}; {megabytes:.1f} MB on disk.",
        "",
    ]


def speed_line(scores: dict[str, dict[str, float]]) -> list[str]:
    """Return the line that says how fast the pipeline is, where it was measured."""
    if "speed" not in scores:
        return []
    return ["", f"About {scores['speed']['words_per_second']:,.0f} words a second on one core of a server CPU."]


def source_table(sources: dict[str, dict[str, object]]) -> list[str]:
    """Return the training data as a Markdown table, one row a file."""
    lines = [
        "| file | used for | sentences | tokens | licence | SHA-256 |",
        "|---|---|---|---|---|---|",
    ]
    for name, entry in sorted(sources.items()):
        lines.append(
            f"| {name} | {entry['role']} | {entry['sentences']} | {entry['tokens']} | {licence_of(name)} | `{entry['sha256']}` |"
        )
    return lines


LIMITS = (
    "## Limits",
    "",
    "News and parliamentary Italian; the treebanks have few quotations over several sentences. Entities are names only;",
    "roles (*il premier*) and metonyms (*Mosca*) are portavoce's work, not the pipeline's. Names of organisations are",
    "its weakest label.",
    "",
)


def model_card(
    *,
    sources: dict[str, dict[str, object]],
    scores: dict[str, dict[str, float]],
    megabytes: float,
    history: Sequence[str] = (),
) -> str:
    """Return the model card as Markdown."""
    lines = [
        *heading("The Italian pipeline of portavoce", megabytes),
        "What it does: UPOS tags and morphology, lemmas, dependency parse, sentence starts, and the entities PER, LOC and",
        "ORG, for Italian news. One convolutional tok2vec (width 128, depth 4; hash embeddings of norm, prefix, suffix, shape,",
        "spacing) is shared by morphologizer, trainable lemmatizer, parser and entity recogniser. Around them stand",
        "portavoce's own components: `portavoce_sentences` (sentence starts by rule, before the parser), `portavoce_lemmas`",
        "(reporting verbs) and `portavoce_entities` (word lists, given names, one label for one name within a document).",
        "",
        "## Licence",
        "",
        "**CC BY-NC-SA 4.0**: not for commercial use. The licence follows from the treebanks and entity annotation it was",
        "trained on; it is apart from the licence of portavoce's code. See `LICENSE` beside this file.",
        "",
        "## Scores",
        "",
        "Percent, spaCy's Scorer, multi-word tokens merged, UAS and LAS without punctuation. Nothing scored here was trained",
        "on, and weights were chosen by held-out parts of the training data; sentences with the same letters and digits are",
        "taken out of the training data. Not wholly blind: the sentence rule was written with an eye on boundaries in ISDT and",
        "VIT test, and counts of confusions in KIND Wikinews dev (places and organisations taken for persons) prompted the",
        "variants with other places and the entity rules, which were then measured on held-out parts. Running text is six",
        "consecutive sentences, for KIND fourteen, about an article; the entities are scored on these. KIND's own sentences",
        "end at colons and semicolons too, which holds its figure for sentences down.",
        "",
        *score_table(scores),
        *speed_line(scores),
        "",
        "The morphological features of PUD differ from those of the other treebanks; its figure for morphology says so.",
        "",
        "## Training data",
        "",
        *source_table(sources),
        "",
        "Tokens with multi-word tokens merged (*della* is one token, its lemma *di il*). A share of the tweets and of KIND's",
        "fiction and De Gasperi parts is used. Every fifth sentence of ISDT dev and every tenth part of KIND's Wikinews train",
        "are held out: they choose the best step. Variants of the documents have other typography and other names.",
        "",
        "## How to retrain",
        "",
        "`training/README.md` in the source repository: one command, about an hour on one core. The seed is fixed; the same",
        "data on the same machine give the same weights.",
        "",
        *history,
        "",
        *LIMITS,
    ]
    return "\n".join(lines)


def licence_text() -> str:
    """Return the licence statement of the packaged pipeline."""
    return (
        "The pipeline in this folder (the trained weights and their data files) is licensed under\n"
        "Creative Commons Attribution-NonCommercial-ShareAlike 4.0 International (CC BY-NC-SA 4.0):\n"
        "https://creativecommons.org/licenses/by-nc-sa/4.0/legalcode\n"
        "\n"
        "You may share and adapt it, for non-commercial purposes, if you give credit and license what you make from it\n"
        "under the same terms. It comes without any warranty.\n"
        "\n"
        "This licence is apart from the licence of portavoce's code, which is stated in the LICENSE file of the project.\n"
        "\n"
        "Credit: trained on UD Italian ISDT and VIT (CC BY-NC-SA 3.0), ParTUT and PoSTWITA (CC BY-NC-SA 4.0),\n"
        "MarkIT (CC BY 4.0), ParlaMint and TWITTIRO (CC BY-SA 4.0), and on KIND (annotation CC BY-NC 4.0;\n"
        "Wikinews text CC BY 2.5), with names from Wikidata (CC0) and GeoNames (CC BY 4.0). MODEL_CARD.md lists the files and their checksums.\n"
    )
