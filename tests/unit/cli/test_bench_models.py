"""``packshot bench models``: the sample, the figures, and a sheet that loads and runs nothing."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engine.session.session import Session
from engine.work.trial import Trial, compare, sample
from tui.cli.main import run
from tui.cli.model_sheet import Column, sheet

NASTY = "<script>alert(1)</script>\"'&.jpg"


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.sources: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            assert not name.startswith("on")
            if name in {"src", "href"}:
                self.sources.append(value or "")

    def handle_data(self, data: str) -> None:
        self.text += data


def _read(page: str) -> _Page:
    parser = _Page()
    parser.feed(page)
    assert not {"script", "link", "iframe", "object", "form"} & set(parser.tags)
    assert all(source.startswith("data:image/jpeg;base64,") for source in parser.sources)
    return parser


def test_models_are_tried_and_shown(
    tmp_path: Path,
    sample_photos: Path,
    model_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PACKSHOT_HOME", str(model_home))
    session = tmp_path / "session"
    session.mkdir()
    small = Image.open(sample_photos / "SKU201-front.jpg").resize((240, 200))
    small.save(session / "SKU1-front.jpg")
    (session / "SKU2-front.jpg").write_bytes((session / "SKU1-front.jpg").read_bytes()[:2000])
    page = tmp_path / "sheet.html"
    command = ["bench", "models", str(session), "--model", "u2netp", "--sheet", str(page), "--json"]
    run(command)
    printed = json.loads(capsys.readouterr().out)
    assert printed["models"]["u2netp"]["provider"] in {"cpu", "openvino", "openvino-bf16"}
    assert printed["models"]["u2netp"]["seconds"] > 0
    parsed = _read(page.read_text("utf-8"))
    assert len(parsed.sources) == 3 * printed["models"]["u2netp"]["photos"]
    assert "SKU1-front.jpg" in parsed.text
    assert sorted(path.name for path in session.iterdir()) == ["SKU1-front.jpg", "SKU2-front.jpg"]


def test_a_sheet_shows_any_name_as_text() -> None:
    grey = np.zeros((4, 4), np.uint8)
    trial = Trial("u2netp", "cpu", Path(NASTY), 0.1, grey, ("halo",), b"p", b"c", b"m")
    page = sheet(NASTY, "today", [Column("u2netp", {"s": NASTY})], {NASTY: {"u2netp": trial}})
    assert NASTY in _read(page).text


@given(st.text())
def test_no_name_breaks_out_of_its_place(name: str) -> None:
    page = sheet(name, "today", [Column("m", {})], {name: {}})
    assert _read(page).tags == _read(sheet("a", "today", [Column("m", {})], {"a": {}})).tags


def test_a_sample_is_spread_over_the_skus(tmp_path: Path) -> None:
    for sku in range(6):
        for view in ("front", "left"):
            Image.new("RGB", (8, 8)).save(tmp_path / f"SKU{sku}-{view}.png")
    with Session.open(tmp_path, readonly=True) as session:
        session.scan()
        photos = session.photos()
    few = sample(photos, 3)
    assert [photo.sku for photo in few] == ["SKU0", "SKU2", "SKU4"]
    assert {photo.view for photo in few} == {"front", "left"}
    assert len({photo.path for photo in sample(photos, 9)}) == 9
    assert {photo.sku for photo in sample(photos, 9)} == {f"SKU{number}" for number in range(6)}
    assert len(sample(photos, 99)) == 12
    assert sample([], 3) == []


def test_mattes_that_are_alike_agree() -> None:
    full, empty = np.full((8, 8), 255, np.uint8), np.zeros((8, 8), np.uint8)
    assert (compare(full, full).percent, compare(full, full).iou) == (0, 1)
    assert (compare(full, empty).percent, compare(full, empty).iou) == (100, 0)
    assert compare(empty, empty).iou == 1
