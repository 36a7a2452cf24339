"""Train a network: ``python train.py {frame,outline} PHOTOS WEIGHTS.pt --minutes 40``.

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
from pathlib import Path

import cv2
import numpy as np
import torch
from blocks import doubled
from collection import Collection
from networks import TASKS, Task
from torch import Tensor, nn
from torch.nn import functional

CHECK_SECONDS = 110
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


def main() -> None:
    """Train for a given time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", choices=TASKS)
    parser.add_argument("photos", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--start", type=Path)
    options = parser.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(options.threads)
    cv2.setNumThreads(options.threads)
    rng = np.random.default_rng()
    task = TASKS[options.network]
    shown = Collection(options.photos, task.load, task.own, held_out=False)
    hidden = Collection(options.photos, task.load, task.own, held_out=True)
    shown.refresh(), hidden.refresh()
    network = task.network().to(memory_format=torch.channels_last)
    if options.start:
        network.load_state_dict(torch.load(options.start))
    average = copy.deepcopy(network)
    optimiser = torch.optim.AdamW(network.parameters(), options.rate, weight_decay=1e-4)
    begun, checked, step, recent = time.time(), time.time(), 0, []
    while (share := (time.time() - begun) / (60 * options.minutes)) < 1:
        warm = min(1.0, (step + 1) / 100)
        for group in optimiser.param_groups:
            group["lr"] = options.rate * warm * (0.5 + 0.5 * math.cos(math.pi * share)) + 1e-5
        pictures, target = batch(rng, task, shown, options.batch)
        # bfloat16 halves the time of a step on processors that have it; the loss stays float32.
        with torch.autocast("cpu", torch.bfloat16):
            logits = network.logits(pictures.to(memory_format=torch.channels_last))
        value = loss(logits.float(), target)
        optimiser.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        take_in(average, network, step)
        recent.append(float(value.detach()))
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


if __name__ == "__main__":
    main()
