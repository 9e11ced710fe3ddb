"""Store the encoder's matrices so that products of bytes are exact on every processor and in any batch.

``python training/requantise.py`` rewrites a model that an earlier export made; ``export.py`` makes new ones
so from the start.

Weights are rounded to seven bits, one scale a column. Processors without VNNI add products of unsigned and
signed bytes in pairs of 16 bits, which saturate at 32,767: two products of 255 and 63 sum to 32,130 and never
do. Activations are rounded to eight bits around 128, one scale a word piece, so that no piece's rounding
depends on what else is in the batch. The sums of floats between the products are as before: their last digits
may differ from one family of processors to another, and so then may roundings (see MODEL_CARD.md).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

import numpy as np  # noqa: E402
import onnx  # noqa: E402
from numpy.typing import NDArray  # noqa: E402
from onnx import helper, numpy_helper  # noqa: E402

MODEL_FOLDER = HERE.parent / "src" / "cairn" / "readings" / "model"
MATRICES = frozenset({(384, 1152), (384, 384), (384, 1536), (1536, 384)})
"""Shapes of the encoder's four kinds of matrix; all others keep full precision."""
WEIGHT_STEPS = 63
"""Largest weight: 2 * 255 * 63 < 2 ** 15."""
ACTIVATION_STEPS = 127
"""Largest activation on either side of ``MIDDLE``."""
MIDDLE = 128
MIDDLES = numpy_helper.from_array(np.array([MIDDLE], np.uint8))
WIDTH = 384
"""Numbers in a word's state."""
HEAVY = 4_000
"""Numbers from which a matrix of the heads is stored in 16 bits; norms and biases are shorter."""
SMALLEST = 1e-8
"""Least largest value of a piece or a column, so that none is divided by zero."""
FUSED = "com.microsoft"
"""Domain of onnxruntime's product of bytes that multiplies by the columns' scales as it writes."""


FILES = ("reading.onnx", "pointer.onnx", "tokenizer.json", "labels.json", "LICENCE")


def write_manifest(folder: Path) -> None:
    """Write the SHA-256 of each shipped file, which loading checks."""
    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES}
    (folder / "manifest.json").write_text(json.dumps(hashes, indent=2) + "\n", encoding="utf-8")


