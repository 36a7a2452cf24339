"""Measure what a network needs to be computed in integers of eight bits.

    python bench/refiner/calibrate.py PHOTOS --models u2netp u2net

Every value that a convolution takes or gives, rectified, is watched while the network sees the
photos of a folder as packshot shows them; and each convolution's weights are rounded alone, to find
those that do not bear it. ``models/calibration/<model>.json`` keeps both. PHOTOS are the training
photos (``compose.py``), not those that packshot is measured on.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

from engine.imaging.decode import read_photo
from engine.imaging.kinds import PHOTO_SUFFIXES
from engine.matting.network import network_input
from engine.matting.runtime.eight_bits import WEIGHT_STEPS, in_eight_bits
from engine.matting.runtime.ort import session
from engine.matting.runtime.truncate import truncate
from models.calibrated import Calibration
from models.store import ModelStore

TARGET = Path(__file__).resolve().parents[2] / "models" / "calibration"
_PASSING = {"MaxPool", "Resize"}  # their range is that of what they take
_HARM = 0.003  # mean difference of the probability that the weights of one convolution may make
_FEW = 6  # photos on which that is tried, once for each convolution

Range = tuple[float, float]


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("photos", type=Path)
    parser.add_argument("--models", nargs="+", default=["u2netp", "u2net"])
    arguments = parser.parse_args()
    store = ModelStore()
    paths = [p for p in sorted(arguments.photos.iterdir()) if p.suffix.lower() in PHOTO_SUFFIXES]
    for model in arguments.models:
        spec = store.spec(model)
        photos = [read_photo(path).pixels for path in paths]
        exact: list[str] = []
        ranges: dict[int, dict[str, Range]] = {}
        for look in (spec.quick, spec.whole):
            raw = store.verified_path(model).read_bytes()
            content = truncate(raw, look.output, look.side)
            seen = [network_input(photo, spec, look.side) for photo in photos]
            exact = exact or unbearable(content, seen[:: max(1, len(seen) // _FEW)])
            ranges[look.output] = measured(content, seen, exact)
            known = Calibration(ranges[look.output], frozenset(exact), "")
            off = apart(answers(content, seen), answers(in_eight_bits(content, known), seen))
            print(f"{model}, output {look.output}: differs by {off:.4f} in the mean")
        write(TARGET / f"{model}.json", spec.sha256, exact, ranges)


def write(
    path: Path, sha256: str, exact: Sequence[str], ranges: Mapping[int, Mapping[str, Range]]
) -> None:
    """Write what was measured, a line for each value."""
    head = json.dumps({"sha256": sha256, "exact": exact}, indent=1).removesuffix("\n}")
    tables = []
    for output, values in ranges.items():
        lines = [f'   "{name}": [{low:.5g}, {high:.5g}]' for name, (low, high) in values.items()]
        tables.append(f'  "{output}": {{\n' + ",\n".join(lines) + "\n  }")
    text = head + ',\n "ranges": {\n' + ",\n".join(tables) + "\n }\n}\n"
    path.write_text(text, encoding="ascii")


def measured(content: bytes, seen: Sequence[np.ndarray], exact: list[str]) -> dict[str, Range]:
    """Return the least and the greatest of every value that is to be known."""
    model = onnx.load_from_string(content)
    names = watched(model.graph, exact)
    given = model.graph.input[0].name
    del model.graph.output[:]
    model.graph.output.extend(onnx.ValueInfoProto(name=name) for name in names)
    network = session(model.SerializeToString(), 0)
    limits = dict.fromkeys((given, *names), (0.0, 0.0))
    for picture in seen:
        values = [picture, *network.run(names, {given: picture})]
        for name, value in zip(limits, values, strict=True):
            least, greatest = limits[name]
            limits[name] = min(least, float(value.min())), max(greatest, float(value.max()))
    return limits


def watched(graph: onnx.GraphProto, exact: list[str]) -> list[str]:
    """Return the values, of those that nodes give, that end in a convolution.

    Not what a convolution gives that stays exact: ONNX Runtime rounds the weights of one that
    stands between two roundings, and more coarsely than is done here.
    """
    left: set[str] = set()
    for node in graph.node:
        weights = node.input[1] if node.op_type == "Conv" else ""
        if weights in exact or (node.op_type == "Relu" and node.input[0] in left):
            left.add(node.output[0])
    wanted: set[str] = set()
    watch: list[str] = []
    for node in reversed(graph.node):
        given = node.output[0]
        if node.op_type == "Conv":
            wanted.add(node.input[0])
        elif given in wanted:
            wanted.update(node.input[:1] if node.op_type in _PASSING else node.input)
            if node.op_type not in _PASSING and given not in left:
                watch.append(given)
    return watch[::-1]


def unbearable(content: bytes, seen: Sequence[np.ndarray]) -> list[str]:
    """Return the weights that harm the answer when they alone are rounded."""
    model = onnx.load_from_string(content)
    convolutions = {node.input[1] for node in model.graph.node if node.op_type == "Conv"}
    said = answers(content, seen)
    found = []
    for part in model.graph.initializer:
        if part.name not in convolutions:
            continue
        kept = numpy_helper.to_array(part).copy()
        part.CopyFrom(numpy_helper.from_array(rounded(kept), part.name))
        if apart(said, answers(model.SerializeToString(), seen)) > _HARM:
            found.append(part.name)
        part.CopyFrom(numpy_helper.from_array(kept, part.name))
    return found


def rounded(weights: np.ndarray) -> np.ndarray:
    """Return weights as they are once each channel's have been rounded."""
    largest = np.abs(weights).max(axis=tuple(range(1, weights.ndim)), keepdims=True)
    step = np.maximum(largest / WEIGHT_STEPS, np.finfo(np.float32).tiny)
    return np.asarray(np.rint(weights / step) * step, np.float32)


def answers(content: bytes, seen: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Return what a network says of pictures."""
    network = session(content, 0)
    given = network.get_inputs()[0].name
    return [network.run(None, {given: picture})[0] for picture in seen]


def apart(said: Sequence[np.ndarray], other: Sequence[np.ndarray]) -> float:
    """Return the mean difference of two networks' answers."""
    return float(np.mean([np.abs(a - b).mean() for a, b in zip(said, other, strict=True)]))


if __name__ == "__main__":
    main()
