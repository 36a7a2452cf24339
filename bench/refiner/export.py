"""Export weights trained in 8 bits as ONNX:

``python export.py {frame,outline} WEIGHTS.pt TARGET.onnx``
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from eight_bits import in_eight_bits, with_rounded_weights
from fold import fold
from graph import Graph
from integers import store_integers
from networks import TASKS

MEAN_APART = 3e-3  # alpha; where a value lies between two steps, the runtime may choose the other


def main() -> None:
    """Write the network as ONNX, for any number of pictures of any size it can halve.

    What is written holds integers (``integers.py``), folds them (``fold.py``), and is
    compared with the network that was trained.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", choices=TASKS)
    parser.add_argument("weights", type=Path)
    parser.add_argument("target", type=Path)
    options = parser.parse_args()
    task = TASKS[options.network]
    twin = in_eight_bits(task.network())
    twin.load_state_dict(torch.load(options.weights))
    network = with_rounded_weights(twin).eval()
    example = torch.rand(2, task.inputs, 6 * task.stride, 8 * task.stride)
    axes = {0: "count", 2: "height", 3: "width"}
    torch.onnx.export(
        network,
        (example,),
        str(options.target),
        input_names=["pictures"],
        output_names=["matte"],
        dynamic_axes={"pictures": axes, "matte": axes},
        opset_version=17,
        dynamo=False,
    )
    model = onnx.load(options.target)
    graph = Graph(model.graph)
    fold(graph)
    in_integers = store_integers(graph)
    onnx.checker.check_model(model)
    onnx.save(model, options.target)
    session = ort.InferenceSession(str(options.target), providers=["CPUExecutionProvider"])
    other = torch.rand(1, task.inputs, 10 * task.stride, 4 * task.stride)
    got = session.run(None, {"pictures": other.numpy()})[0]
    with torch.no_grad():
        apart = np.abs(got - network(other).numpy())
    if apart.mean() > MEAN_APART:
        raise SystemExit(f"{options.target}: differs from the trained network, {apart.mean():.2g}")
    data = options.target.read_bytes()
    print(f"{in_integers} convolutions in integers, differs by {apart.mean():.1g} in the mean")
    print(f"{len(data)} bytes, sha256 {hashlib.sha256(data).hexdigest()}")


if __name__ == "__main__":
    main()
