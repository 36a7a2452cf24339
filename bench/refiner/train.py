"""Train the refiner: ``python train.py PHOTOS WEIGHTS.pt --minutes 40``.

Loss: absolute difference, twice that of a Laplacian level (sharpness), a little cross-entropy
(certainty). The running mean of the weights is what is kept (Izmailov et al., "Averaging weights
leads to wider optima and better generalization", UAI 2018, in its exponential form). A checkpoint
is written every two minutes; training resumes from ``--start`` if given.
"""

from __future__ import annotations

import argparse
import copy
import math
import time
from pathlib import Path

import numpy as np
import torch
from data import Collection, patch
from model import EdgeRefiner
from torch import Tensor
from torch.nn import functional


def batch(rng: np.random.Generator, photos: Collection, size: int) -> tuple[Tensor, Tensor]:
    """Return ``size`` training pairs."""
    pairs = [patch(rng, photos.draw(rng)) for _ in range(size)]
    return tuple(torch.from_numpy(np.stack(part)) for part in zip(*pairs, strict=True))


def detail(matte: Tensor) -> Tensor:
    """Return what a matte loses at half its resolution."""
    low = functional.avg_pool2d(matte, 2)
    return matte - functional.interpolate(low, scale_factor=2, mode="bilinear", align_corners=False)


def loss(logits: Tensor, truth: Tensor) -> Tensor:
    """Return the training loss."""
    matte = torch.sigmoid(logits)
    return (
        (matte - truth).abs().mean()
        + 2.0 * (detail(matte) - detail(truth)).abs().mean()
        + 0.2 * functional.binary_cross_entropy_with_logits(logits, truth)
    )


@torch.no_grad()
def validate(network: EdgeRefiner, photos: Collection) -> tuple[float, float]:
    """Return the mean error of the network, and of what it was given, on held-out families."""
    rng = np.random.default_rng(5)
    network.eval()
    errors, before = [], []
    for _ in range(4):
        pictures, truth = batch(rng, photos, 16)
        errors.append(float((network(pictures) - truth).abs().mean()))
        before.append(float((pictures[:, 8:9] - truth).abs().mean()))
    network.train()
    return float(np.mean(errors)), float(np.mean(before))


def main() -> None:
    """Train for a given time."""
    parser = argparse.ArgumentParser(description=__doc__)
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
    rng = np.random.default_rng()
    shown = Collection(options.photos, held_out=False)
    hidden = Collection(options.photos, held_out=True)
    shown.refresh(), hidden.refresh()
    network = EdgeRefiner().to(memory_format=torch.channels_last)
    if options.start:
        network.load_state_dict(torch.load(options.start))
    average = copy.deepcopy(network)
    optimiser = torch.optim.AdamW(network.parameters(), options.rate, weight_decay=1e-4)
    begun, checked, step, recent = time.time(), time.time(), 0, []
    while (share := (time.time() - begun) / (60 * options.minutes)) < 1:
        warm = min(1.0, (step + 1) / 100)
        for group in optimiser.param_groups:
            group["lr"] = options.rate * warm * (0.5 + 0.5 * math.cos(math.pi * share)) + 1e-5
        pictures, truth = batch(rng, shown, options.batch)
        # bfloat16 halves the time of a step on processors that have it; the loss stays float32.
        with torch.autocast("cpu", torch.bfloat16):
            logits = network.logits(pictures.to(memory_format=torch.channels_last))
        value = loss(logits.float(), truth)
        optimiser.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        recent.append(float(value.detach()))
        keep = min(0.998, step / (step + 20))
        with torch.no_grad():
            for mean, new in zip(
                average.state_dict().values(), network.state_dict().values(), strict=True
            ):
                if mean.dtype.is_floating_point:
                    mean.lerp_(new, 1 - keep)
                else:
                    mean.copy_(new)
        step += 1
        if time.time() - checked > 110:
            torch.save(average.state_dict(), options.weights)
            error, before = validate(average, hidden) if hidden.photos else (0.0, 0.0)
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
