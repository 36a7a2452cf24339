"""Pages in a folder that other people's files share."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import OutputError
from tui.help.publish import LIST_NAME, publish

PAGES = {"index.md": "one\n", "glossary/halo.md": "two\n"}


def files(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file() and path.name != LIST_NAME
    }


def test_the_first_time_creates_and_the_second_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "wiki"
    assert publish(folder, PAGES).created == sorted(PAGES)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    again = publish(folder, PAGES)
    assert again.unchanged == sorted(PAGES)
    assert not (again.created or again.changed or again.removed or again.kept)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_only_what_changed_is_written_and_what_is_gone_is_removed(tmp_path: Path) -> None:
    publish(tmp_path, {**PAGES, "old.md": "old\n"})
    kept = (tmp_path / "glossary/halo.md").stat().st_mtime_ns
    report = publish(tmp_path, {**PAGES, "index.md": "new\n"})
    assert (report.changed, report.removed) == (["index.md"], ["old.md"])
    assert files(tmp_path) == {**PAGES, "index.md": "new\n"}
    assert (tmp_path / "glossary/halo.md").stat().st_mtime_ns == kept


def test_other_people_s_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "index.md").write_text("ours\n", encoding="utf-8")
    (tmp_path / "notes.md").write_text("mine\n", encoding="utf-8")
    report = publish(tmp_path, PAGES)
    assert report.kept == ["index.md"]
    assert files(tmp_path) == {**PAGES, "index.md": "ours\n", "notes.md": "mine\n"}
    assert publish(tmp_path, {}).removed == ["glossary/halo.md"]
    assert files(tmp_path) == {"index.md": "ours\n", "notes.md": "mine\n"}


def test_a_page_that_somebody_edited_is_neither_changed_nor_removed(tmp_path: Path) -> None:
    publish(tmp_path, PAGES)
    (tmp_path / "index.md").write_text("edited\n", encoding="utf-8")
    assert publish(tmp_path, {**PAGES, "index.md": "new\n"}).kept == ["index.md"]
    assert publish(tmp_path, {}).removed == ["glossary/halo.md"]
    assert files(tmp_path) == {"index.md": "edited\n"}


def test_what_was_deleted_by_hand_comes_again(tmp_path: Path) -> None:
    publish(tmp_path, PAGES)
    (tmp_path / "index.md").unlink()
    assert publish(tmp_path, PAGES).created == ["index.md"]


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("secret\n", encoding="utf-8")
    folder = tmp_path / "wiki"
    folder.mkdir()
    (folder / "glossary").symlink_to(outside)
    (folder / "index.md").symlink_to(outside / "secret.md")
    assert publish(folder, PAGES).kept == sorted(PAGES)
    assert files(outside) == {"secret.md": "secret\n"}


@pytest.mark.parametrize("path", ["../secret.md", "/secret.md", ""])
def test_a_forged_list_removes_nothing_outside(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "wiki"
    publish(folder, PAGES)
    secret = tmp_path / "secret.md"
    secret.write_text("one\n", encoding="utf-8")  # the same hash as a page of ours
    listed = json.loads((folder / LIST_NAME).read_text("utf-8"))
    listed["pages"][path] = listed["pages"]["index.md"]
    (folder / LIST_NAME).write_text(json.dumps(listed), encoding="utf-8")
    assert publish(folder, PAGES).removed == []
    assert secret.exists()


@pytest.mark.parametrize("content", ["", "[]", '{"pages": 3}', '{"pages": {"index.md": 3}}'])
def test_a_damaged_list_makes_every_file_somebody_s(tmp_path: Path, content: str) -> None:
    publish(tmp_path, PAGES)
    (tmp_path / LIST_NAME).write_text(content, encoding="utf-8")
    report = publish(tmp_path, {**PAGES, "index.md": "new\n"})
    assert report.kept == ["index.md"]
    assert report.unchanged == ["glossary/halo.md"]


def test_what_was_written_before_it_was_cut_off_is_still_our_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, PAGES)
    new = {"index.md": "new\n", "glossary/halo.md": "newer\n"}
    from tui.help import publish as module

    def fail(path: Path, data: bytes) -> None:
        if path.name == "index.md":
            raise KeyboardInterrupt
        path.write_bytes(data)

    monkeypatch.setattr(module, "write_atomic", fail)
    with pytest.raises(KeyboardInterrupt):
        publish(tmp_path, new)
    monkeypatch.undo()
    later = {"index.md": "later\n", "glossary/halo.md": "later\n"}
    assert publish(tmp_path, later).changed == sorted(later)
    assert files(tmp_path) == later


def test_a_folder_that_cannot_be_made_is_an_error_of_the_tree(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError):
        publish(tmp_path / "file", PAGES)


names = st.sampled_from(["a.md", "b.md", "c/d.md", "c/e.md"])
contents = st.dictionaries(names, st.sampled_from(["x\n", "y\n"]))


@settings(max_examples=15)  # every page is synced to the disk
@given(st.lists(contents, min_size=1, max_size=4))
def test_undisturbed_the_folder_always_holds_exactly_the_pages(
    tmp_path_factory: pytest.TempPathFactory, versions: list[dict[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("wiki")
    for pages in versions:
        publish(folder, pages)
        assert files(folder) == pages
