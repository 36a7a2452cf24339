"""ZIP files and folders from outside: nothing is unpacked, and nothing in them can do harm."""

from __future__ import annotations

import io
import os
import random
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import MaskRefused, PackUnreadable
from engine.handoff import returned
from engine.handoff.returned import returned_files, twice


def zipped(path: Path, files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", how) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def test_files_are_known_by_their_last_name(tmp_path: Path) -> None:
    files = {
        "K7Q2.png": b"a", "masks/final/K7Q3.PNG": b"b", "../../etc/K7Q4.png": b"c",
        "/root/K7Q5.png": b"d", "C:\\masks\\K7Q6.png": b"e", "__MACOSX/._K7Q2.png": b"x",
        ".DS_Store": b"x", "masks/": b"",
    }  # fmt: skip
    with returned_files(zipped(tmp_path / "masks.zip", files)) as found:
        assert {(file.name, file.stem, file.read(10)) for file in found} == {
            ("K7Q2.png", "K7Q2", b"a"),
            ("K7Q3.PNG", "K7Q3", b"b"),
            ("K7Q4.png", "K7Q4", b"c"),
            ("K7Q5.png", "K7Q5", b"d"),
            ("K7Q6.png", "K7Q6", b"e"),
        }
    assert {path.name for path in tmp_path.iterdir()} == {"masks.zip"}


def test_a_folder_reads_like_a_zip_and_follows_no_link(tmp_path: Path) -> None:
    folder = tmp_path / "masks"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "K7Q2.png").write_bytes(b"a")
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "K7Q9.png").write_bytes(b"secret")
    (folder / "K7Q3.png").symlink_to(secret / "K7Q9.png")
    (folder / "linked").symlink_to(secret)
    os.mkfifo(folder / "K7Q4.png")
    with returned_files(folder) as found:
        assert [(file.name, file.read(9)) for file in found] == [("K7Q2.png", b"a")]


def test_a_bomb_is_read_no_further_than_its_limit(tmp_path: Path) -> None:
    path = zipped(tmp_path / "bomb.zip", {"K7Q2.png": bytes(300 << 20), "K7Q3.png": b"small"})
    assert path.stat().st_size < 1 << 20
    with returned_files(path) as found:
        bomb, small = found
        with pytest.raises(MaskRefused, match="more than 1 MB when unpacked"):
            bomb.read(1 << 20)
        assert small.read(1 << 20) == b"small"


def test_a_size_that_lies_is_found_out(tmp_path: Path) -> None:
    path = zipped(tmp_path / "lie.zip", {"K7Q2.png": b"x" * 5000})
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<L", 10)  # says that 10 bytes come out
    path.write_bytes(data)
    with returned_files(path) as found, pytest.raises(MaskRefused, match="cannot be read"):
        found[0].read(1 << 20)


def test_one_damaged_file_costs_itself_alone(tmp_path: Path) -> None:
    path = zipped(tmp_path / "m.zip", {"A.png": b"x" * 999, "B.png": b"fine"}, zipfile.ZIP_STORED)
    data = path.read_bytes().replace(b"xxx", b"xyx", 1)
    path.write_bytes(data)
    with returned_files(path) as found:
        with pytest.raises(MaskRefused, match=r"A\.png: cannot be read"):
            found[0].read(9999)
        assert found[1].read(9999) == b"fine"


def test_what_is_encrypted_is_named(tmp_path: Path) -> None:
    path = zipped(tmp_path / "m.zip", {"A.png": b"abc"})
    data = bytearray(path.read_bytes())
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(signature) + place] |= 1
    path.write_bytes(data)
    with returned_files(path) as found, pytest.raises(MaskRefused, match="encrypted"):
        found[0].read(99)


def test_too_many_names_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "m.zip", {"A.png": b"abc"})
    data = bytearray(path.read_bytes())
    end = data.rfind(b"PK\x05\x06")
    data[end + 12 : end + 16] = struct.pack("<L", 1 << 30)
    path.write_bytes(data)
    with pytest.raises(PackUnreadable, match="list of names too long"), returned_files(path):
        pass


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(returned, "MOST_FILES", 3)
    files = {f"{number}.png": b"" for number in range(4)}
    folder = tmp_path / "masks"
    folder.mkdir()
    for name in files:
        (folder / name).touch()
    for path in (zipped(tmp_path / "m.zip", files), folder):
        with pytest.raises(PackUnreadable, match="more than 3 files"), returned_files(path):
            pass


def test_a_pack_without_a_file_is_refused(tmp_path: Path) -> None:
    for path in (zipped(tmp_path / "m.zip", {}), zipped(tmp_path / "h.zip", {".hidden": b"x"})):
        with pytest.raises(PackUnreadable, match="holds no files"), returned_files(path):
            pass


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06" + bytes(4)])
def test_what_is_no_pack_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "m.zip"
    path.write_bytes(content)
    os.mkfifo(tmp_path / "pipe.zip")
    for wrong in (path, tmp_path / "missing.zip", tmp_path / "pipe.zip"):
        with pytest.raises(PackUnreadable), returned_files(wrong):
            pass


@given(st.randoms(use_true_random=False), st.integers(1, 12))
def test_a_zip_with_any_bytes_changed_never_breaks_the_program(
    tmp_path_factory: pytest.TempPathFactory, source: random.Random, changes: int
) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/K7Q2.png", b"mask" * 50)
        archive.writestr("K7Q3.png", b"other")
    data = bytearray(stream.getvalue())
    for _ in range(changes):
        data[source.randrange(len(data))] = source.randrange(256)
    path = tmp_path_factory.mktemp("zip") / "m.zip"
    path.write_bytes(data)
    try:
        with returned_files(path) as found:
            for file in found:
                try:
                    assert len(file.read(1000)) <= 1000
                except MaskRefused:
                    continue
    except PackUnreadable:
        return


def test_two_files_of_one_name_are_told(tmp_path: Path) -> None:
    path = zipped(tmp_path / "m.zip", {"a/K7Q2.png": b"1", "b/k7q2.PNG": b"2", "K7Q3.png": b"3"})
    with returned_files(path) as found:
        assert twice(found) == {"k7q2"}
