"""Where a service is looked for: what makes it another one, and who may enter."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.errors import OutputError
from engine.serving import wire
from engine.serving.place import Place, own_place, service_folder, settings


@pytest.fixture
def umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask")
def test_another_home_umask_or_setting_is_another_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PACKSHOT_HOME", str(tmp_path / "home"))
    names = [own_place().name]
    assert own_place().name == names[0]
    monkeypatch.setenv("PACKSHOT_HOME", str(tmp_path / "other"))
    names.append(own_place().name)
    monkeypatch.setenv("PACKSHOT_PROVIDER", "cuda")
    names.append(own_place().name)
    os.umask(0o077)
    names.append(own_place().name)
    assert len(set(names)) == 4


def test_other_code_is_another_service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "engine").mkdir()
    module = tmp_path / "engine" / "one.py"
    module.write_text("VERSION = 1")
    monkeypatch.setattr("engine.serving.place._ROOT", tmp_path)
    before = own_place().name
    module.write_text("VERSION = 12")
    assert own_place().name != before


def test_a_relative_home_is_the_folder_that_it_means(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PACKSHOT_HOME", str(tmp_path / "home"))
    absolute = own_place()
    monkeypatch.setenv("PACKSHOT_HOME", "home")
    assert own_place() == absolute
    assert settings()["PACKSHOT_HOME"] == str(tmp_path / "home")


def test_the_socket_of_a_long_runtime_folder_lies_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / ("runtime" * 16)
    long.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(long))
    assert not service_folder().is_relative_to(long)
    assert len(os.fsencode(own_place().socket)) <= 103


def test_a_folder_that_others_may_enter_is_refused(tmp_path: Path) -> None:
    place = Place(tmp_path / "packshot", "name")
    place.make_private()
    assert place.is_private()
    place.folder.chmod(0o770)
    assert not place.is_private()
    with pytest.raises(OutputError, match="chmod 700"):
        place.make_private()


def test_a_link_to_a_private_folder_is_refused(tmp_path: Path) -> None:
    Place(tmp_path / "real", "name").make_private()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert not Place(tmp_path / "link", "name").is_private()


def test_a_folder_of_somebody_else_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place(tmp_path / "packshot", "name")
    place.make_private()
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert not place.is_private()


@pytest.mark.skipif(not hasattr(socket, "SO_PEERCRED"), reason="the system does not tell who calls")
def test_somebody_elses_process_is_not_listened_to(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = socket.socketpair(socket.AF_UNIX)
    with one, other:
        assert wire.is_own(one)
        monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
        assert not wire.is_own(one)
