"""Real sources on this machine: a web server, a wheel for pip, a tarball from an npm client."""

from __future__ import annotations

import contextlib
import hashlib
import http.server
import io
import json
import stat
import sys
import tarfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from models.spec import ModelSpec

WEIGHTS = hashlib.shake_256(b"weights").digest(300_000)


@pytest.fixture
def weights() -> bytes:
    """Return the bytes of a model; no test that uses them looks inside."""
    return WEIGHTS


@pytest.fixture
def make_spec() -> Callable[..., ModelSpec]:
    """Return a maker of specs whose content is ``weights``; any field can be given."""

    def make(**fields: Any) -> ModelSpec:
        return TypeAdapter(ModelSpec).validate_python(
            {
                "id": "small",
                "file": f"{fields.get('id', 'small')}.onnx",
                "bytes": len(WEIGHTS),
                "sha256": hashlib.sha256(WEIGHTS).hexdigest(),
                "licence": "MIT",
                "input_size": 320,
                "mean": (0.5, 0.5, 0.5),
                "std": (1, 1, 1),
                **fields,
            }
        )

    return make


class WebServer:
    """A server on the loopback address that says what ``pages`` tell it to.

    A page is bytes, a status as a number, or the address that it redirects to. Before each tenth
    of a page the server sleeps for ``pause`` seconds; with ``cut`` it hangs up half way.
    """

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.pages: dict[str, bytes | int | str] = {}
        self.pause = 0.0
        self.cut = False
        self.asked: list[str] = []
        self.underway = threading.Event()

    def source(self, path: str) -> dict[str, str]:
        return {"kind": "url", "url": self.address + path}

    def answer(self, handler: http.server.BaseHTTPRequestHandler) -> None:
        self.asked.append(handler.path)
        page = self.pages.get(handler.path, 404)
        if isinstance(page, bytes):
            handler.send_response(200)
            handler.send_header("Content-Length", str(len(page)))
            handler.end_headers()
            self._send(handler, page)
            return
        handler.send_response(302 if isinstance(page, str) else page)
        if isinstance(page, str):
            handler.send_header("Location", page)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    def _send(self, handler: http.server.BaseHTTPRequestHandler, page: bytes) -> None:
        step = len(page) // 10 + 1
        for start in range(0, len(page) // 2 if self.cut else len(page), step):
            time.sleep(self.pause)
            handler.wfile.write(page[start : start + step])
            handler.wfile.flush()
            self.underway.set()


@pytest.fixture
def web() -> Iterator[WebServer]:
    """Return a running web server without pages."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            # Some tests want the client killed.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                server.answer(self)

        def log_message(self, *_: object) -> None:
            """Keep the tests' output clean."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        server = WebServer(running.server_port)
        thread = threading.Thread(target=running.serve_forever, args=(0.02,))
        thread.start()
        yield server
        running.shutdown()
        thread.join()


@pytest.fixture
def python_registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that publishes a wheel where pip will find it, and nothing else."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))

    def publish(members: Mapping[str, bytes], requires_python: str = ">=3") -> None:
        about = "shop_weights-1.0.dist-info"
        metadata = "Metadata-Version: 2.1\nName: shop-weights\nVersion: 1.0\n"
        metadata += f"Requires-Python: {requires_python}\nRequires-Dist: not-to-be-fetched\n"
        with zipfile.ZipFile(folder / "shop_weights-1.0-py3-none-any.whl", "w") as wheel:
            for name, content in members.items():
                wheel.writestr(name, content)
            wheel.writestr(f"{about}/METADATA", metadata)
            wheel.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
            wheel.writestr(f"{about}/RECORD", "")

    return publish


_NPM = """#!{python}
import json, os, pathlib, shutil, sys, time
arguments = sys.argv[1:]
pathlib.Path({folder!r}, "asked.json").write_text(json.dumps([os.getpid(), *arguments]))
time.sleep(float(os.environ.get("SLOW_NPM", "0")))
target = next(a.partition("=")[2] for a in arguments if a.startswith("--pack-destination="))
tarball = pathlib.Path({folder!r}, "package.tgz")
if not tarball.exists():
    sys.exit("npm error 404 Not Found - no such package")
shutil.copy(tarball, pathlib.Path(target, "scope-weights-1.4.5.tgz"))
"""


@pytest.fixture
def npm_registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Return a function that publishes a tarball, and puts a client that fetches it on PATH."""
    folder = tmp_path / "npm"
    folder.mkdir()
    client = folder / "npm"
    client.write_text(_NPM.format(python=sys.executable, folder=str(folder)))
    client.chmod(client.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(folder))

    def publish(members: Mapping[str, bytes]) -> Path:
        with tarfile.open(folder / "package.tgz", "w:gz") as tarball:
            for name, content in members.items():
                entry = tarfile.TarInfo(f"package/{name}")
                entry.size = len(content)
                tarball.addfile(entry, io.BytesIO(content))
        return folder / "asked.json"

    return publish


@pytest.fixture
def chunked() -> Callable[[bytes, str], dict[str, bytes]]:
    """Return a function that cuts a file into the chunks and the index of a package."""

    def cut(content: bytes, resource: str) -> dict[str, bytes]:
        parts = [content[start : start + 70_000] for start in range(0, len(content), 70_000)]
        named = {hashlib.sha256(part).hexdigest(): part for part in parts}
        index = {resource: {"chunks": [{"hash": name} for name in named], "size": len(content)}}
        members = {f"dist/{name}": named[name] for name in sorted(named)}
        return {**members, "dist/resources.json": json.dumps(index).encode()}

    return cut


def _varint(number: int) -> bytes:
    digits = []
    while number > 0x7F:
        digits.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*digits, number])


def _field(number: int, value: bytes | str | int) -> bytes:
    """Return one field of a protocol buffer."""
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    content = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _tensor(name: str, shape: tuple[int, ...], element: int = 1) -> bytes:
    dimensions = b"".join(_field(1, _field(1, length)) for length in shape)
    kind = _field(1, _field(1, element) + _field(2, dimensions))
    return _field(1, name) + _field(2, kind)


@pytest.fixture
def make_onnx() -> Callable[..., bytes]:
    """Return a maker of tiny real ONNX networks: the mean of some channels, or the input itself."""

    def make(
        shape: tuple[int, ...] = (1, 3, 64, 64), *, mask: bool = True, element: int = 1
    ) -> bytes:
        node = _field(1, "image") + _field(2, "mask")
        if mask:
            axes = _field(1, "axes") + _field(8, 1) + _field(20, 7)
            node += _field(4, "ReduceMean") + _field(5, axes)
        else:
            node += _field(4, "Identity")
        result = (shape[0], 1, *shape[2:]) if mask else shape
        graph = _field(1, node) + _field(2, "tiny")
        graph += _field(11, _tensor("image", shape, element))
        graph += _field(12, _tensor("mask", result, element))
        return _field(1, 8) + _field(7, graph) + _field(8, _field(1, "") + _field(2, 13))

    return make
