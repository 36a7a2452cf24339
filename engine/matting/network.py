"""A warm segmentation network: a photo in, raw probability of "product" out.

Photos are (H, W, 3) uint8 sRGB. Probabilities are float32 in 0…1 at the network's own size, as the
network gave them: no stretch to the photo's own minimum and maximum, so that a frame without a
product gives an empty matte instead of amplified doubt.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.matting.runtime.choice import Loaded
from engine.matting.runtime.loading import load
from engine.matting.runtime.probe import as_probability
from engine.matting.smaller import reduced_to
from models.spec import Look, ModelSpec

_LANCZOS_LOBES = 3
_BRIGHTEN_LIMIT = 2.0  # further up, the noise of a black frame would begin to look like something
_ALIKE = 0.3  # correlation of neighbours; noise has none, and photos more than twice as much


class Network:
    """A network loaded, ready for photo after photo.

    It is loaded for a quick look (``ModelSpec.quick``), and for others once they are asked for.

    Parameters
    ----------
    model : the verified ONNX file
    spec : how its input is made and its output is read
    threads : how many threads one inference may use

    Attributes
    ----------
    spec : as given
    provider : what runs it

    Raises
    ------
    ModelInvalid : the file cannot be loaded
    """

    def __init__(self, model: Path, spec: ModelSpec, threads: int) -> None:
        loaded = load(model, spec, threads, spec.quick)
        self.provider = loaded.network.provider
        self._loaded = {spec.quick: loaded.network}
        self._news = loaded.notes
        self.spec = spec
        self._file, self._threads = model, threads

    def news(self) -> tuple[str, ...]:
        """Return what a person should be told of how it is run; asked again, nothing."""
        news, self._news = self._news, ()
        return news

    def probability(self, pixels: NDArray[np.uint8], look: Look) -> NDArray[np.float32]:
        """Return the probability that a pixel belongs to the product.

        Parameters
        ----------
        pixels : (H, W, 3) sRGB
        look : one of the model's, as ``spec.quick``

        Returns
        -------
        (h, w) float32, 0…1, of the whole photo and nothing else: with ``fit = "letterbox"`` the
        bars are cut away. h and w are at most ``look.side``.

        Raises
        ------
        ModelInvalid : a look is asked for the first time, and cannot be loaded
        """
        if pixels.ndim != 3 or pixels.shape[2] != 3:
            raise ValueError(f"expected (H, W, 3) pixels, got {pixels.shape}")
        side = look.side
        height, width = _fitted(pixels.shape[:2], side, self.spec.fit)
        if min(pixels.shape[:2]) < 2 * side and _is_noise(pixels):
            return np.zeros((height, width), np.float32)
        output = self._asked(look).run(network_input(pixels, self.spec, side))
        raw = output.reshape(output.shape[-2:])[:height, :width]
        return np.ascontiguousarray(as_probability(raw, self.spec.activation))

    def _asked(self, look: Look) -> Loaded:
        if look not in self._loaded:
            loaded = load(self._file, self.spec, self._threads, look)
            self._loaded[look], self._news = loaded.network, self._news + loaded.notes
        return self._loaded[look]


def network_input(pixels: NDArray[np.uint8], spec: ModelSpec, side: int) -> NDArray[np.float32]:
    """Return a photo as a network wants to see it.

    Parameters
    ----------
    pixels : (H, W, 3) sRGB
    side : of the network's picture

    Returns
    -------
    (1, 3, side, side), each channel by its mean and deviation; bars, with ``fit = "letterbox"``,
    are zero, the mean of the training
    """
    height, width = _fitted(pixels.shape[:2], side, spec.fit)
    picture = _brightened(shrink(pixels, height, width))
    mean, deviation = (np.array(values, np.float32) for values in (spec.mean, spec.std))
    blob = np.zeros((1, 3, side, side), np.float32)
    blob[0, :, :height, :width] = ((picture / 255 - mean) / deviation).transpose(2, 0, 1)
    return blob


def shrink(pixels: NDArray[np.uint8], height: int, width: int) -> NDArray[np.float32]:
    """Return ``pixels`` at a network's size, resampled as the networks were trained on.

    Area means, exact and at the speed of memory, bring the photo to twice the size; a three-lobed
    Lanczos, the filter of the peers, does the last halving.

    Parameters
    ----------
    pixels : (H, W, 3)
    height, width : the size wanted, in pixels

    Returns
    -------
    (height, width, 3) float32, 0…255
    """
    size = (2 * width, 2 * height)
    larger = pixels.shape[0] >= size[1] and pixels.shape[1] >= size[0]
    doubled = (
        reduced_to(pixels, size)
        if larger
        else cv2.resize(pixels, size, interpolation=cv2.INTER_CUBIC)
    )
    double = doubled.astype(np.float32)
    # Between two pixels of the double size lies one of the result; hence the shift by half a tap.
    taps = (np.arange(-2 * _LANCZOS_LOBES, 2 * _LANCZOS_LOBES) + 0.5) / 2
    kernel = np.sinc(taps) * np.sinc(taps / _LANCZOS_LOBES)
    kernel /= kernel.sum()
    anchor = (len(kernel) // 2 - 1, len(kernel) // 2 - 1)
    smooth = cv2.sepFilter2D(
        double, cv2.CV_32F, kernel, kernel, anchor=anchor, borderType=cv2.BORDER_REPLICATE
    )
    return np.asarray(smooth[::2, ::2].clip(0, 255))


def _is_noise(pixels: NDArray[np.uint8]) -> bool:
    """Whether neighbouring pixels have nothing to do with each other.

    A larger frame of noise is averaged away on its way to the network; a small one reaches it as
    it is, and light networks see a product in it.
    """
    values = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)
    values -= values.mean()
    variance = float(np.square(values).mean())
    across = float((values[:, 1:] * values[:, :-1]).mean()) if values.shape[1] > 1 else 0.0
    down = float((values[1:] * values[:-1]).mean()) if values.shape[0] > 1 else 0.0
    return variance > 0 and max(across, down) < _ALIKE * variance


def _brightened(picture: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return an underexposed picture with its brightest value at full scale.

    The networks were trained on pictures divided by their own maximum (Qin et al., U²-Net, 2020);
    without it a pale product on pale paper, shot a stop too dark, is lost.
    """
    return picture * np.float32(min(255 / max(float(picture.max()), 1.0), _BRIGHTEN_LIMIT))


def _fitted(shape: tuple[int, ...], side: int, fit: str) -> tuple[int, int]:
    """Return the height and width that the photo takes inside the network's square."""
    if fit == "squash":
        return side, side
    longest = max(shape)
    return max(1, round(shape[0] * side / longest)), max(1, round(shape[1] * side / longest))
