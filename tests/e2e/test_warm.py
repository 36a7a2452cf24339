"""``packshot warm``: the same results sooner, and nothing that depends on it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from program import PACKSHOT, packshot, shell

pytestmark = pytest.mark.xdist_group("warm")

_THIN = """
import sys
from tui.cli.start import main
try:
    main()
finally:
    loaded = {"numpy", "cv2", "onnxruntime", "pydantic", "PIL", "pebble"} & set(sys.modules)
    sys.stderr.write(f"loaded: {sorted(loaded)}")
"""


@pytest.fixture(scope="module")
def runtime() -> Iterator[Path]:
    """Return a folder for sockets whose path is short enough; it is set for this module."""
    with tempfile.TemporaryDirectory(prefix="ps-") as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", folder)
        patch.setenv("PACKSHOT_CONFIG", folder)
        yield Path(folder)


@pytest.fixture(autouse=True)
def _one_config(runtime: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give all tests one configuration, or each would have a service of its own."""
    monkeypatch.setenv("PACKSHOT_CONFIG", str(runtime))


@pytest.fixture(scope="module")
def service(runtime: Path, model_home: Path) -> Iterator[dict[str, Any]]:
    """Start the service and return what its status says."""
    started = packshot("warm", "--model", "u2netp", "--detach", home=model_home)
    assert started.returncode == 0, started.stderr
    assert "u2netp is loaded" in started.stderr
    status = packshot("warm", "--status", "--json", home=model_home)
    assert status.returncode == 0
    [found] = json.loads(status.stdout)
    yield found
    packshot("warm", "--stop", home=model_home)


@pytest.fixture
def photo(tmp_path: Path, sample_photos: Path) -> Path:
    picture = Image.open(sample_photos / "SKU201-front.jpg")
    picture.thumbnail((400, 400))
    picture.save(tmp_path / "SKU201-front.jpg")
    return tmp_path / "SKU201-front.jpg"


@pytest.fixture
def cutout(tmp_path: Path) -> Path:
    """Return a picture that came with its own alpha: cutting it needs no network."""
    Image.new("RGBA", (60, 40), (200, 100, 50, 128)).save(tmp_path / "soft.png")
    return tmp_path / "soft.png"


def _thin_client(*arguments: str | Path, home: Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _THIN, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env={**shell(), "PACKSHOT_HOME": str(home)},
        timeout=120,
    )


def _without_times(said: str) -> list[dict[str, Any]]:
    times = ("seconds", "processor")
    return [row | {name: sorted(row[name]) for name in times} for row in json.loads(said)]


def test_a_served_command_comes_to_the_same_and_loads_nothing(
    service: dict[str, Any], photo: Path, model_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut = ("cut", photo.name, "--model", "u2netp", "--out", "out", "--json")
    master = photo.parent / "out" / "SKU201-front.png"
    warm = _thin_client(*cut, home=model_home, cwd=photo.parent)
    assert warm.returncode == 0, warm.stderr
    assert warm.stderr.endswith("loaded: []")
    made = master.read_bytes()
    shutil.rmtree(photo.parent / "out")

    monkeypatch.setenv("XDG_RUNTIME_DIR", str(photo.parent))  # no service is there
    alone = _thin_client(*cut, home=model_home, cwd=photo.parent)
    assert master.read_bytes() == made
    assert _without_times(alone.stdout) == _without_times(warm.stdout)
    assert alone.stderr.split("loaded:")[0] == warm.stderr.split("loaded:")[0]


def test_failures_and_usage_errors_are_the_same(
    service: dict[str, Any], tmp_path: Path, model_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bad.jpg").write_bytes(b"no picture")
    calls = (
        ("cut", "bad.jpg", "--out", "out"),
        ("cut", "none.jpg", "--out", "out"),
        ("cut", "--nonsense"),
        ("export", "nowhere", "--preset", "shopify"),
    )
    warm = [_thin_client(*call, home=model_home, cwd=tmp_path) for call in calls]
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    alone = [_thin_client(*call, home=model_home, cwd=tmp_path) for call in calls]
    assert [ran.returncode for ran in warm] == [ran.returncode for ran in alone] == [1, 1, 2, 3]
    for served, own in zip(warm, alone, strict=True):
        assert served.stderr.endswith("loaded: []")
        assert served.stdout == own.stdout
        assert served.stderr.split("loaded:")[0] == own.stderr.split("loaded:")[0]


def test_another_umask_is_not_served_and_kept(
    service: dict[str, Any], cutout: Path, model_home: Path
) -> None:
    under_umask = ("sh", "-c", 'umask 077; exec "$0" "$@"', PACKSHOT)
    cut = ("cut", cutout, "--model", "u2netp", "--out", cutout.parent / "out")
    environment = {**shell(), "PACKSHOT_HOME": str(model_home)}
    ran = subprocess.run([*under_umask, *cut], check=False, env=environment, timeout=120)
    assert ran.returncode == 0
    assert (cutout.parent / "out" / "soft.png").stat().st_mode & 0o777 == 0o600


def test_a_second_service_says_that_there_is_one(service: dict[str, Any], model_home: Path) -> None:
    for options in ((), ("--detach",)):
        again = packshot("warm", "--model", "u2netp", *options, home=model_home)
        assert again.returncode == 0
        assert f"already there: u2netp, process {service['process']}" in again.stderr


def test_a_model_that_is_not_there_is_named_also_when_detached(
    runtime: Path, model_home: Path, tmp_path: Path
) -> None:
    ran = packshot("warm", "--detach", home=tmp_path / "empty")
    assert ran.returncode == 3
    assert "packshot models install u2netp" in ran.stderr
    wrong = packshot("warm", "--model", "u2nett", "--detach", home=model_home)
    assert wrong.returncode == 2 or "u2netp" in wrong.stderr


def test_a_killed_service_is_replaced_and_an_idle_one_ends(
    service: dict[str, Any], cutout: Path, model_home: Path
) -> None:
    os.kill(service["process"], signal.SIGKILL)
    out = cutout.parent / "out"
    cut = ("cut", cutout, "--model", "u2netp", "--out", out)
    assert packshot(*cut, home=model_home).returncode == 0
    assert packshot("warm", "--status", home=model_home).returncode == 1
    idle = packshot("warm", "--model", "u2netp", "--idle", "0.0001", home=model_home)
    assert idle.returncode == 0
    assert "is loaded" in idle.stderr
    assert packshot("warm", "--status", home=model_home).stdout == "nothing is warm\n"
    assert packshot(*cut, home=model_home).stdout == "1 unchanged\n"
