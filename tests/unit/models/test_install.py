"""Installation over the web: whole and right or not at all, however it is disturbed."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.errors import LicenceNotAccepted, ModelError, SourceFailed, StoreNotWritable
from models.events import InstallEvent
from models.store import ModelStore

_INSTALL = """
import sys
from pathlib import Path
from pydantic import TypeAdapter
from models.spec import ModelSpec
from models.store import ModelStore
spec = TypeAdapter(ModelSpec).validate_json(sys.argv[2])
print(ModelStore(Path(sys.argv[1]), catalogue=[spec]).install(spec.id))
"""


def start_install(home: Path, spec) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", _INSTALL, str(home), json.dumps(asdict(spec))],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def unfinished(home: Path) -> list[Path]:
    """Return what an installation that did not end left."""
    return [path for path in (home / "models" / ".partial").iterdir() if path.is_dir()]


def files_in(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "models").iterdir() if path.is_file())


def test_the_file_comes_whole_with_news_on_the_way(tmp_path, web, weights, make_spec) -> None:
    web.pages["/small.onnx"] = weights
    store = ModelStore(tmp_path, catalogue=[make_spec(sources=[web.source("/small.onnx")])])
    news: list[InstallEvent] = []

    path = store.install("small", report=news.append)

    assert path.read_bytes() == weights
    assert path == store.verified_path("small")
    received = [event.received for event in news if event.stage == "receiving"]
    assert received == sorted(received)
    assert received[-1] == len(weights)
    assert {event.total for event in news if event.stage == "receiving"} == {len(weights)}
    assert [event.stage for event in news if event.text] == ["source", "installed"]
    assert unfinished(tmp_path) == []


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_the_file_has_the_mode_that_the_umask_gives(tmp_path, web, weights, make_spec) -> None:
    web.pages["/small.onnx"] = weights
    store = ModelStore(tmp_path, catalogue=[make_spec(sources=[web.source("/small.onnx")])])
    before = os.umask(0o022)
    try:
        assert store.install("small").stat().st_mode & 0o777 == 0o644
    finally:
        os.umask(before)


def test_what_is_installed_is_not_fetched_again(tmp_path, web, weights, make_spec) -> None:
    web.pages["/small.onnx"] = weights
    store = ModelStore(tmp_path, catalogue=[make_spec(sources=[web.source("/small.onnx")])])
    store.install("small")
    store.install("small")
    assert web.asked == ["/small.onnx"]


def test_a_changed_file_is_replaced_by_installing_again(tmp_path, web, weights, make_spec) -> None:
    web.pages["/small.onnx"] = weights
    store = ModelStore(tmp_path, catalogue=[make_spec(sources=[web.source("/small.onnx")])])
    store.install("small").write_bytes(b"changed")
    assert store.install("small").read_bytes() == weights


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["gone", "wrong", "leads away"]), min_size=1, max_size=3))
def test_the_next_source_is_tried_with_a_clear_line(
    tmp_path_factory, web, weights, make_spec, bad: list[str]
) -> None:
    other = b"someone else's file"
    web.pages.update({"/wrong": other, "/good": weights})
    pages = {"gone": "/gone", "wrong": "/wrong", "leads away": "/redirect-away"}
    web.pages["/redirect-away"] = "http://example.com/small.onnx"
    sources = [web.source(pages[kind]) for kind in bad] + [web.source("/good")]
    home = tmp_path_factory.mktemp("home")
    store = ModelStore(home, catalogue=[make_spec(sources=sources)])
    news: list[InstallEvent] = []

    assert store.install("small", report=news.append).read_bytes() == weights

    lines = [event.text for event in news if event.stage == "failed"]
    assert len(lines) == len(bad)
    said = {
        "gone": "404",
        "wrong": hashlib.sha256(other).hexdigest(),
        "leads away": "not https",
    }
    for kind, line in zip(bad, lines, strict=True):
        assert said[kind] in line
        assert pages[kind] in line


def test_a_wrong_file_is_refused_naming_both_hashes(tmp_path, web, weights, make_spec) -> None:
    other = b"another file"
    web.pages["/small.onnx"] = other
    store = ModelStore(tmp_path, catalogue=[make_spec(sources=[web.source("/small.onnx")])])
    with pytest.raises(SourceFailed) as refusal:
        store.install("small")
    assert hashlib.sha256(other).hexdigest() in refusal.value.problem
    assert hashlib.sha256(weights).hexdigest() in refusal.value.problem
    assert "models import" in refusal.value.remedy
    assert not store.is_installed("small")
    assert unfinished(tmp_path) == []


def test_a_file_without_end_does_not_fill_the_disk(tmp_path, web, weights, make_spec) -> None:
    web.pages["/small.onnx"] = weights * 10
    store = ModelStore(tmp_path, catalogue=[make_spec(sources=[web.source("/small.onnx")])])
    with pytest.raises(SourceFailed, match="too long"):
        store.install("small")


def test_a_connection_that_ends_early_is_told_as_that(tmp_path, web, weights, make_spec) -> None:
    web.pages["/small.onnx"] = weights
    web.cut = True
    store = ModelStore(tmp_path, catalogue=[make_spec(sources=[web.source("/small.onnx")])])
    with pytest.raises(SourceFailed, match=rf"ended after \d+ of {len(weights)} bytes"):
        store.install("small")


def test_a_silent_server_is_given_up(tmp_path, web, weights, make_spec) -> None:
    web.pages["/small.onnx"] = weights
    web.pause = 1.5
    spec = make_spec(sources=[web.source("/small.onnx")])
    with pytest.raises(SourceFailed, match="nothing arrived"):
        ModelStore(tmp_path, catalogue=[spec], patience=0.2).install("small")


@pytest.mark.parametrize("address", ["https://[", "http://[::1", "ftp://localhost/", "file:///etc"])
def test_a_redirect_to_nowhere_is_a_failed_source(tmp_path, web, make_spec, address: str) -> None:
    web.pages["/small.onnx"] = address
    store = ModelStore(tmp_path, catalogue=[make_spec(sources=[web.source("/small.onnx")])])
    with pytest.raises(SourceFailed, match="no source delivered it"):
        store.install("small")


def test_a_redirect_within_the_trusted_is_followed(tmp_path, web, weights, make_spec) -> None:
    web.pages.update({"/small.onnx": web.address + "/there", "/there": weights})
    store = ModelStore(tmp_path, catalogue=[make_spec(sources=[web.source("/small.onnx")])])
    assert store.install("small").read_bytes() == weights


def test_a_killed_installation_leaves_nothing_that_is_used(
    tmp_path, web, weights, make_spec
) -> None:
    web.pages["/small.onnx"] = weights
    web.pause = 0.2
    spec = make_spec(sources=[web.source("/small.onnx")])
    process = start_install(tmp_path, spec)
    assert web.underway.wait(20)
    process.kill()
    process.communicate()

    store = ModelStore(tmp_path, catalogue=[spec])
    assert files_in(tmp_path) == []
    assert len(unfinished(tmp_path)) == 1
    web.pause = 0
    assert store.install("small").read_bytes() == weights
    assert unfinished(tmp_path) == []


def test_leftovers_of_another_model_are_cleaned_too(tmp_path, web, weights, make_spec) -> None:
    web.pages["/small.onnx"] = weights
    left = tmp_path / "models" / ".partial" / "other" / "other.onnx"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    ModelStore(tmp_path, catalogue=[make_spec(sources=[web.source("/small.onnx")])]).install(
        "small"
    )
    assert unfinished(tmp_path) == []


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_an_interrupted_installation_cleans_up(tmp_path, web, weights, make_spec) -> None:
    web.pages["/small.onnx"] = weights
    web.pause = 0.2
    process = start_install(tmp_path, make_spec(sources=[web.source("/small.onnx")]))
    assert web.underway.wait(20)
    process.send_signal(signal.SIGINT)
    _, complaint = process.communicate(timeout=20)
    assert b"KeyboardInterrupt" in complaint
    assert files_in(tmp_path) == []
    assert unfinished(tmp_path) == []


def test_two_processes_install_one_model_once(tmp_path, web, weights, make_spec) -> None:
    web.pages["/small.onnx"] = weights
    web.pause = 0.1
    spec = make_spec(sources=[web.source("/small.onnx")])
    first, second = start_install(tmp_path, spec), start_install(tmp_path, spec)
    outcomes = [first.communicate(timeout=30), second.communicate(timeout=30)]
    assert [first.returncode, second.returncode] == [0, 0], outcomes
    assert web.asked == ["/small.onnx"]
    assert (tmp_path / "models" / "small.onnx").read_bytes() == weights


def test_a_waiting_installation_says_so_and_two_models_do_not_wait(
    tmp_path, web, weights, make_spec
) -> None:
    web.pages.update({"/slow": weights, "/quick": weights})
    web.pause = 0.1
    slow = make_spec(sources=[web.source("/slow")])
    quick = make_spec(id="quick", sources=[web.source("/quick")])
    store = ModelStore(tmp_path, catalogue=[slow, quick])
    failures: list[ModelError] = []

    def install_slow() -> None:
        try:
            store.install("small")
        except ModelError as error:
            failures.append(error)

    thread = threading.Thread(target=install_slow)
    thread.start()
    assert web.underway.wait(20)
    stages: list[str] = []
    store.install("quick", report=lambda event: stages.append(event.stage))
    assert "waiting" not in stages
    thread.join()
    assert failures == []

    (tmp_path / "models" / "small.onnx").unlink()
    web.underway.clear()
    thread = threading.Thread(target=install_slow)
    thread.start()
    assert web.underway.wait(20)
    store.install("small", report=lambda event: stages.append(event.stage))
    assert "waiting" in stages
    thread.join()
    assert failures == []


def test_nothing_is_fetched_before_the_licence_is_accepted(
    tmp_path, web, weights, make_spec
) -> None:
    web.pages["/small.onnx"] = weights
    spec = make_spec(licence="AGPL-3.0", sources=[web.source("/small.onnx")])
    store = ModelStore(tmp_path, catalogue=[spec])
    with pytest.raises(LicenceNotAccepted, match=r"AGPL-3\.0"):
        store.install("small", accepted_licences=["GPL-3.0"])
    assert web.asked == []
    store.install("small", accepted_licences=["AGPL-3.0"])
    assert store.is_installed("small")


def test_a_store_that_cannot_be_written_is_named(tmp_path, web, weights, make_spec) -> None:
    web.pages["/small.onnx"] = weights
    home = tmp_path / "home"
    home.write_text("a file where the folder should be")
    store = ModelStore(home, catalogue=[make_spec(sources=[web.source("/small.onnx")])])
    with pytest.raises(StoreNotWritable, match="PACKSHOT_HOME"):
        store.install("small")


def test_a_full_disk_is_told_before_anything_is_fetched(
    tmp_path, web, weights, make_spec, monkeypatch
) -> None:
    web.pages["/small.onnx"] = weights
    store = ModelStore(tmp_path, catalogue=[make_spec(sources=[web.source("/small.onnx")])])
    full = shutil.disk_usage(tmp_path)._replace(free=len(weights) - 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: full)
    with pytest.raises(StoreNotWritable, match="MB free"):
        store.install("small")
    assert web.asked == []
    assert unfinished(tmp_path) == []
