"""What the demo prints of its photos, also of those of which nothing came."""

from __future__ import annotations

import shutil
from pathlib import Path

from engine.session.session import Session
from tui.cli.demo import as_argument, summary


def test_a_photo_that_was_not_exported_has_a_row_like_all_others(
    tmp_path: Path, sample_photos: Path
) -> None:
    shutil.copy(sample_photos / "SKU201-front.jpg", tmp_path)
    (tmp_path / "SKU202-front.jpg").write_text("no photo")
    with Session.open(tmp_path) as session:
        session.scan()
        rows = summary(session, [], [], ["master-png", "amazon-main"])
    assert rows == [
        ["SKU201", "front", "1600×1600", "unchanged", "none", "none"],
        ["SKU202", "front", "none", "unreadable", "none", "none"],
    ]


def test_a_folder_that_is_called_like_a_command_is_opened_and_not_run() -> None:
    assert as_argument(Path("demo")) == "./demo"
    assert as_argument(Path("packshot-demo")) == "packshot-demo"
    assert as_argument(Path("shoots/demo")) == "shoots/demo"
