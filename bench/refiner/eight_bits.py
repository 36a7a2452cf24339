"""A network's twin that computes in integers of 8 bits, trained with the rounding in the loop.

The comparisons of the entrance are rounded to the steps of a photo of 8 bits. From there on every
activation is one of 256 steps up to the end of its range, and every weight a whole number of steps
(Jacob et al., "Quantization and training of neural networks for efficient integer-arithmetic-only
inference", CVPR 2018). Where ranges end is learned with the weights (Esser et al., "Learned step
size quantization", ICLR 2020).

Weights take 7 of the 8 bits: two products of such a weight and an activation fit into the 16 bits
that processors without VNNI add them in, so that all come to the same sums.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from engine.matting.runtime.eight_bits import WEIGHT_STEPS

STEPS = 255  # of a picture or an activation
_MIDDLE = 128  # steps: zero, where there are two signs
_BEYOND = 5e-4  # share of the activations that a range leaves out at first
_SMALLEST = 1e-30  # of a weight's step: a channel may hold nothing but zeros
_CORRECTION = 5.0  # logits that the last convolution adds or subtracts at first, at most


class RoundedComparison(nn.Module):
    """Rounds comparisons to the steps of a photo of 8 bits, zero in the middle."""

    def forward(self, exact: Tensor) -> Tensor:
        """Return comparisons, rounded."""
        return torch.fake_quantize_per_tensor_affine(exact, 1 / STEPS, _MIDDLE, 0, STEPS)


class Rounded(nn.Module):
    """Makes activations one of 256 values, up to an end that is learned.

    high : the end of their range at first
    zero : how many of the steps are below zero: none after a rectifier, or ``_MIDDLE``
    """

    def __init__(self, high: float = 1.0, zero: int = 0) -> None:
        super().__init__()
        self.log_high = nn.Parameter(torch.tensor(high).log())
        self._zero = zero

    def forward(self, exact: Tensor) -> Tensor:
        """Return activations, rounded."""
        step = self.log_high.exp() / (STEPS - self._zero)
        if torch.onnx.is_in_onnx_export():
            return torch.fake_quantize_per_tensor_affine(exact, float(step), self._zero, 0, STEPS)
        return _Rounding.apply(exact, step, self._zero)


class RoundedConv(nn.Conv2d):
    """A convolution whose weights are whole numbers of steps, a step for each output channel."""

    def rounded(self) -> Tensor:
        """Return its weights, rounded; their gradient is that of the exact ones."""
        largest = self.weight.detach().abs().amax((1, 2, 3), keepdim=True)
        step = (largest / WEIGHT_STEPS).clamp_min(_SMALLEST)
        return self.weight + ((self.weight / step).round() * step - self.weight).detach()

    def forward(self, pictures: Tensor) -> Tensor:
        """Return sums, not rounded yet."""
        return self._conv_forward(pictures, self.rounded(), self.bias)


def in_eight_bits(network: nn.Module, shown: Sequence[Tensor] = ()) -> nn.Module:
    """Return a twin of a trained network; the network is not changed.

    Parameters
    ----------
    network : float32; its ``JOINS`` tell which blocks' outputs are joined, and so need one range
    shown : batches of input pictures that give the ranges to begin with; none for a twin whose
        weights are loaded afterwards
    """
    twin = _without_normalisation(network)
    highs = _ranges(twin, shown)
    for low, high, taker in twin.JOINS.values():
        _even_out(twin, highs, low, high, taker)
    twin.entrance.rounded = RoundedComparison()
    for name, block in blocks_of(twin):
        block[0] = _like(block[0], RoundedConv)
        block[2] = Rounded(highs[f"{name}.2"], 0 if isinstance(block[2], nn.ReLU) else _MIDDLE)
    for name, module in list(twin.named_modules()):
        if isinstance(module, nn.ReLU):  # behind a sum
            twin.set_submodule(name, Rounded(highs[name]))
    twin.leave = nn.Sequential(_like(twin.leave, RoundedConv), Rounded(_CORRECTION, _MIDDLE))
    for name, (low, high, _) in twin.JOINS.items():
        shared = twin.get_submodule(high)[2]
        twin.get_submodule(low)[2] = twin.get_submodule(name).rounded = shared
    for name, low in twin.SUMS.items():
        twin.get_submodule(name).rounded = twin.get_submodule(low)[2]
    return twin


def with_rounded_weights(twin: nn.Module) -> nn.Module:
    """Return a copy whose convolutions hold the rounded weights, and round no more."""
    settled = copy.deepcopy(twin)
    for name, module in list(settled.named_modules()):
        if isinstance(module, RoundedConv):
            weights = module.rounded().detach()
            plain = _like(module, nn.Conv2d)
            plain.weight.data = weights
            settled.set_submodule(name, plain)
    return settled


class _Rounding(torch.autograd.Function):
    """Rounds to whole steps, ``STEPS`` in all, some of them below zero."""

    @staticmethod
    def forward(ctx: Any, exact: Tensor, step: Tensor, below: int) -> Tensor:
        steps = exact / step
        whole = steps.round().clamp(-below, STEPS - below)
        ctx.save_for_backward(steps, whole)
        ctx.below = below
        return whole * step

    @staticmethod
    def backward(ctx: Any, given: Tensor) -> tuple[Tensor, Tensor, None]:
        """Pass the gradient within the range; the step's is the one of Esser et al."""
        steps, whole = ctx.saved_tensors
        within = (steps >= -ctx.below) & (steps <= STEPS - ctx.below)
        pull = torch.where(within, whole - steps, whole)
        return given * within, (given * pull).sum() * (STEPS * steps.numel()) ** -0.5, None


