"""What figures of speed were measured on: the machine, its system, the libraries.

Everything is text, for a person to read and for one run to be compared with another.
"""

from __future__ import annotations

import importlib.metadata
import platform

from engine.matting.runtime.identity import cpu_model, gpu_driver, gpu_names, runtime_versions
from engine.work.machine import available_cores, available_memory

Facts = dict[str, str]

_LIBRARIES = ("numpy", "opencv-python-headless", "Pillow", "isal", "zlib-ng")


def facts() -> Facts:
    """Return what this machine, its system and its libraries are, by name."""
    found = {
        "processor": cpu_model(),
        "cores": str(available_cores()),
        "memory": f"{available_memory() / 1e9:.0f} GB",
        "system": _system(),
        "kernel": platform.release(),
        "GPU": gpu_names() or "none",
        "GPU driver": gpu_driver() or "none",
        "Python": platform.python_version(),
        **runtime_versions(),
    }
    for name in _LIBRARIES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[name] = "missing"
    return found


def differences(then: Facts, now: Facts) -> list[str]:
    """Return what is no longer as it was, a few words each."""
    changed = []
    for name in {**now, **then}:
        before, after = then.get(name, "missing"), now.get(name, "missing")
        if before != after:
            changed.append(f"{name} {after}, was {before}")
    return changed


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return f"{platform.system()} {platform.version()}"
