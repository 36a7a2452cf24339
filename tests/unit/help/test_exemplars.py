"""The exemplars that come with packshot, and how they stand in the wiki."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
import tomli
from PIL import Image

from engine.matting.recipe import Recipe
from engine.session.records import REASONS
from tui.help.exemplars import FOLDER, LIST, Shown, picture_file, samples
from tui.help.wiki_exemplars import exemplar_lines, exemplar_pictures

LISTED = tomli.loads(LIST.read_text("utf-8"))["exemplar"]


@pytest.mark.parametrize("exemplar", LISTED, ids=lambda each: str(each["id"]))
def test_a_sample_is_of_the_demo_and_says_what_to_see(
    exemplar: dict[str, object], sample_photos: Path
) -> None:
    assert (sample_photos / f"{exemplar['photo']}.jpg").is_file()
    assert exemplar["reason"] in REASONS
    assert str(exemplar["see"]).endswith(".")
    for state in ("rejected", "approved"):
        if state in exemplar:
            assert set(exemplar[state]) <= set(Recipe.__dataclass_fields__)  # type: ignore[call-overload]
            data = picture_file(str(exemplar["id"]), state).read_bytes()
            assert len(data) < 70_000, "a wiki has small pictures"
            with Image.open(io.BytesIO(data)) as picture:
                assert picture.format == "JPEG"
                picture.load()


def test_no_picture_lies_about_that_nothing_shows() -> None:
    listed = {
        picture_file(each["id"], state)
        for each in LISTED
        for state in ("rejected", "approved")
        if state in each
    }
    assert set(FOLDER.glob("*.jpg")) == listed
    assert {each.reason for each in samples()} >= {
        "halo",
        "hole filled",
        "hole eaten",
        "part missing",
    }


def test_every_picture_stands_on_the_page_under_its_reason_once() -> None:
    page = "\n".join(exemplar_lines(samples()))
    shown = re.findall(r"!\[.*?\]\((.*?)\)", page)
    assert sorted(f"exemplars/{name}" for name in shown) == sorted(exemplar_pictures(samples()))
    assert page.index("## Halo") < page.index("SKU201-front") < page.index("## Hole filled")
    assert page.count("from the sample session") == len(LISTED)


def test_a_person_s_words_are_shown_and_do_nothing() -> None:
    shown = Shown("a](b) <i>", "", "# [x](javascript:y) | <script>", None, b"jpeg")
    page = "\n".join(exemplar_lines([shown]))
    assert "<script" not in page.replace("\\<script", "")
    assert not re.search(r"(?<!\\)\]\(javascript", page)
    assert "## Approved" in page
