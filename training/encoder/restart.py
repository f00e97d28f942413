"""Takes the weights of an exported pipeline up again, so that training goes on from what ships.

What the export leaves out starts anew: the vectors that tell corpora apart, and a second look where there is none.
`python -m training.encoder.restart PIPELINE/portavoce_encoder VOCABULARY` writes the vocabulary that belongs to it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

from portavoce.extract.encoder.session import ACTS, MODEL, SCHEME, TABLES, VOCABULARY
from training.encoder import acts
from training.encoder.e5 import Layer
from training.encoder.model import POINTED, TAGGED, Model

Linear = tuple[np.ndarray, np.ndarray]


class _Graph:
    """The linear layers (weight (in, out), bias) and normalisations of an exported graph, in the order of its nodes."""

    def __init__(self, path: Path) -> None:
        graph = onnx.load(path).graph
        self.constants = {c.name: numpy_helper.to_array(c) for c in graph.initializer}
        self.linears, self.norms = self._linears(graph.node), self._norms(graph.node)

    def _linears(self, nodes: list[onnx.NodeProto]) -> Iterator[Linear]:
        held = self.constants
        for number, node in enumerate(nodes):
            if node.op_type == "DynamicQuantizeMatMul":
                yield held[node.input[1]].astype(np.float32) * held[node.input[2]], held[node.input[4]]
            elif node.op_type == "MatMulNBits":
                codes, scale = held[node.input[1]], held[node.input[2]]
                weight = (codes.astype(np.float32) - 128) * scale.reshape(*codes.shape[:2], 1)
                yield weight.reshape(codes.shape[0], -1).T, held[nodes[number + 1].input[1]]
            elif node.op_type == "MatMul" and node.input[1] in held:
                following = nodes[number + 1]
                if following.op_type == "Add" and following.input[0] == node.output[0]:
                    yield held[node.input[1]], held[following.input[1]]

    def _norms(self, nodes: list[onnx.NodeProto]) -> Iterator[Linear]:
        for node in nodes:
            if node.op_type == "LayerNormalization":
                yield self.constants[node.input[1]], self.constants[node.input[2]]

    def into(self, layer: Layer) -> None:
        """Fill the next transformer layer."""
        weight, bias = next(self.linears)
        for part, w, b in zip((layer.q, layer.k, layer.v), np.split(weight, 3, 1), np.split(bias, 3), strict=True):
            fill(part, (w, b))
        fill(layer.ao, next(self.linears))
        set_norm(layer.aln, next(self.norms))
        fill(layer.fi, next(self.linears))
        fill(layer.fo, next(self.linears))
        set_norm(layer.oln, next(self.norms))


def fill(layer: nn.Linear, found: Linear) -> None:
    """Set a linear layer."""
    layer.weight.data.copy_(torch.from_numpy(np.ascontiguousarray(found[0].T)))
    layer.bias.data.copy_(torch.from_numpy(found[1].copy()))


def set_norm(layer: nn.LayerNorm, found: Linear) -> None:
    """Set a normalisation."""
    layer.weight.data.copy_(torch.from_numpy(found[0].copy()))
    layer.bias.data.copy_(torch.from_numpy(found[1].copy()))


def classes_of(folder: Path) -> dict[str, list[str]]:
    """Return the classes of the layers that the exported files in `folder` were trained for."""
    found: dict[str, list[str]] = json.loads((folder / SCHEME).read_text("utf8"))["classes"]
    found.pop("category", None)  # those of the acts are fixed
    return found


def restart(model: Model, folder: Path, classes: dict[str, list[str]]) -> None:
    """Fill `model` from the exported files in `folder`; other classes than those of `model` are a ValueError."""
    scheme = json.loads((folder / SCHEME).read_text("utf8"))
    for name, values in classes.items():
        if scheme["classes"].get(name) != values:
            raise ValueError(f"{folder} was trained for other classes of {name!r}: train from the encoder's own file")
    graph = _Graph(folder / MODEL)
    encoder = model.encoder
    places = next(c for c in graph.constants.values() if c.shape == tuple(encoder.position.shape))
    encoder.position.data.copy_(torch.from_numpy(places.copy()) - encoder.kind.data[0])
    encoder.variant.data.zero_()
    set_norm(encoder.norm, next(graph.norms))
    for layer in encoder.layers:
        graph.into(layer)
    pairs = [model.arcs, *(model.pointers[name] for name in POINTED)]
    projections = [model.tags[name] for name in TAGGED]
    projections += [linear for pair in [*pairs, model.labels] for linear in (pair.dependent, pair.head)]
    weight, bias = next(graph.linears)
    at = 0
    for part in projections:
        end = at + part.out_features
        fill(part, (weight[:, at:end], bias[at:end]))
        at = end
    for pair in pairs:
        found, prior = next(graph.linears)
        pair.pair.data.copy_(torch.from_numpy(found.copy()))
        pair.prior.data.copy_(torch.from_numpy(prior.copy()))
    tables, labels = np.load(folder / TABLES), model.labels
    labels.pair.data.copy_(torch.from_numpy(tables["label_pair"]))
    labels.of_dependent.bias.data.copy_(torch.from_numpy(tables["label_bias"]))
    labels.of_dependent.weight.data.copy_(torch.from_numpy(tables["label_of_dependent"].T.copy()))
    labels.of_head.weight.data.copy_(torch.from_numpy(tables["label_of_head"].T.copy()))
    if not (folder / ACTS).exists():
        for layer, like in zip(model.acts.layers, encoder.layers[model.branch :], strict=True):
            layer.load_state_dict(like.state_dict())
        return
    graph = _Graph(folder / ACTS)
    model.acts.mark.data.copy_(torch.from_numpy(graph.constants["n1"].copy()))
    for layer in model.acts.layers:
        graph.into(layer)
    weight, bias = next(graph.linears)
    at = 0
    for name, size in acts.OUTPUTS.items():
        fill(model.acts.outputs[name], (weight[:, at : at + size], bias[at : at + size]))
        at += size


def write_vocabulary(folder: Path, out: Path) -> None:
    """Write the vocabulary of the exported files in `folder` as `training.encoder.vocabulary` writes one."""
    out.mkdir(parents=True, exist_ok=True)
    (out / VOCABULARY).write_bytes((folder / VOCABULARY).read_bytes())
    tables = np.load(folder / TABLES)
    np.savez(out / "embeddings.npz", scale=tables["scale"], nibbles=tables["nibbles"])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder portavoce_encoder of a pipeline")
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    write_vocabulary(given.folder, given.out)
