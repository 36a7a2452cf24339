"""Train a judge of holes: ``python holes.py PHOTOS TARGET.toml --models u2netp u2net``.

Every composed photo is shown to packshot, with each of the models, and every patch of its matte
that looks like the backdrop (``engine/matting/enclosed.py``) becomes an example: its figures, and
whether the true matte is open there. A product that is eaten is worse than a hole that stays
closed; hence what is product counts more. After a fine network (IS-Net) all patches are examples:
there the judge closes, too, what was opened. Three perceptrons are trained, which differ in how
they begin, and their mean is one that is three times as wide.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from collection import HELD_OUT
from torch import Tensor, nn
from torch.nn import functional

from engine.matting.background import fit_background
from engine.matting.coarse import ask
from engine.matting.enclosed import FIGURES
from engine.matting.refiner import FRAME_SIDE, judge
from engine.matting.smaller import at_most
from engine.work.warm import network, refiner
from models.store import ModelStore

HIDDEN, JUDGES = 8, 3
STEPS, BATCH, RATE, DECAY = 4000, 4096, 0.01, 1e-3
PRODUCT = 3.0  # how much more a part of a product counts than a hole
AREA_POWER = 0.75  # of a patch's area, in thousandths of the frame
COUNTS = (0.1, 30.0)  # the least and the most that a patch counts for its area
USUAL = 4.0  # deviations, as in engine/matting/enclosed.py

HEAD = """\
# Which patches of the backdrop's colour are holes: engine/matting/enclosed.py asks this judge,
# bench/refiner/holes.py trains it.
licence = "Apache-2.0"
trained = \"\"\"
On {patches} patches in mattes of procedural products of {families} families (the fourteen held-out
ones of bench/refiner are not among them), with {models} as coarse networks.
\"\"\"

[judge]
"""


@dataclass(frozen=True)
class Examples:
    """Patches of many mattes; every array has one row for each.

    figures : see ``FIGURES``
    areas : shares of the frame
    alphas : mean of the network's matte
    truths : mean of the true matte
    families : of the product
    """

    figures: np.ndarray
    areas: np.ndarray
    alphas: np.ndarray
    truths: np.ndarray
    families: np.ndarray


def patches(photo: np.ndarray, truth: np.ndarray, said: np.ndarray) -> Iterator[np.ndarray]:
    """Return figures, areas, alphas and truths of one photo's patches."""
    frame = at_most(photo, FRAME_SIDE)
    background = fit_background(frame, said)
    if background.trust < 1.0:
        return
    judgement = judge(frame, said, background, refiner().frame)
    found = judgement.patches
    of, count = found.labels.ravel(), len(found.areas)
    sizes = np.maximum(np.bincount(of, minlength=count), 1)
    size = (frame.shape[1], frame.shape[0])
    true = cv2.resize(truth, size, interpolation=cv2.INTER_AREA) / 255
    asked = np.ones(count, bool) if found.fine else found.closed()
    asked[0] = False
    for each in (judgement.better, true):
        yield (np.bincount(of, each.ravel(), count) / sizes)[asked]
    yield found.areas[asked]
    yield found.figures[asked]


def collect(photos: Path, models: list[str]) -> Examples:
    """Show all photos to packshot, and return the patches in question."""
    home, parts, families = ModelStore().home, [], []
    for model in models:
        for file in sorted(photos.glob("*.npz")):
            with np.load(file) as stored:
                photo, truth, family = stored["photo"], stored["matte"], str(stored["family"])
            said = ask(photo, network(model, home), refined=True).probability
            if said.max() > 0 and (part := list(patches(photo, truth, said))):
                parts.append(part)
                families += [family] * len(part[0])
    alphas, truths, areas, figures = (np.concatenate(each) for each in zip(*parts, strict=True))
    return Examples(figures, areas, alphas, truths, np.array(families))