def seven_bits(weights: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return a matrix (inputs, outputs) as small integers, and the scale of each column."""
    scale = (np.maximum(np.abs(weights).max(0), SMALLEST) / WEIGHT_STEPS).astype(np.float32)
    return np.clip(np.rint(weights / scale), -WEIGHT_STEPS, WEIGHT_STEPS).astype(np.int8), scale


def exact_products(model: onnx.ModelProto) -> int:
    """Put an exact product in place of each product with one of the encoder's matrices.

    Args:
        model: in full precision; changed in place.

    Returns:
        How many products were put.
    """
    graph = model.graph
    tensors = {one.name: one for one in graph.initializer}
    constants = {
        "one_axis": np.array([-1], np.int64),
        "last_axis": np.array([-1], np.int64),
        "smallest": np.array(SMALLEST, np.float32),
        "activation_step": np.array(1 / ACTIVATION_STEPS, np.float32),
        "no_scale": np.array(1, np.float32),
        "middle": np.array(MIDDLE, np.uint8),
    }
    nodes: list[onnx.NodeProto] = []
    done = 0
    for node in graph.node:
        matrix = tensors.get(node.input[1]) if node.op_type == "MatMul" else None
        if matrix is None or tuple(matrix.dims) not in MATRICES:
            nodes.append(node)
            continue
        small, scale = seven_bits(numpy_helper.to_array(matrix))
        inputs = len(small)
        graph.initializer.remove(matrix)
        weights, scales = f"{matrix.name}_small", f"{matrix.name}_scale"
        graph.initializer.extend(
            [numpy_helper.from_array(small, weights), numpy_helper.from_array(scale, scales)]
        )
        constants[f"rows_of_{inputs}"] = np.array([-1, inputs], np.int64)
        nodes += _product(node.input[0], node.output[0], weights, scales, inputs)
        done += 1
    graph.initializer.extend(numpy_helper.from_array(value, name) for name, value in constants.items())
    del graph.node[:]
    graph.node.extend(nodes)
    if all(one.domain != FUSED for one in model.opset_import):
        model.opset_import.append(helper.make_opsetid(FUSED, 1))
    onnx.checker.check_model(model)
    return done


def _product(values: str, result: str, weights: str, scales: str, inputs: int) -> list[onnx.NodeProto]:
    """Return the nodes of one product: values (batch, pieces, inputs), result (batch, pieces, outputs)."""

    def node(kind: str, given: list[str], made: str, **options: object) -> onnx.NodeProto:
        return helper.make_node(kind, given, [f"{result}_{made}"], f"{result}_{made}", **options)

    def of(name: str) -> str:
        return f"{result}_{name}"

    return [
        node("Abs", [values], "sizes"),
        node("ReduceMax", [of("sizes"), "last_axis"], "largest", keepdims=1),
        node("Max", [of("largest"), "smallest"], "bounded"),
        node("Mul", [of("bounded"), "activation_step"], "step"),
        node("Reshape", [of("step"), "one_axis"], "steps"),
        node("Shape", [of("steps")], "count"),
        node("ConstantOfShape", [of("count")], "middles", value=MIDDLES),
        node("Reshape", [values, f"rows_of_{inputs}"], "rows"),
        node("QuantizeLinear", [of("rows"), of("steps"), of("middles")], "small_rows", axis=0),
        node("Shape", [values], "shape"),
        node("Reshape", [of("small_rows"), of("shape")], "small"),
        node(
            "MatMulIntegerToFloat",
            [of("small"), weights, "no_scale", scales, "middle"],
            "sums",
            domain=FUSED,
        ),
        helper.make_node("Mul", [of("sums"), of("step")], [result], of("scaled")),
    ]


def lighten_heads(model: onnx.ModelProto) -> int:
    """Store the heads' matrices in 16 bits, widened again as the model is loaded, and drop notes on nodes.

    Sums stay in 32 bits; only the weights are rounded, to 11 binary digits. What is looked up stays as it is:
    a last digit at the bottom of the encoder turns roundings all the way up.

    Args:
        model: changed in place.

    Returns:
        How many matrices were stored so.
    """
    graph = model.graph
    for node in graph.node:
        node.ClearField("doc_string")
        node.ClearField("metadata_props")
    factors = {node.input[1] for node in graph.node if node.op_type in {"MatMul", "Gemm", "Einsum"}}
    done = 0
    for tensor in list(graph.initializer):
        heavy = tensor.data_type == onnx.TensorProto.FLOAT and math.prod(tensor.dims) >= HEAVY
        if not heavy or tensor.name not in factors:
            continue
        short = f"{tensor.name}_short"
        graph.initializer.remove(tensor)
        graph.initializer.append(numpy_helper.from_array(numpy_helper.to_array(tensor).astype("f2"), short))
        graph.node.insert(
            0, helper.make_node("Cast", [short], [tensor.name], short + "_widened", to=onnx.TensorProto.FLOAT)
        )
        done += 1
    return done


def give_states(model: onnx.ModelProto, kinds: int) -> None:
    """Let a model give what its heads read: each word's last state, (batch, words, 384), as ``states``.

    Args:
        model: changed in place.
        kinds: how many scores the linear heads give together, by which their matrix is known.
    """
    graph = model.graph
    wide = {one.name for one in graph.initializer if tuple(one.dims) == (WIDTH, kinds)}
    read = next(node.input[0] for node in graph.node if node.op_type == "MatMul" and node.input[1] in wide)
    graph.node.append(helper.make_node("Identity", [read], ["states"], "states_given"))
    graph.output.append(
        helper.make_tensor_value_info("states", onnx.TensorProto.FLOAT, ["batch", "count", WIDTH])
    )


def full_precision(model: onnx.ModelProto) -> int:
    """Undo what onnxruntime's dynamic quantisation did, but for the rounding of weights; return how often.

    Args:
        model: as ``quantize_dynamic`` leaves it; changed in place.
    """
    graph = model.graph
    tensors = {one.name: one for one in graph.initializer}
    kept: list[onnx.NodeProto] = []
    sources: dict[str, str] = {}
    products: dict[str, tuple[str, str]] = {}
    done = 0
    for node in graph.node:
        if node.op_type == "DynamicQuantizeLinear":
            sources |= dict.fromkeys(node.output, node.input[0])
        elif node.op_type == "MatMulInteger":
            products[node.output[0]] = (sources[node.input[0]], node.input[1])
        elif node.input[0] in products and node.op_type == "Cast":
            products[node.output[0]] = products[node.input[0]]
        elif node.input[0] in sources and node.op_type == "Mul":  # both scales
            continue
        elif node.input[0] in products:
            values, weights = products[node.input[0]]
            stem = weights.removesuffix("_quantized")
            scale = numpy_helper.to_array(tensors[f"{stem}_scale"])
            matrix = numpy_helper.to_array(tensors[weights]).astype(np.float32) * scale
            for name in (weights, f"{stem}_scale", f"{stem}_zero_point"):
                graph.initializer.remove(tensors[name])
            graph.initializer.append(numpy_helper.from_array(matrix, stem))
            kept.append(helper.make_node("MatMul", [values, stem], list(node.output), f"{stem}_product"))
            done += 1
        else:
            kept.append(node)
    del graph.node[:]
    graph.node.extend(kept)
    return done


def main() -> None:
    """Read the command line and rewrite a model in place."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--folder", type=Path, default=MODEL_FOLDER)
    path = options.parse_args().folder / "reading.onnx"
    model = onnx.load(path)
    if not full_precision(model):
        raise SystemExit(f"{path} holds no products with one scale a batch: there is nothing to rewrite")
    print(f"{exact_products(model)} products rewritten")
    path.write_bytes(model.SerializeToString())
    write_manifest(path.parent)


if __name__ == "__main__":
    main()
