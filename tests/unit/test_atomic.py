"""Files appear whole or not at all."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.atomic import output_error, write_atomic, write_new, writing
from engine.errors import DiskFull, OutputError, OutputNotWritable


@given(st.binary(max_size=2000), st.binary(max_size=2000))
def test_a_file_holds_what_was_written_last(
    tmp_path_factory: pytest.TempPathFactory, first: bytes, second: bytes
) -> None:
    path = tmp_path_factory.mktemp("atomic") / "folder" / "file"
    write_atomic(path, first)
    write_atomic(path, second)
    assert path.read_bytes() == second
    assert os.listdir(path.parent) == ["file"]


def test_a_new_file_never_replaces_one(tmp_path: Path) -> None:
    path = tmp_path / "file"
    assert write_new(path, b"first")
    assert not write_new(path, b"second")
    assert path.read_bytes() == b"first"
    assert os.listdir(tmp_path) == ["file"]


def test_of_many_writers_of_a_new_file_one_wins(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(lambda number: write_new(path, bytes([number])), range(8)))
    assert won.count(True) == 1
    assert path.read_bytes() == bytes([won.index(True)])


def test_a_folder_in_place_of_the_file_is_an_error_of_the_tree(tmp_path: Path) -> None:
    (tmp_path / "file").mkdir()
    with pytest.raises(OutputError, match="file"):
        write_atomic(tmp_path / "file", b"x")
    assert os.listdir(tmp_path) == ["file"]


def test_a_file_in_place_of_the_folder_is_an_error_of_the_tree(tmp_path: Path) -> None:
    (tmp_path / "folder").write_bytes(b"x")
    with pytest.raises(OutputError, match="folder"):
        write_atomic(tmp_path / "folder" / "file", b"x")


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EACCES, OutputNotWritable),
        (errno.EROFS, OutputNotWritable),
        (errno.EIO, OutputError),
    ],
)
def test_every_failure_says_what_to_do(number: int, kind: type[OutputError]) -> None:
    error = output_error(Path("masters/a.png"), OSError(number, os.strerror(number)))
    assert type(error) is kind
    assert "masters/a.png" in str(error)
    assert error.remedy


def test_a_really_full_disk_leaves_the_old_file_and_no_rubbish(tmp_path: Path) -> None:
    """A file-size limit stops the write in the middle, as a full disk does."""
    path = tmp_path / "file"
    path.write_bytes(b"old")
    script = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from engine.atomic import write_atomic\n"
        "from engine.errors import OutputError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "try:\n"
        "    write_atomic(Path(sys.argv[1]), bytes(100_000))\n"
        "except OutputError as error:\n"
        "    print(error)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", script, path], capture_output=True, text=True, check=True
    ).stdout
    assert str(path) in said
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["file"]


def test_a_stream_becomes_the_file_only_when_all_of_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"before")
    with pytest.raises(ZeroDivisionError), writing(path) as stream:
        stream.write(b"half")
        _ = 1 / 0
    assert (path.read_bytes(), os.listdir(tmp_path)) == (b"before", ["file"])
    with writing(path) as stream:
        stream.write(b"one ")
        stream.write(b"two")
        assert path.read_bytes() == b"before"
    assert (path.read_bytes(), os.listdir(tmp_path)) == (b"one two", ["file"])


def test_what_goes_wrong_with_a_stream_is_an_error_of_the_tree(tmp_path: Path) -> None:
    with pytest.raises(DiskFull), writing(tmp_path / "file") as stream:
        stream.write(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")
    assert os.listdir(tmp_path) == []
