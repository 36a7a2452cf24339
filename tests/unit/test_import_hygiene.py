"""Who may import whom at run time, as `lint-imports` checks it in the sources."""

from __future__ import annotations

import importlib
import os
import pkgutil
import subprocess
import sys
from pathlib import Path

from PIL import Image

import engine
import models
import presets

_WITHOUT_TEXTUAL = """
import importlib, pkgutil, sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"textual", "textual_image", "rich", "click", "tui"}:
            raise ImportError(name + " is not installed")

sys.meta_path.insert(0, Refuse())
for root in ("engine", "presets", "models"):
    package = importlib.import_module(root)
    for module in pkgutil.walk_packages(package.__path__, root + "."):
        importlib.import_module(module.name)
"""

_HELP_IMPORTS = """
import sys
from tui.cli.main import run
status = run(["--help"])
heavy = {"textual", "numpy", "onnxruntime", "cv2", "PIL", "pydantic", "rich"} & set(sys.modules)
assert not heavy, heavy
sys.exit(status)
"""


def test_the_core_works_where_textual_cannot_be_imported() -> None:
    subprocess.run([sys.executable, "-c", _WITHOUT_TEXTUAL], check=True)


def test_help_imports_nothing_that_weighs() -> None:
    result = subprocess.run(
        [sys.executable, "-c", _HELP_IMPORTS], check=False, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stderr
    assert "Cut product photos out of their background" in result.stdout


def test_every_public_thing_of_the_core_says_what_it_is() -> None:
    for root in (engine, presets, models):
        for info in pkgutil.walk_packages(root.__path__, f"{root.__name__}."):
            module = importlib.import_module(info.name)
            assert module.__doc__, f"{info.name} has no docstring"
            for name, thing in vars(module).items():
                own = getattr(thing, "__module__", None) == info.name and callable(thing)
                if own and not name.startswith("_"):
                    assert thing.__doc__, f"{info.name}.{name} has no docstring"


def test_the_workstation_opens_without_what_weighs() -> None:
    script = (
        "import sys, tui.app, tui.queue.crew, tui.terminal.choose\n"
        "heavy = {'numpy', 'cv2', 'pydantic', 'onnxruntime'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    result = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True)
    assert result.returncode == 0, result.stderr.decode()


_CUT_IMPORTS = """
import sys
from tui.cli.main import run
photo, out = sys.argv[1:]
if __name__ == "__main__":
    status = run(["cut", photo, "--out", out, "--model", "u2netp"])
    import engine.work.cutting
    heavy = {"pydantic", "presets.schema", "engine.delivery.deliver", "engine.session.session"}
    heavy = (heavy | {"http.client", "xml.sax", "textual"}) & set(sys.modules)
    assert not heavy, heavy
    sys.exit(status)
"""


def test_a_cut_of_files_imports_nothing_that_exports_or_installs(
    tmp_path: Path, model_home: Path
) -> None:
    """Neither the command nor, in the same process here, what its worker imports."""
    photo = tmp_path / "a.png"
    Image.new("RGB", (64, 64), "white").save(photo)
    result = subprocess.run(
        [sys.executable, "-c", _CUT_IMPORTS, photo, tmp_path / "out"],
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | {"PACKSHOT_HOME": str(model_home)},
    )
    assert result.returncode == 0, result.stderr
