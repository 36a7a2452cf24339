"""Whether a file is a network that packshot can drive."""

from __future__ import annotations

from pathlib import Path

from models.errors import ModelInvalid
from models.spec import ModelDescription

_FLOAT = "tensor(float)"


def check_network(path: Path, subject: str, description: ModelDescription) -> None:
    """Load a file with ONNX Runtime and compare its input and output with a description.

    The one input has to be an image: float, 1 × 3 × ``input_size`` × ``input_size``, where any of
    the four may be left open. The first output has to be a picture of one channel.

    Raises
    ------
    ModelInvalid : it does not load, or eats or gives something else
    """
    # Only an import needs it, and it weighs a tenth of a second.
    import onnxruntime  # noqa: PLC0415

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4  # its complaint comes as the error below
    try:
        session = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # ONNX Runtime's errors share no narrower class
        reason = str(error).strip().splitlines()[0][:200]
        raise ModelInvalid(
            subject,
            f"ONNX Runtime cannot load it ({reason})",
            "Export it as one ONNX file, weights inside.",
        ) from error

    inputs, outputs = session.get_inputs(), session.get_outputs()
    size = description.input_size
    wanted = f"one float input 1 × 3 × {size} × {size}"
    if len(inputs) != 1 or inputs[0].type != _FLOAT or not _fits(inputs[0].shape, size):
        found = ", ".join(f"{each.type} {_product(each.shape)}" for each in inputs) or "none"
        raise ModelInvalid(
            subject,
            f"it has no image input: packshot feeds {wanted}, and it takes {found}",
            "Correct input_size in the description, or export the network with such an input.",
        )
    if not outputs or not _is_mask(outputs[0].shape):
        raise ModelInvalid(
            subject,
            "its first output is no picture of one channel",
            "Export the network with the mask as its first output.",
        )


def _fits(shape: list[int | str | None], size: int) -> bool:
    """Return whether a shape, in which a name or None stands for any length, takes the image."""
    if len(shape) != 4:
        return False
    return all(
        not isinstance(length, int) or length == wanted
        for length, wanted in zip(shape, (1, 3, size, size), strict=True)
    )


def _is_mask(shape: list[int | str | None]) -> bool:
    """Return whether a shape is height and width, led by nothing but ones or open lengths."""
    return 2 <= len(shape) <= 4 and not any(
        isinstance(length, int) and length != 1 for length in shape[:-2]
    )


def _product(shape: list[int | str | None]) -> str:
    return " × ".join("?" if length is None else str(length) for length in shape)