def counts(examples: Examples) -> np.ndarray:
    """Return how much each patch counts."""
    clear = 2 * np.abs(examples.truths - 0.5)
    large = np.power(1000 * examples.areas, AREA_POWER).clip(*COUNTS)
    return clear * large * np.where(examples.truths > 0.5, PRODUCT, 1.0)


def train(usual: Tensor, holes: Tensor, weights: Tensor, seed: int) -> nn.Sequential:
    """Return one perceptron."""
    torch.manual_seed(seed)
    judge_ = nn.Sequential(nn.Linear(len(FIGURES), HIDDEN), nn.Tanh(), nn.Linear(HIDDEN, 1))
    optimiser = torch.optim.AdamW(judge_.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, STEPS)
    for _ in range(STEPS):
        chosen = torch.randint(len(usual), (BATCH,))
        errors = functional.binary_cross_entropy_with_logits(
            judge_(usual[chosen])[:, 0], holes[chosen], reduction="none"
        )
        optimiser.zero_grad()
        (errors * weights[chosen]).mean().backward()
        optimiser.step()
        schedule.step()
    return judge_


def listed(values: np.ndarray) -> str:
    """Return a row of numbers as TOML."""
    return "[" + ", ".join(f"{value:.3g}" for value in values) + "]"


def written(judges: list[nn.Sequential], mean: np.ndarray, deviation: np.ndarray) -> str:
    """Return the mean of the perceptrons as TOML."""
    layers = [[each.detach().numpy() for each in judge_.parameters()] for judge_ in judges]
    weights, bias = (np.concatenate([layer[part] for layer in layers]) for part in (0, 1))
    out = np.concatenate([layer[2][0] for layer in layers]) / len(judges)
    rows = "".join(f"    {listed(row)},\n" for row in weights)
    return (
        f"mean = {listed(mean)}\ndeviation = {listed(deviation)}\nweights = [\n{rows}]\n"
        f"bias = {listed(bias)}\nout = {listed(out)}\n"
        f"out_bias = {np.mean([layer[3][0] for layer in layers]):.3g}\n"
    )


def report(name: str, examples: Examples, scores: np.ndarray) -> None:
    """Print what would be opened at several scores, in areas of a frame."""
    for wanted in (-1.0, -0.5, 0.0, 0.5, 1.0, 2.0):
        opened = scores > wanted
        taken = (examples.areas * examples.alphas)[opened]
        truths = examples.truths[opened]
        right, wrong = taken @ (1 - truths), taken @ truths
        print(f"{name}, score {wanted:+.1f}: {right:.2f} opened rightly, {wrong:.2f} wrongly")


def main() -> None:
    """Collect, train, print how good it is, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photos", type=Path, help="from compose.py")
    parser.add_argument("target", type=Path)
    parser.add_argument("--models", nargs="+", required=True, help="installed ones")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    examples = collect(options.photos, options.models)
    known = ~np.isin(examples.families, HELD_OUT)
    mean, deviation = examples.figures[known].mean(axis=0), examples.figures[known].std(axis=0)
    usual = torch.from_numpy(
        ((examples.figures - mean) / deviation).clip(-USUAL, USUAL).astype(np.float32)
    )
    holes = torch.from_numpy((examples.truths < 0.5).astype(np.float32))
    weights = torch.from_numpy(counts(examples).astype(np.float32))
    judges = [train(usual[known], holes[known], weights[known], seed) for seed in range(JUDGES)]
    with torch.no_grad():
        scores = torch.stack([judge_(usual)[:, 0] for judge_ in judges]).mean(dim=0).numpy()
    for name, part in (("trained on", known), ("held out", ~known)):
        chosen = Examples(*(getattr(examples, each)[part] for each in Examples.__annotations__))
        report(name, chosen, scores[part])
    head = HEAD.format(
        patches=int(known.sum()),
        families=len(set(examples.families[known])),
        models=" and ".join(options.models),
    )
    options.target.write_text(head + written(judges, mean, deviation), "utf-8")


if __name__ == "__main__":
    main()
