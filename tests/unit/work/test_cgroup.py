"""The share that a container gives: both versions, groups in groups, trees drawn in files."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.work import machine
from engine.work.cgroup import Limits, headroom, limits


def _tree(folder: Path, membership: str, files: dict[str, str]) -> tuple[Path, Path]:
    mount = folder / "cgroup"
    mount.mkdir()
    for name, text in files.items():
        path = mount / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n")
    (folder / "self").write_text(membership)
    return folder / "self", mount


def test_without_groups_nothing_is_limited(tmp_path: Path) -> None:
    assert limits(tmp_path / "nowhere", tmp_path / "nothing") == Limits(None, None)


def test_a_container_of_version_two_sees_its_group_as_the_root(tmp_path: Path) -> None:
    files = {"cpu.max": "150000 100000", "memory.max": "4000000000"}
    assert limits(*_tree(tmp_path, "0::/\n", files)) == Limits(1.5, 4_000_000_000)


def test_the_tightest_of_the_groups_around_counts(tmp_path: Path) -> None:
    files = {
        "a.slice/cpu.max": "200000 100000",
        "a.slice/b.scope/cpu.max": "max 100000",
        "a.slice/memory.max": "max",
        "a.slice/b.scope/memory.max": "2000000000",
        "other.slice/cpu.max": "10000 100000",
    }
    assert limits(*_tree(tmp_path, "0::/a.slice/b.scope\n", files)) == Limits(2.0, 2_000_000_000)


def test_a_hosts_path_inside_a_container_falls_back_to_the_root(tmp_path: Path) -> None:
    found = limits(*_tree(tmp_path, "0::/docker/0123abc\n", {"cpu.max": "300000 100000"}))
    assert found == Limits(3.0, None)


def test_a_group_out_of_sight_does_not_lead_out_of_the_tree(tmp_path: Path) -> None:
    (tmp_path / "cpu.max").write_text("1000 100000")
    found = limits(*_tree(tmp_path, "0::/../..\n", {"cpu.max": "200000 100000"}))
    assert found == Limits(2.0, None)


def test_version_one_has_a_tree_per_resource(tmp_path: Path) -> None:
    files = {
        "cpu,cpuacct/job/cpu.cfs_quota_us": "50000",
        "cpu,cpuacct/job/cpu.cfs_period_us": "100000",
        "cpu,cpuacct/cpu.cfs_quota_us": "-1",
        "cpu,cpuacct/cpu.cfs_period_us": "100000",
        "memory/job/memory.limit_in_bytes": "3000000000",
        "memory/memory.limit_in_bytes": "9223372036854771712",
    }
    membership = "5:memory:/job\n4:cpu,cpuacct:/job\n1:name=systemd:/job\n"
    assert limits(*_tree(tmp_path, membership, files)) == Limits(0.5, 3_000_000_000)


def test_what_is_left_is_the_least_of_the_groups_around(tmp_path: Path) -> None:
    files = {
        "a.slice/memory.max": "9000",
        "a.slice/memory.current": "5000",
        "a.slice/b.scope/memory.max": "7000",
        "a.slice/b.scope/memory.current": "5000",
        "a.slice/b.scope/memory.stat": "anon 3000\ninactive_file 1500\nactive_file 500",
        "memory.max": "max",
    }
    assert headroom(*_tree(tmp_path, "0::/a.slice/b.scope\n", files)) == 3500


def test_version_one_tells_what_is_left_too(tmp_path: Path) -> None:
    files = {
        "memory/job/memory.limit_in_bytes": "3000",
        "memory/job/memory.usage_in_bytes": "4000",
        "memory/job/memory.stat": "total_inactive_file 500",
        "memory/memory.limit_in_bytes": "9223372036854771712",
    }
    assert headroom(*_tree(tmp_path, "5:memory:/job\n", files)) == 0


def test_without_a_limit_nobody_says_what_is_left(tmp_path: Path) -> None:
    assert headroom(*_tree(tmp_path, "0::/\n", {"memory.current": "77"})) is None


@given(st.text(), st.text())
def test_whatever_the_files_hold_there_is_an_answer(
    tmp_path_factory: pytest.TempPathFactory, quota: str, membership: str
) -> None:
    folder = tmp_path_factory.mktemp("group")
    (folder / "cpu.max").write_bytes(quota.encode("utf-8", "replace"))
    (folder / "self").write_bytes(membership.encode("utf-8", "replace").replace(b"\0", b""))
    found = limits(folder / "self", folder)
    assert found.cores is None or found.cores >= 0


@pytest.mark.parametrize(("share", "cores"), [(0.5, 1), (1.9, 1), (3.0, 3), (None, 4), (64.0, 4)])
def test_cores_are_whole_and_at_least_one(
    monkeypatch: pytest.MonkeyPatch, share: float | None, cores: int
) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1, 2, 3}, raising=False)
    monkeypatch.setattr(machine, "limits", lambda: Limits(share, None))
    assert machine.available_cores() == cores
