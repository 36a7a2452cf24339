"""What refinement and foreground colour cost on a large photo, beside one look of u2net.

    python bench/cost.py PHOTO [--model u2net] [--runs 5]

The photo is enlarged to 24 megapixels. Times are medians over several rounds in one process, each
with one inference and one refinement on the same threads, so that a busy machine weighs on both;
both steps share the photo's smaller copies and work on its pixels in place, as in an export.
CPU seconds add up the threads. Memory is the highest resident size of a fresh process that does
everything, less that of one that stops after the network; it is read from ``/proc``: Linux only.

Exit status 1: it takes longer than the inference, or adds more than 600 MB.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import onnxruntime

from engine.imaging.decode import read_photo
from engine.matting.foreground import estimate_foreground
from engine.matting.matte import make_matte
from engine.matting.smaller import Smaller
from engine.work.allocation import keep_freed_memory
from engine.work.machine import job_threads
from engine.work.recipes import resolve_recipe
from engine.work.warm import refiner, sight
from models.store import ModelStore
from tui.cli.output import echo, table

WIDTH, HEIGHT = 6000, 4000
_MEGABYTE = 1_000_000
_MOST_MEMORY = 600
_PARTS = ("inference", "refinement", "foreground")

Seconds = dict[str, list[tuple[float, float]]]  # CPU and wall, by part, one pair per round


def main() -> int:
    """Measure in processes of their own and print what they say."""
    options = _arguments()
    if options.stage:
        print(json.dumps(_run_stage(options.photo, options.model, options.stage, options.runs)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        photo = Path(folder, "large.jpg")
        _enlarge(options.photo, photo)
        base = _in_own_process(photo, options, "network", 1)
        whole = _in_own_process(photo, options, "all", 1)
        timed = _in_own_process(photo, options, "timed", options.runs)
    return _report(timed["seconds"], base["peak"], whole["peak"], options.model)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="the cost of refinement at 24 megapixels")
    parser.add_argument("photo", type=Path, help="a photo; it is enlarged")
    parser.add_argument("--model", default="u2net", help="the network to compare with (u2net)")
    parser.add_argument("--runs", type=int, default=5, help="rounds of the timing (5)")
    parser.add_argument("--stage", choices=("network", "all", "timed"), help=argparse.SUPPRESS)
    return parser.parse_args()


def _enlarge(photo: Path, large: Path) -> None:
    """Write the photo at 6000 × 4000 pixels, or 4000 × 6000, the middle of it filling the frame."""
    pixels = read_photo(photo).pixels
    height, width = (HEIGHT, WIDTH) if pixels.shape[1] > pixels.shape[0] else (WIDTH, HEIGHT)
    scale = max(height / pixels.shape[0], width / pixels.shape[1])
    covering = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    top, left = (covering.shape[0] - height) // 2, (covering.shape[1] - width) // 2
    middle = np.ascontiguousarray(covering[top : top + height, left : left + width, ::-1])
    cv2.imwrite(str(large), middle, [cv2.IMWRITE_JPEG_QUALITY, 95])


def _in_own_process(
    photo: Path, options: argparse.Namespace, stage: str, runs: int
) -> dict[str, Any]:
    command = [sys.executable, __file__, str(photo), "--model", options.model]
    command += ["--stage", stage, "--runs", str(runs)]
    # As a worker process of packshot has it: its linear algebra does not spin on other cores.
    quiet = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=quiet)
    return dict(json.loads(done.stdout))


def _run_stage(photo: Path, model: str, stage: str, runs: int) -> dict[str, Any]:
    """Do the work of one process; return its times and its peak memory in bytes."""
    keep_freed_memory()  # as a worker does
    store = ModelStore()
    recipe = resolve_recipe(store, model)
    pixels = read_photo(photo).pixels
    likely = sight(pixels, model, store.home).probability
    seconds: Seconds = defaultdict(list)
    if stage != "network":
        look = _look(store, model) if stage == "timed" else None
        for _ in range(runs + (stage == "timed")):  # the first round only warms up
            if look:
                with _timed(seconds["inference"]):
                    look()
            with _timed(seconds["refinement"]):
                smaller = Smaller(pixels)
                matte = make_matte(pixels, likely, recipe, refiner(), smaller=smaller)
            fresh = pixels.copy()  # of which an export has no second use
            with _timed(seconds["foreground"]):
                estimate_foreground(fresh, matte, in_place=True, smaller=smaller)
            del fresh
    return {"seconds": {part: rounds[1:] for part, rounds in seconds.items()}, "peak": _peak()}


def _look(store: ModelStore, model: str) -> Callable[[], object]:
    """Return a function that runs the network once on an empty picture of its size."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = job_threads()
    session = onnxruntime.InferenceSession(
        str(store.verified_path(model)), options, providers=["CPUExecutionProvider"]
    )
    side = store.spec(model).input_size
    fed = {session.get_inputs()[0].name: np.zeros((1, 3, side, side), np.float32)}
    mask = session.get_outputs()[0].name
    return lambda: session.run([mask], fed)


@contextmanager
def _timed(rounds: list[tuple[float, float]]) -> Iterator[None]:
    cpu, wall = time.process_time(), time.perf_counter()
    yield
    rounds.append((time.process_time() - cpu, time.perf_counter() - wall))


def _peak() -> int:
    """Return the highest resident size of this process so far, in bytes."""
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


def _report(seconds: Seconds, base: int, whole: int, model: str) -> int:
    middle = {
        part: [statistics.median(values) for values in zip(*seconds[part], strict=True)]
        for part in _PARTS
    }
    ours = [a + b for a, b in zip(middle["refinement"], middle["foreground"], strict=True)]
    ratios = [own / look for own, look in zip(ours, middle["inference"], strict=True)]
    rows = [(part, *(f"{value:.2f}" for value in middle[part])) for part in _PARTS]
    rows += [("refinement and foreground", *(f"{value:.2f}" for value in ours))]
    rows += [(f"÷ one {model} inference", *(f"{value:.2f}" for value in ratios))]
    table(("", "CPU s", "wall s"), rows)
    extra = (whole - base) / _MEGABYTE
    echo(
        f"memory: {base / _MEGABYTE:.0f} MB with decoding and network, "
        f"{whole / _MEGABYTE:.0f} MB with everything: {extra:.0f} MB added"
    )
    return 0 if ratios[1] <= 1 and extra <= _MOST_MEMORY else 1


if __name__ == "__main__":
    sys.exit(main())
