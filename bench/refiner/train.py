"""Train a network: ``python train.py {frame,outline} PHOTOS WEIGHTS.pt --minutes 40``.

With ``--eight-bits``, its twin that computes in integers (``eight_bits.py``), from weights trained
without: those do well already, and lose little; at the rate of a new network they would be
forgotten. A twin's own weights (``recover.py``) go on towards the truth alone.

Loss: absolute difference, twice that of a Laplacian level (sharpness), a little cross-entropy
(certainty), where the target says that it counts. The running mean of the weights is what is kept
(Izmailov et al., "Averaging weights leads to wider optima and better generalization", UAI 2018, in
its exponential form). A checkpoint is written about every two minutes; training resumes from
``--start`` if given.
"""

from __future__ import annotations

import argparse
import copy
import math
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import torch
from blocks import doubled
from collection import Collection
from eight_bits import in_eight_bits
from networks import TASKS, Task
from torch import Tensor, nn
from torch.nn import functional

CHECK_SECONDS = 110
RATE, ROUNDED_RATE = 3e-3, 4e-5
WATCHED = 16  # batches that tell how far activations reach
AVERAGED = 0.998  # share of the weights' mean that a step keeps


def batch(
    rng: np.random.Generator, task: Task, photos: Collection, size: int
) -> tuple[Tensor, Tensor]:
    """Return ``size`` training pairs."""
    pairs = [task.patch(rng, photos.draw(rng)) for _ in range(size)]
    return tuple(torch.from_numpy(np.stack(part)) for part in zip(*pairs, strict=True))


def detail(matte: Tensor) -> Tensor:
    """Return what a matte loses at half its resolution."""
    return matte - doubled(functional.avg_pool2d(matte, 2))


def loss(logits: Tensor, target: Tensor) -> Tensor:
    """Return the training loss; ``target`` (n, 2, h, w): the matte, how much a pixel counts."""
    truth, counts = target.split(1, dim=1)
    matte = torch.sigmoid(logits)
    every = (
        (matte - truth).abs()
        + 2.0 * (detail(matte) - detail(truth)).abs()
        + 0.2 * functional.binary_cross_entropy_with_logits(logits, truth, reduction="none")
    )
    return (every * counts).sum() / counts.sum().clamp(min=1.0)


@torch.no_grad()
def validate(network: nn.Module, task: Task, photos: Collection) -> tuple[float, float]:
    """Return the mean error of the network, and of what it was given, on held-out families."""
    rng = np.random.default_rng(5)
    network.eval()
    after = before = counted = 0.0
    for _ in range(6):
        pictures, target = batch(rng, task, photos, 24)
        truth, counts = target.split(1, dim=1)
        after += float(((network(pictures) - truth).abs() * counts).sum())
        before += float(((pictures[:, -1:] - truth).abs() * counts).sum())
        counted += float(counts.sum())
    network.train()
    return after / counted, before / counted


@torch.no_grad()
def take_in(average: nn.Module, network: nn.Module, step: int) -> None:
    """Bring the running mean of the weights up to date; early on it forgets quickly."""
    keep = min(AVERAGED, step / (step + 20))
    pairs = zip(average.state_dict().values(), network.state_dict().values(), strict=True)
    for mean, new in pairs:
        if mean.dtype.is_floating_point:
            mean.lerp_(new, 1 - keep)
        else:
            mean.copy_(new)


Value = Callable[[Tensor, Tensor], Tensor]
"""Input pictures and target to the loss of a batch."""


def exact(network: nn.Module) -> Value:
    """Return the loss of a network that is trained in floating point."""

    def value(pictures: Tensor, target: Tensor) -> Tensor:
        # bfloat16 halves the time of a step on processors that have it; the loss stays float32.
        with torch.autocast("cpu", torch.bfloat16):
            logits = network.logits(pictures)
        return loss(logits.float(), target)

    return value


def rounded(twin: nn.Module, original: nn.Module, truth: float) -> Value:
    """Return the loss of a twin in 8 bits: by the truth, and by what its original says.

    Parameters
    ----------
    truth : share of the true mattes in the loss, 0…1
    """

    def value(pictures: Tensor, target: Tensor) -> Tensor:
        logits = twin.logits(pictures)
        with torch.no_grad():
            said = torch.cat([original(pictures), target[:, 1:]], dim=1)
        return truth * loss(logits, target) + (1 - truth) * loss(logits, said)

    return value


def truthful(twin: nn.Module) -> Value:
    """Return the loss of a twin in 8 bits by the truth alone."""

    def value(pictures: Tensor, target: Tensor) -> Tensor:
        return loss(twin.logits(pictures), target)

    return value


def train(
    network: nn.Module,
    value: Value,
    task: Task,
    shown: Collection,
    hidden: Collection,
    options: argparse.Namespace,
) -> None:
    """Train for a given time; write the weights' running mean."""
    rng = np.random.default_rng()
    average = copy.deepcopy(network)
    optimiser = torch.optim.AdamW(network.parameters(), options.rate, weight_decay=1e-4)
    begun, checked, step, recent = time.time(), time.time(), 0, []
    while (share := (time.time() - begun) / (60 * options.minutes)) < 1:
        warm = min(1.0, (step + 1) / 100)
        for group in optimiser.param_groups:
            group["lr"] = options.rate * (warm * (0.5 + 0.5 * math.cos(math.pi * share)) + 0.003)
        pictures, target = batch(rng, task, shown, options.batch)
        found = value(pictures.to(memory_format=torch.channels_last), target)
        optimiser.zero_grad()
        found.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        take_in(average, network, step)
        recent.append(float(found.detach()))
        step += 1
        if time.time() - checked > CHECK_SECONDS:
            torch.save(average.state_dict(), options.weights)
            error, before = validate(average, task, hidden) if hidden.photos else (0.0, 0.0)
            count = shown.refresh() + hidden.refresh()
            print(
                f"{time.time() - begun:.0f} s step {step} photos {count} "
                f"loss {np.mean(recent):.4f} held out {error:.4f} before {before:.4f}",
                flush=True,
            )
            checked, recent = time.time(), []
    torch.save(average.state_dict(), options.weights)


def main() -> None:
    """Train a network, or a trained one's twin in 8 bits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", choices=TASKS)
    parser.add_argument("photos", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, help="0.003, or 0.00004 in 8 bits")
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--eight-bits", action="store_true", help="round what --start names")
    options = parser.parse_args()
    if options.eight_bits and not options.start:
        parser.error("--eight-bits needs --start, weights trained without it")
    options.rate = options.rate or (ROUNDED_RATE if options.eight_bits else RATE)
    torch.manual_seed(0)
    torch.set_num_threads(options.threads)
    cv2.setNumThreads(options.threads)
    task = TASKS[options.network]
    shown = Collection(options.photos, task.load, task.own, held_out=False)
    hidden = Collection(options.photos, task.load, task.own, held_out=True)
    shown.refresh(), hidden.refresh()
    network = task.network().to(memory_format=torch.channels_last)
    begun = torch.load(options.start) if options.start else {}
    going_on = any(name.endswith("log_high") for name in begun)
    if going_on:
        network = in_eight_bits(network).to(memory_format=torch.channels_last)
    if begun:
        network.load_state_dict(begun)
    value = truthful(network) if going_on else exact(network)
    if options.eight_bits and not going_on:
        rng, original = np.random.default_rng(), network.eval()
        first = [batch(rng, task, shown, options.batch)[0] for _ in range(WATCHED)]
        network = in_eight_bits(original, first).train()
        value = rounded(network, original, task.truth)
    train(network, value, task, shown, hidden, options)


if __name__ == "__main__":
    main()
