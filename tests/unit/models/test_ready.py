"""What a runtime made ready: whole or not at all, whoever damages it or writes it at once."""

from __future__ import annotations

import json
import multiprocessing
import os
from pathlib import Path

import pytest

from models.ready import Ready

MODEL = "ab" * 32


def _make(folder: Path) -> None:
    (folder / "graph").write_bytes(b"graph")
    (folder / "weights").write_bytes(b"weights")


def _make_in_process(folder: Path) -> None:
    for _ in range(20):
        found = Ready(folder, MODEL).keep("key", _make)
        assert found is not None
        assert (found / "graph").read_bytes() == b"graph"


@pytest.fixture
def ready(tmp_path: Path) -> Ready:
    return Ready(tmp_path, MODEL)


def test_what_was_kept_is_found(ready: Ready) -> None:
    assert ready.find("key") is None
    kept = ready.keep("key", _make)
    assert kept is not None
    assert ready.find("key") == kept
    assert ready.find("other") is None
    ready.forget()
    assert ready.find("key") is None


@pytest.mark.parametrize("file", ["graph", "weights", "seal.json"])
@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"foreign"])
def test_a_damaged_file_counts_as_none_and_is_replaced(
    ready: Ready, file: str, content: bytes
) -> None:
    kept = ready.keep("key", _make)
    assert kept is not None
    (kept / file).write_bytes(content)
    assert ready.find("key") is None
    assert ready.keep("key", _make) == kept
    assert ready.find("key") == kept


def test_a_seal_leads_to_no_file_elsewhere(ready: Ready, tmp_path: Path) -> None:
    kept = ready.keep("key", _make)
    assert kept is not None
    (tmp_path / "elsewhere").write_bytes(b"x")
    (kept / "seal.json").write_text(json.dumps({"../../../elsewhere": "0" * 64}))
    assert ready.find("key") is None


def test_a_maker_that_fails_leaves_nothing(ready: Ready, tmp_path: Path) -> None:
    def broken(folder: Path) -> None:
        _make(folder)
        raise RuntimeError("no graph")

    with pytest.raises(RuntimeError):
        ready.keep("key", broken)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_place_that_cannot_be_written_costs_only_that(tmp_path: Path) -> None:
    (tmp_path / ".ready").write_text("a file where the folder should be")
    ready = Ready(tmp_path, MODEL)
    assert ready.keep("key", _make) is None
    ready.record("choice", {"provider": "cpu"})
    assert ready.note("choice") is None
    with ready.alone():
        pass


def test_processes_at_once_all_get_a_whole_folder(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    with context.Pool(2) as pool:
        pool.map(_make_in_process, [tmp_path] * 2)
    assert Ready(tmp_path, MODEL).find("key")
    assert not list(tmp_path.rglob(".making-*"))


def test_what_an_older_runtime_left_goes_and_a_fresh_one_stays(ready: Ready) -> None:
    old, fresh = ready.keep("old", _make), ready.keep("fresh", _make)
    assert old
    assert fresh
    os.utime(old, (0, 0))
    ready.keep("new", _make)
    assert ready.find("old") is None
    assert ready.find("fresh")


def test_a_note_is_read_back_and_a_damaged_one_counts_as_none(ready: Ready, tmp_path: Path) -> None:
    ready.record("choice", {"provider": "cpu"})
    assert ready.note("choice") == {"provider": "cpu"}
    next(tmp_path.rglob("choice.json")).write_bytes(b'{"provider": ')
    assert ready.note("choice") is None
