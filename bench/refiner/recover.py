"""Recover a trained network from its ONNX file, to go on training it:

``python recover.py {frame,outline} FILE.onnx WEIGHTS.pt [--exact PHOTOS]``

What ``export.py`` writes holds all that the twin in 8 bits (``eight_bits.py``) has learned, its
weights rounded to the steps that they are used in anyway; so nothing else need be kept. With
``--exact``, the weights of a network in floating point that does the same, which is trained in a
third of the time: photos tell what its normalisation has to undo.
"""

from __future__ import annotations

import argparse
import math
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from collection import Collection
from eight_bits import STEPS, Rounded, RoundedConv, blocks_of, in_eight_bits
from fold import unfolded
from graph import Graph
from networks import TASKS
from torch import Tensor, nn
from train import WATCHED, batch

BATCH = 16


def recovered(network: nn.Module, graph: Graph) -> nn.Module:
    """Return the twin of a network, as a graph was exported from it."""
    twin = in_eight_bits(network)
    modules = dict(twin.named_modules())
    for node in graph.proto.node:
        # The exporter names a node after its module, with a number where that is used again.
        module = modules.get(node.name.split("/")[-2].split("_")[0]) if "/" in node.name else None
        if isinstance(module, RoundedConv):
            weights, bias = (_exact(graph, name) for name in node.input[1:3])
            count = module.out_channels  # behind them are zeros
            if graph.giver(graph.giver(node.input[0]).input[0]).op_type == "SpaceToDepth":
                weights = unfolded(weights)
            module.weight.data.copy_(torch.from_numpy(weights[:count]))
            module.bias.data.copy_(torch.from_numpy(bias[:count]))
        elif isinstance(module, Rounded) and node.op_type == "QuantizeLinear":
            step, zero = (graph.weights(name) for name in node.input[1:3])
            module.log_high.data.fill_(math.log(float(step) * (STEPS - int(zero))))
    return twin


@torch.no_grad()
def in_floating_point(twin: nn.Module, network: nn.Module, shown: Sequence[Tensor]) -> nn.Module:
    """Return a network that does what its twin does, but for the rounding; it is changed.

    Parameters
    ----------
    network : untrained
    shown : batches of input pictures that tell mean and variance of every channel
    """
    sums: dict[str, list[Tensor]] = defaultdict(list)
    hooks = [
        module.register_forward_hook(
            lambda _, __, result, name=name: sums[name].append(
                torch.stack([result.mean((0, 2, 3)), result.square().mean((0, 2, 3))])
            )
        )
        for name, module in twin.named_modules()
        if isinstance(module, RoundedConv)
    ]
    for pictures in shown:
        twin.logits(pictures)
    for hook in hooks:
        hook.remove()
    for name, (convolution, normalisation, *_) in blocks_of(network):
        rounded = twin.get_submodule(f"{name}.0")
        mean, square = torch.stack(sums[f"{name}.0"]).mean(0)
        variance = (square - mean.square()).clamp_min(0)
        convolution.weight.copy_(rounded.rounded())
        normalisation.running_mean.copy_(mean - rounded.bias)
        normalisation.running_var.copy_(variance)
        normalisation.weight.copy_((variance + normalisation.eps).sqrt())
        normalisation.bias.copy_(mean)
    network.leave.weight.copy_(twin.leave[0].rounded())
    network.leave.bias.copy_(twin.leave[0].bias)
    return network


def _exact(graph: Graph, name: str) -> np.ndarray:
    """Return weights or biases that are stored as integers, as what they stand for."""
    integers, step, _ = (graph.weights(part) for part in graph.giver(name).input)
    exact = integers * step.reshape(-1, *[1] * (integers.ndim - 1))
    return exact.astype(np.float32)


def main() -> None:
    """Write the weights of a twin."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", choices=TASKS)
    parser.add_argument("file", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--exact", type=Path, metavar="PHOTOS", help="in floating point")
    options = parser.parse_args()
    task = TASKS[options.network]
    network = recovered(task.network(), Graph(onnx.load(options.file).graph))
    if options.exact:
        photos, rng = (
            Collection(options.exact, task.load, task.own, held_out=False),
            np.random.default_rng(0),
        )
        photos.refresh()
        shown = [batch(rng, task, photos, BATCH)[0] for _ in range(WATCHED)]
        network = in_floating_point(network, task.network(), shown)
    torch.save(network.state_dict(), options.weights)


if __name__ == "__main__":
    main()
