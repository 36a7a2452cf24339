"""The audit log: whoever alters, removes, adds or moves a line is found out, with the place."""

from __future__ import annotations

import itertools
import json
import multiprocessing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.delivery.seasons.audit import AuditLog
from engine.errors import AuditBroken, sentence

COUNT = 6


def write(folder: Path, count: int = COUNT) -> AuditLog:
    log = AuditLog(folder)
    for number in range(count):
        log.append("lock", "sample", "anna@désk\udc80\x1b", {"reason": f"number {number}\n"})
    return log


@pytest.fixture
def log(tmp_path: Path) -> AuditLog:
    return write(tmp_path)


def line_of(log: AuditLog) -> int | None:
    """Return the line at which the log breaks."""
    _, broken = log.examine()
    return None if broken is None else broken.line


def test_entries_come_back_in_their_order(log: AuditLog) -> None:
    entries = log.entries()
    assert [entry.number for entry in entries] == list(range(1, COUNT + 1))
    assert [entry.details["reason"] for entry in entries][:2] == ["number 0\n", "number 1\n"]
    assert all(later.previous == earlier.sha256 for earlier, later in itertools.pairwise(entries))
    assert b"\x1b" not in log.path.read_bytes()
    assert entries[0].at.endswith("+00:00")


def test_a_session_without_a_log_has_no_entries_and_stays_as_it_is(tmp_path: Path) -> None:
    assert AuditLog(tmp_path).entries() == []
    assert list(tmp_path.iterdir()) == []


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_any_altered_byte_is_found_in_its_line(
    tmp_path_factory: pytest.TempPathFactory, place: int, change: int
) -> None:
    log = AuditLog(tmp_path_factory.getbasetemp() / "any-byte")
    if not log.path.exists():
        write(log.path.parent.parent)
    whole = log.path.read_bytes()
    data = bytearray(whole)
    data[place % len(data)] ^= change
    try:
        log.path.write_bytes(data)
        line = whole[: place % len(data)].count(b"\n") + 1
        assert line_of(log) == line
        with pytest.raises(AuditBroken, match=rf"line {line}: "):
            log.entries()
    finally:
        log.path.write_bytes(whole)


@pytest.mark.parametrize("removed", range(COUNT))
def test_a_removed_line_is_found(log: AuditLog, removed: int) -> None:
    lines = log.path.read_bytes().splitlines(keepends=True)
    log.path.write_bytes(b"".join([*lines[:removed], *lines[removed + 1 :]]))
    assert line_of(log) == removed + 1


@pytest.mark.parametrize("first", range(COUNT - 1))
@pytest.mark.parametrize("second", [1, COUNT - 1])
def test_moved_lines_are_found(log: AuditLog, first: int, second: int) -> None:
    if first == second:
        first = 0
    lines = log.path.read_bytes().splitlines(keepends=True)
    lines[first], lines[second] = lines[second], lines[first]
    log.path.write_bytes(b"".join(lines))
    assert line_of(log) == min(first, second) + 1


def test_an_added_line_is_found(log: AuditLog) -> None:
    lines = log.path.read_bytes().splitlines(keepends=True)
    forged = json.loads(lines[-1]) | {"number": COUNT + 1}
    log.path.write_bytes(b"".join([*lines, json.dumps(forged).encode() + b"\n"]))
    assert line_of(log) == COUNT + 1


@pytest.mark.parametrize("head", [b"", b"nonsense\n", b"3 abc\n", b"99999 abc\n"])
def test_a_head_that_was_changed_is_found(log: AuditLog, head: bytes) -> None:
    (log.path.parent / "audit.head").write_bytes(head)
    with pytest.raises(AuditBroken):
        log.entries()


def test_nothing_is_added_to_a_log_that_was_altered(log: AuditLog) -> None:
    data = log.path.read_bytes().replace(b"number 2", b"number 7")
    log.path.write_bytes(data)
    with pytest.raises(AuditBroken) as caught:
        log.append("unlock", "sample", "anna@desk", {})
    assert "line 3: was altered" in sentence(caught.value)
    assert log.path.read_bytes() == data


def test_an_entry_whose_writer_died_is_dropped_or_taken(log: AuditLog) -> None:
    head = log.path.parent / "audit.head"
    before = head.read_bytes()
    log.append("lock", "sample", "anna@desk", {})
    head.write_bytes(before)  # died between the entry and the head
    assert len(log.entries()) == COUNT + 1
    with log.path.open("ab") as stream:
        stream.write(b'{"number": 8, "at')  # died within the entry
    assert len(log.entries()) == COUNT + 1
    log.append("unlock", "sample", "anna@desk", {})
    assert [entry.event for entry in log.entries()][-2:] == ["lock", "unlock"]


def append_many(folder: Path, person: str, count: int) -> None:
    log = AuditLog(folder)
    for _ in range(count):
        log.append("lock", "sample", person, {})
        log.entries()  # a reader never sees a break


def test_processes_that_write_at_once_make_one_chain(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=append_many, args=(tmp_path, person, 8)) for person in "abc"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    entries = AuditLog(tmp_path).entries()
    assert sorted(entry.person for entry in entries) == ["a"] * 8 + ["b"] * 8 + ["c"] * 8
