"""Weights out of packages, fetched by the real pip and by an npm client on PATH."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import asdict

import pytest

from models.errors import SourceFailed
from models.store import ModelStore

WHEEL = {
    "kind": "python",
    "package": "shop-weights",
    "version": "1.0",
    "member": "shop/small.onnx",
}
MEMBER = {
    "kind": "npm",
    "package": "@scope/weights",
    "version": "1.4.5",
    "member": "models/small.onnx",
}
CHUNKS = {**MEMBER, "member": "dist/resources.json", "resource": "/models/medium"}


def test_a_member_of_a_wheel(tmp_path, python_registry, weights, make_spec) -> None:
    # Another interpreter's package, with a dependency that does not exist: neither matters.
    python_registry({"shop/small.onnx": weights, "shop/__init__.py": b""}, requires_python="<3")
    store = ModelStore(tmp_path / "home", catalogue=[make_spec(sources=[WHEEL])])
    assert store.install("small").read_bytes() == weights
    left = [path.name for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert sorted(left) == ["small.lock", "small.onnx"]


def test_a_wheel_cannot_write_outside(tmp_path, python_registry, weights, make_spec) -> None:
    outside = "../../../../outside.onnx"
    python_registry({outside: weights})
    spec = make_spec(sources=[{**WHEEL, "member": outside}])
    store = ModelStore(tmp_path / "home", catalogue=[spec])
    assert store.install("small").read_bytes() == weights
    assert list(tmp_path.rglob("outside.onnx")) == []


def test_a_package_or_member_that_is_not_there(tmp_path, python_registry, make_spec) -> None:
    python_registry({"shop/other.onnx": b""})
    absent = {**WHEEL, "package": "no-such-package"}
    store = ModelStore(tmp_path / "home", catalogue=[make_spec(sources=[absent, WHEEL])])
    with pytest.raises(SourceFailed) as failure:
        store.install("small")
    assert "no-such-package 1.0: the download failed (ERROR: No matching" in failure.value.problem
    assert "there is no shop/small.onnx in it" in failure.value.problem


def test_a_member_of_an_npm_package(tmp_path, npm_registry, weights, make_spec) -> None:
    asked = npm_registry({"README.md": b"", "models/small.onnx": weights})
    store = ModelStore(tmp_path / "home", catalogue=[make_spec(sources=[MEMBER])])
    assert store.install("small").read_bytes() == weights
    arguments = json.loads(asked.read_text())
    assert "@scope/weights@1.4.5" in arguments
    assert "--ignore-scripts" in arguments


def test_the_chunks_of_an_npm_package_are_joined(
    tmp_path, npm_registry, chunked, weights, make_spec
) -> None:
    npm_registry(
        {**chunked(b"another model", "/models/small"), **chunked(weights, "/models/medium")}
    )
    store = ModelStore(tmp_path / "home", catalogue=[make_spec(sources=[CHUNKS])])
    assert store.install("small").read_bytes() == weights


def test_a_missing_or_changed_chunk_is_refused(
    tmp_path, npm_registry, chunked, weights, make_spec
) -> None:
    store = ModelStore(tmp_path / "home", catalogue=[make_spec(sources=[CHUNKS])])
    members = chunked(weights, "/models/medium")
    first = next(iter(members))
    npm_registry({**members, first: b"changed"})
    with pytest.raises(SourceFailed, match="SHA-256"):
        store.install("small")
    del members[first]
    npm_registry(members)
    with pytest.raises(SourceFailed, match=f"there is no {first} in it"):
        store.install("small")


@pytest.mark.parametrize("index", [b"{}", b"[1]", b"no json", b'{"/models/medium": {"chunks": 1}}'])
def test_an_index_that_lists_nothing(tmp_path, npm_registry, make_spec, index: bytes) -> None:
    npm_registry({"dist/resources.json": index})
    store = ModelStore(tmp_path / "home", catalogue=[make_spec(sources=[CHUNKS])])
    with pytest.raises(SourceFailed, match="lists no chunks of /models/medium"):
        store.install("small")


def test_a_damaged_package(tmp_path, npm_registry, make_spec) -> None:
    npm_registry({}).with_name("package.tgz").write_bytes(b"no tarball")
    store = ModelStore(tmp_path / "home", catalogue=[make_spec(sources=[MEMBER])])
    with pytest.raises(SourceFailed, match="damaged"):
        store.install("small")


def test_a_client_that_fails_is_quoted(tmp_path, npm_registry, make_spec) -> None:
    store = ModelStore(tmp_path / "home", catalogue=[make_spec(sources=[MEMBER])])
    with pytest.raises(SourceFailed, match="404 Not Found"):
        store.install("small")


def test_no_npm_client_is_a_reason_to_go_on(tmp_path, monkeypatch, web, weights, make_spec) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    web.pages["/small"] = weights
    spec = make_spec(sources=[MEMBER, web.source("/small")])
    lines: list[str] = []
    store = ModelStore(tmp_path / "home", catalogue=[spec])
    store.install("small", report=lambda event: lines.append(event.text))
    assert any("no npm client" in line for line in lines)
    assert store.is_installed("small")


def test_a_client_that_hangs_is_stopped(
    tmp_path, monkeypatch, npm_registry, weights, make_spec
) -> None:
    asked = npm_registry({"models/small.onnx": weights})
    monkeypatch.setenv("SLOW_NPM", "60")
    spec = make_spec(sources=[MEMBER])
    with pytest.raises(SourceFailed, match="nothing arrived"):
        ModelStore(tmp_path / "home", catalogue=[spec], patience=0.5).install("small")
    # Given up before it had started, it has left no trace to look for.
    assert not asked.exists() or has_ended(json.loads(asked.read_text())[0])


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_an_interrupted_client_is_stopped(
    tmp_path, monkeypatch, npm_registry, weights, make_spec
) -> None:
    asked = npm_registry({"models/small.onnx": weights})
    monkeypatch.setenv("SLOW_NPM", "60")
    code = (
        "import sys; from pathlib import Path; from models.spec import ModelSpec\n"
        "from pydantic import TypeAdapter\n"
        "from models.store import ModelStore\n"
        "spec = TypeAdapter(ModelSpec).validate_json(sys.argv[2])\n"
        "ModelStore(Path(sys.argv[1]), catalogue=[spec]).install(spec.id)\n"
    )
    spec = json.dumps(asdict(make_spec(sources=[MEMBER])))
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "home"), spec], stderr=subprocess.DEVNULL
    )
    client = wait_for_pid(asked)
    process.send_signal(signal.SIGINT)
    process.wait(20)
    assert has_ended(client)
    assert list((tmp_path / "home").rglob("*.onnx")) == []


def wait_for_pid(asked) -> int:
    for _ in range(200):
        try:
            return int(json.loads(asked.read_text())[0])
        except (FileNotFoundError, ValueError):
            time.sleep(0.1)
    raise AssertionError("the client was never started")


def has_ended(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False