def _without_normalisation(network: nn.Module) -> nn.Module:
    """Return a copy whose convolutions do what the normalisation behind them did."""
    twin = copy.deepcopy(network).eval()
    for _, block in blocks_of(twin):
        block[0], block[1] = fuse_conv_bn_eval(block[0], block[1]), nn.Identity()
        if len(block) == 2:  # no rectifier of its own: its result is added to something
            block.append(nn.Identity())
    return twin


def blocks_of(network: nn.Module) -> Iterator[tuple[str, nn.Sequential]]:
    """Yield the name and the parts of what is convolution, normalisation and rectifier."""
    for name, module in list(network.named_modules()):
        if isinstance(module, nn.Sequential) and isinstance(module[0], nn.Conv2d):
            yield name, module


@torch.no_grad()
def _ranges(network: nn.Module, shown: Sequence[Tensor]) -> dict[str, float]:
    """Return for each rectifier, and for what has none, what nearly all its results stay within."""
    seen: dict[str, list[float]] = defaultdict(list)

    def watch(name: str) -> Any:
        def keep(_: nn.Module, __: Any, result: Tensor) -> None:
            values = result.flatten()[:: 1 + result.numel() // 2**20].abs()
            seen[name].append(float(torch.quantile(values, 1 - _BEYOND)))

        return keep

    hooks = [
        module.register_forward_hook(watch(name))
        for name, module in network.named_modules()
        if isinstance(module, (nn.ReLU, nn.Identity))
    ]
    for pictures in shown:
        network.logits(pictures)
    for hook in hooks:
        hook.remove()
    return defaultdict(lambda: 1.0, {name: sum(each) / len(each) for name, each in seen.items()})


@torch.no_grad()
def _even_out(network: nn.Module, highs: dict[str, float], low: str, high: str, taker: str) -> None:
    """Give what a block is joined with the range of the other; the block behind makes up for it.

    A rectifier lets a factor pass, so that the network stays the same (Nagel et al., "Data-free
    quantization through weight equalization and bias correction", ICCV 2019).
    """
    gain = highs[f"{high}.2"] / highs[f"{low}.2"]
    giver, taking = network.get_submodule(low)[0], network.get_submodule(taker)[0]
    giver.weight *= gain
    giver.bias *= gain
    taking.weight[:, : giver.out_channels] /= gain


def _like(convolution: nn.Conv2d, kind: type[nn.Conv2d]) -> nn.Conv2d:
    """Return a convolution of another kind with the same weights."""
    made = kind(
        convolution.in_channels,
        convolution.out_channels,
        convolution.kernel_size,
        convolution.stride,
        convolution.padding,
        convolution.dilation,
    )
    made.load_state_dict(convolution.state_dict())
    return made
