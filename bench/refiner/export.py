"""Export trained weights as ONNX: ``python export.py {frame,outline} WEIGHTS.pt TARGET.onnx``."""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from fold import fold
from networks import TASKS


def main() -> None:
    """Write the network as ONNX, float32, any number of pictures of any size it can halve.

    What is written is folded (``fold.py``), and compared with the network that was trained.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", choices=TASKS)
    parser.add_argument("weights", type=Path)
    parser.add_argument("target", type=Path)
    options = parser.parse_args()
    task = TASKS[options.network]
    network = task.network()
    network.load_state_dict(torch.load(options.weights))
    network.eval()
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
    onnx.save(fold(onnx.load(options.target)), options.target)
    session = ort.InferenceSession(str(options.target), providers=["CPUExecutionProvider"])
    other = torch.rand(1, task.inputs, 10 * task.stride, 4 * task.stride)
    got = session.run(None, {"pictures": other.numpy()})[0]
    with torch.no_grad():
        apart = float(np.abs(got - network(other).numpy()).max())
    if apart > 1e-4:
        raise SystemExit(f"{options.target}: differs from the trained network by {apart:.2g}")
    data = options.target.read_bytes()
    print(f"{len(data)} bytes, sha256 {hashlib.sha256(data).hexdigest()}, differs by {apart:.1g}")


if __name__ == "__main__":
    main()
