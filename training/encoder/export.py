"""The trained encoder as files that an installed portavoce runs: `python -m training.encoder.export RUN VOCABULARY OUT`.

The ONNX graph is written node by node, so that it holds just what runs: products with 8-bit weights (a scale for each
column) whose inputs are scaled by their own range. A window goes through alone, so the range is its own too, and no
result depends on what else is in a batch.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from portavoce.extract.encoder.lemmas import Lexicon
from portavoce.extract.encoder.session import ACTS, LEXICON, MODEL, SCHEME, TABLES, VOCABULARY
from training.encoder import acts, e5
from training.encoder.model import POINTED, TAGGED, Model
from training.encoder.texts import VARIANTS

OPSETS = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]


BLOCK = 32
PARTS = ("attention", "attended", "widening", "narrowing", "heads", "acts")
PRECISIONS = dict.fromkeys(PARTS, "dynamic")
"""`dynamic`: 8 bits with a scale a column, the input scaled by its range; `blocks`: 8 bits with a scale for every 32
weights, the input scaled likewise, which is slower and loses less; `float`."""


class Graph:
    """An ONNX graph in the making; every method adds nodes and returns the name of their output."""

    def __init__(self, precisions: dict[str, str]) -> None:
        self.precisions = precisions
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self._count = 0

    def _new(self) -> str:
        self._count += 1
        return f"n{self._count}"

    def constant(self, value: np.ndarray) -> str:
        """Add a constant."""
        name = self._new()
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, *given: str, out: str | None = None, domain: str = "", **attributes: object) -> str:
        """Add one node with one output."""
        name = out or self._new()
        self.nodes.append(helper.make_node(kind, list(given), [name], domain=domain, **attributes))
        return name

    def split(self, given: str, sizes: list[int], axis: int) -> list[str]:
        """Cut along an axis."""
        names = [self._new() for _ in sizes]
        self.nodes.append(
            helper.make_node("Split", [given, self.constant(np.array(sizes, np.int64))], names, axis=axis)
        )
        return names

    def linear(self, given: str, weight: np.ndarray, bias: np.ndarray | None, *, part: str = "") -> str:
        """`given @ weight + bias`, weight of shape (in, out), in the precision of its part of the model."""
        precision = self.precisions.get(part, "float")
        if precision == "dynamic":
            scale = np.maximum(np.abs(weight).max(0), 1e-8) / 127
            codes = np.round(weight / scale).astype(np.int8)
            parts = [
                self.constant(codes),
                self.constant(scale.astype(np.float32)),
                self.constant(np.zeros(len(scale), np.int8)),
            ]
            if bias is not None:
                parts.append(self.constant(bias.astype(np.float32)))
            return self.node("DynamicQuantizeMatMul", given, *parts, domain="com.microsoft")
        if precision == "blocks":
            blocks = weight.T.reshape(weight.shape[1], -1, BLOCK)
            scale = np.maximum(np.abs(blocks).max(-1), 1e-8) / 127
            codes = (np.round(blocks / scale[..., None]) + 128).astype(np.uint8)
            made = self.node(
                "MatMulNBits", given, self.constant(codes), self.constant(scale.astype(np.float32)), domain="com.microsoft",
                K=weight.shape[0], N=weight.shape[1], bits=8, block_size=BLOCK, accuracy_level=4,
            )  # fmt: skip
        else:
            made = self.node("MatMul", given, self.constant(weight.astype(np.float32)))
        return made if bias is None else self.node("Add", made, self.constant(bias.astype(np.float32)))

    def norm(self, given: str, layer: torch.nn.LayerNorm) -> str:
        """Layer normalisation over the last axis."""
        weight, bias = array(layer.weight), array(layer.bias)
        return self.node(
            "LayerNormalization", given, self.constant(weight), self.constant(bias), axis=-1, epsilon=layer.eps
        )

    def layer(self, x: str, layer: e5.Layer, width: int, *, parts: Sequence[str] = PARTS[:4]) -> str:
        """One transformer layer over (windows, pieces, width); `parts` name its four products."""
        weight = np.concatenate([array(m.weight).T for m in (layer.q, layer.k, layer.v)], 1)
        bias = np.concatenate([array(m.bias) for m in (layer.q, layer.k, layer.v)])
        pieces = self.split(self.linear(x, weight, bias, part=parts[0]), [width] * 3, 2)
        attended = self.node("MultiHeadAttention", *pieces, domain="com.microsoft", num_heads=layer.heads)
        attended = self.linear(attended, array(layer.ao.weight).T, array(layer.ao.bias), part=parts[1])
        x = self.norm(self.node("Add", x, attended), layer.aln)
        fed = self.node("Gelu", self.linear(x, array(layer.fi.weight).T, array(layer.fi.bias), part=parts[2]))
        fed = self.linear(fed, array(layer.fo.weight).T, array(layer.fo.bias), part=parts[3])
        return self.norm(self.node("Add", x, fed), layer.oln)

    def model(
        self, given: dict[str, tuple[int, list]], outputs: Sequence[str], axes: Sequence[list]
    ) -> onnx.ModelProto:
        """The graph as a model: inputs by name with their type and shape, outputs with their shapes."""
        made = helper.make_graph(
            self.nodes,
            "portavoce",
            [helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in given.items()],
            [helper.make_tensor_value_info(n, TensorProto.FLOAT, a) for n, a in zip(outputs, axes, strict=True)],
            self.constants,
        )
        return helper.make_model(made, opset_imports=OPSETS, ir_version=10)


def array(tensor: torch.Tensor) -> np.ndarray:
    """Return a parameter as float32."""
    return tensor.detach().float().numpy()


def graph_of(model: Model, precisions: dict[str, str]) -> onnx.ModelProto:
    """Return the model as an ONNX graph; `precisions` says for each of `PARTS` how its products are done.

    Inputs: `embedded` (1, pieces, width), `first` and `last` (words + 1), whose entry 0 is the opening piece. Outputs:
    `tags` (words + 1, classes), `arcs` and the pointers (words + 1, words + 1), `dependents` and `heads` (words + 1, d),
    and `below` (1, pieces, width), which the second look starts from.
    """
    graph = Graph(precisions)
    encoder = model.encoder
    places = array(encoder.position + encoder.kind[0] + encoder.variant[0])
    length = graph.node(
        "Slice", graph.node("Shape", "embedded"), *(graph.constant(np.array([v], np.int64)) for v in (1, 2))
    )
    zero = graph.constant(np.array([0], np.int64))
    positions = graph.node("Slice", graph.constant(places), zero, length, zero)
    x = graph.norm(graph.node("Add", "embedded", positions), encoder.norm)
    width = places.shape[1]
    for number, layer in enumerate(encoder.layers, 1):
        x = graph.layer(x, layer, width)
        if number == model.branch:
            graph.node("Identity", x, out="below")
    flat = graph.node("Squeeze", x, zero)
    words = graph.node("Add", graph.node("Gather", flat, "first"), graph.node("Gather", flat, "last"))
    pairs = [model.arcs, *(model.pointers[name] for name in POINTED)]
    projections = [model.tags[name] for name in TAGGED]
    projections += [linear for pair in [*pairs, model.labels] for linear in (pair.dependent, pair.head)]
    weight = np.concatenate([array(m.weight).T for m in projections], 1)
    bias = np.concatenate([array(m.bias) for m in projections])
    tag_width = sum(model.tags[name].out_features for name in TAGGED)
    sizes = [tag_width, *(m.out_features for m in projections[len(TAGGED) :])]
    tags, *vectors = graph.split(graph.linear(words, weight, bias, part="heads"), sizes, 1)
    graph.node("Identity", tags, out="tags")
    vectors = [graph.node("Gelu", v) for v in vectors]
    for name, pair, dependent, head in zip(("arcs", *POINTED), pairs, vectors[0::2], vectors[1::2], strict=False):
        through = graph.linear(dependent, array(pair.pair), array(pair.prior))
        graph.node("MatMul", through, graph.node("Transpose", head, perm=[1, 0]), out=name)
    graph.node("Identity", vectors[-2], out="dependents")
    graph.node("Identity", vectors[-1], out="heads")
    outputs = ["tags", "arcs", "dependents", "heads", *POINTED]
    given = {
        "embedded": (TensorProto.FLOAT, [1, "pieces", width]),
        "first": (TensorProto.INT64, ["words"]),
        "last": (TensorProto.INT64, ["words"]),
    }
    axes = [*([["words", None]] * len(outputs)), [1, "pieces", width]]
    return graph.model(given, [*outputs, "below"], axes)


def acts_graph_of(model: Model, precisions: dict[str, str]) -> onnx.ModelProto:
    """Return the second look as an ONNX graph.

    Inputs: `below` (1, pieces, width), `marks` (acts, pieces, 2), one where a piece is marked, `first` and `last` (words).
    Output: `acts` (acts, words, scores of all `OUTPUTS`).
    """
    graph = Graph(precisions)
    reader = model.acts
    width = reader.mark.shape[1]
    x = graph.node("Add", "below", graph.node("MatMul", "marks", graph.constant(array(reader.mark))))
    for layer in reader.layers:
        x = graph.layer(x, layer, width, parts=["acts"] * 4)
    words = graph.node("Add", graph.node("Gather", x, "first", axis=1), graph.node("Gather", x, "last", axis=1))
    weight = np.concatenate([array(reader.outputs[name].weight).T for name in acts.OUTPUTS], 1)
    bias = np.concatenate([array(reader.outputs[name].bias) for name in acts.OUTPUTS])
    graph.node("Identity", graph.linear(words, weight, bias), out="acts")
    given = {
        "below": (TensorProto.FLOAT, [1, "pieces", width]),
        "marks": (TensorProto.FLOAT, ["acts", "pieces", 2]),
        "first": (TensorProto.INT64, ["words"]),
        "last": (TensorProto.INT64, ["words"]),
    }
    return graph.model(given, ["acts"], [["acts", "words", None]])


def export(
    model: Model,
    classes: dict[str, list[str]],
    vocabulary: Path,
    out: Path,
    lexicon: Lexicon,
    *,
    precisions: dict[str, str] | None = None,
) -> None:
    """Write the files of the encoder component to `out`."""
    out.mkdir(parents=True, exist_ok=True)
    model.eval()
    precisions = PRECISIONS if precisions is None else precisions
    for file, made in ((MODEL, graph_of(model, precisions)), (ACTS, acts_graph_of(model, precisions))):
        (out / file).write_bytes(made.SerializeToString(deterministic=True))
    scheme = {
        "classes": classes | {"category": list(acts.CATEGORIES)},
        "tagged": list(TAGGED),
        "pointed": list(POINTED),
        "acts": acts.OUTPUTS,
    }
    (out / SCHEME).write_text(json.dumps(scheme, ensure_ascii=False, indent=0) + "\n", encoding="utf8")
    (out / VOCABULARY).write_bytes((vocabulary / "vocabulary.json").read_bytes())
    lexicon.write(out / LEXICON)
    stored = np.load(vocabulary / "embeddings.npz")
    labels = model.labels
    np.savez(
        out / TABLES,
        scale=stored["scale"],
        nibbles=stored["nibbles"],
        label_pair=array(labels.pair).astype(np.float16).astype(np.float32),
        label_bias=array(labels.of_dependent.bias),
        label_of_dependent=array(labels.of_dependent.weight).T,
        label_of_head=array(labels.of_head.weight).T,
    )


def load(run: Path, source: Path) -> tuple[Model, dict[str, list[str]], Lexicon]:
    """Return the model of a training run's checkpoint, its classes, and its lexicon."""
    classes = json.loads((run / "classes.json").read_text("utf8"))
    model = Model(e5.read(source), classes, variants=VARIANTS)
    model.load_state_dict(torch.load(run / "checkpoint.pt", weights_only=False, map_location="cpu")["model"])
    return model, classes, Lexicon.read(run / LEXICON)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("e5", type=Path)
    parser.add_argument("run", type=Path, help="what training.encoder.train wrote")
    parser.add_argument("vocabulary", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument(
        "--precision", nargs=2, action="append", default=[], metavar=("PART", "HOW"),
        help=f"PART: {', '.join(PARTS)} or all; HOW: dynamic, blocks or float, to see what 8 bits lose",
    )  # fmt: skip
    given = parser.parse_args()
    trained, names, known = load(given.run, given.e5)
    chosen = dict(PRECISIONS)
    for name, how in given.precision:
        chosen |= dict.fromkeys(PARTS, how) if name == "all" else {name: how}
    export(trained, names, given.vocabulary, given.out, known, precisions=chosen)
