"""Names that keep the files of a session's photos apart, from each other and for ever."""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.delivery.naming.allowed import name_problem
from engine.delivery.naming.apart import name_parts
from engine.delivery.naming.characters import folded
from engine.delivery.naming.filename import NameParts, delivery_name
from engine.delivery.naming.plain import NO_FACTS, NameFacts
from engine.delivery.naming.register import Owner, Register
from engine.delivery.writing import write_delivery
from engine.errors import NameRefused
from engine.session.naming import NamingPattern
from engine.session.products import Product
from engine.session.records import DeliveryRecord, PhotoRecord, Verdict
from presets.loader import BUILT_IN, read_preset
from presets.schema import Preset

AMAZON = read_preset(BUILT_IN / "amazon-main.toml")
MASTER = read_preset(BUILT_IN / "master-png.toml")
PATTERN = NamingPattern()


def photo(number: int, path: str) -> PhotoRecord:
    """Return a photo of a session, its name read as a session reads it."""
    relative = PurePosixPath(path)
    name = PATTERN.parse(relative)
    return PhotoRecord(
        id=number,
        path=relative,
        sku=name.sku,
        view=name.view,
        version=name.version,
        bytes=1,
        mtime_ns=1,
        width=10,
        height=10,
        sha256="0" * 64,
        format="JPEG",
        profile="sRGB",
        warnings=(),
        problem=None,
        matte=None,
        verdict=Verdict(),
        failure=None,
        deliveries=0,
    )


def photos(*paths: str) -> list[PhotoRecord]:
    return [photo(number, path) for number, path in enumerate(paths)]


def delivered(name: str, number: int, preset: Preset) -> DeliveryRecord:
    """Return the record of a file that was delivered before."""
    return DeliveryRecord(1, number, preset.name, "", name, "ab" * 32, "", "", "")


def register(*deliveries: DeliveryRecord) -> Register:
    return Register.of(deliveries, Path("/s"), Path("/s"))


def names(
    wanted: Iterable[PhotoRecord], preset: Preset = MASTER, known: Register | None = None
) -> list[str]:
    wanted = list(wanted)
    parts = name_parts(wanted, preset, known or Register())
    return [delivery_name(preset, parts[found.id]).as_posix() for found in wanted]


def test_photos_of_the_same_name_keep_their_folders() -> None:
    assert names(photos("a/front.jpg", "b/front.jpg")) == [
        "master-png/a/front.png",
        "master-png/b/front.png",
    ]


def test_photos_that_differ_by_suffix_or_case_are_told_apart() -> None:
    assert names(photos("front.jpg", "front.tif")) == [
        "master-png/front-jpg.png",
        "master-png/front-tif.png",
    ]
    told = names(photos("x/front.jpg", "X/front.jpg", "y/front.jpg"))
    assert len({name.casefold() for name in told}) == 3
    assert told[2] == "master-png/y/front.png"


def test_two_shots_of_one_sku_and_view_are_told_apart() -> None:
    assert names(photos("SKU1 front.jpg", "SKU1_front.jpg"), AMAZON) == [
        "amazon-main/SKU1-front-SKU1 front.jpg",
        "amazon-main/SKU1-front-SKU1_front.jpg",
    ]


@pytest.mark.parametrize(
    "paths",
    [
        ["a.jpg", "a.tif", "a-jpg.jpg"],
        ["SKU1-front.jpg", "SKU1-front.png", "SKU1-front-jpg.jpg"],
        ["x" * 210 + "1.jpg", "x" * 210 + "2.jpg", "x" * 210 + "1.tif"],
    ],
)
def test_a_mark_never_leads_to_a_name_that_another_photo_has(paths: list[str]) -> None:
    for preset in (MASTER, AMAZON):
        told = names(photos(*paths), preset)
        assert len({folded(PurePosixPath(name)) for name in told}) == len(paths)


def test_who_has_delivered_under_a_name_keeps_it_when_a_namesake_arrives() -> None:
    known = register(delivered("master-png/front.png", 0, MASTER))
    assert names(photos("front.jpg", "front.tif"), MASTER, known) == [
        "master-png/front.png",
        "master-png/front-tif.png",
    ]


def test_a_file_has_the_same_name_in_every_export_though_photos_come_and_go() -> None:
    known = register(delivered("master-png/front-tif.png", 1, MASTER))
    assert names([photo(1, "front.tif")], MASTER, known) == ["master-png/front-tif.png"]


def test_two_presets_of_one_folder_keep_their_files_apart() -> None:
    other = MASTER.model_copy(
        update={"name": "copy", "naming": MASTER.naming.model_copy(update={"folder": "master-png"})}
    )
    known = Register()
    assert names(photos("a.jpg"), MASTER, known) == ["master-png/a.png"]
    assert names(photos("a.jpg"), other, known) == ["master-png/a-copy.png"]


def test_a_version_number_that_is_another_photos_name_is_left_out() -> None:
    both = photos("SKU1-front.jpg", "SKU1-front-v2.jpg")
    parts = name_parts(both, MASTER, Register())
    assert dict(parts[0].taken) == {2: ""}
    assert dict(parts[1].taken) == {1: ""}


ODD = st.sampled_from(
    ["a", "A", "a-jpg", "a-tif", "a-v2", "a-v3", "ü", "u\u0308", "x" * 199, "x" * 201, "a b", "ß"]
)
PATHS = st.lists(
    st.builds(
        "{}{}{}".format,
        st.sampled_from(["", "d/", "D/", "d/v2/"]),
        ODD,
        st.sampled_from([".jpg", ".JPG", ".tif", ".png"]),
    ),
    unique=True,
    min_size=1,
    max_size=7,
)
TEMPLATES = st.sampled_from(
    ["{folder}/{stem}", "{sku}-{view}-{version}", "{stem}", "{sku}", "{folder}-{stem}", "{preset}"]
)


def preset(name: str, template: str, folder: str, **more: object) -> Preset:
    naming = MASTER.naming.model_copy(update={"template": template, "folder": folder, **more})
    return MASTER.model_copy(update={"name": name, "naming": naming})


@settings(max_examples=150)
@given(
    paths=PATHS,
    presets=st.lists(
        st.tuples(
            TEMPLATES,
            st.sampled_from(["", "both"]),
            st.sampled_from(["version", "folder", "refuse"]),
            st.booleans(),  # whether names are ASCII alone
        ),
        min_size=1,
        max_size=3,
    ),
    exports=st.lists(
        st.tuples(
            st.sets(st.integers(0, 6), max_size=5),  # the photos that are there
            st.sets(st.integers(0, 2), min_size=1),  # the presets that are exported
            st.integers(1, 3),  # how often each photo has been cut
            st.booleans(),  # whether all files are moved away afterwards
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_a_path_stands_for_one_photo_one_preset_and_one_content_for_ever(
    paths: list[str],
    presets: list[tuple[str, str, str, bool]],
    exports: list[tuple[set[int], set[int], int, bool]],
) -> None:
    everything = photos(*paths)
    made = [
        preset(f"p{n}", template, home, collision=policy, ascii=ascii_alone)
        for n, (template, home, policy, ascii_alone) in enumerate(presets)
    ]
    means: dict[str, tuple[int, str, bytes]] = {}
    records: list[DeliveryRecord] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for present, wanted, cut, moved in exports:
            there = [found for found in everything if found.id in present]
            chosen = [each for n, each in enumerate(made) if n in wanted]
            known = Register.of(records, folder, folder)
            for each in chosen:
                parts = name_parts(there, each, known)
                for found in there:
                    content = f"{found.id} {each.name} {cut}".encode()
                    own = parts[found.id]
                    plain, policy = delivery_name(each, own), each.naming.collisions
                    try:
                        path = write_delivery(folder, plain, content, own.taken, policy).path
                    except NameRefused:
                        assert policy == "refuse"
                        continue
                    relative = path.relative_to(folder)
                    meaning = (found.id, each.name, content)
                    assert means.setdefault(folded(relative), meaning) == meaning
                    records.append(_record(found.id, each, relative.as_posix(), content))
            if moved:
                _clear(folder)


def _record(number: int, preset: Preset, path: str, content: bytes) -> DeliveryRecord:
    digest = hashlib.sha256(content).hexdigest()
    return DeliveryRecord(1, number, preset.name, "", path, digest, "", "", "")


def _clear(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            path.unlink()


@settings(max_examples=60)
@given(paths=PATHS, templates=st.lists(TEMPLATES, min_size=1, max_size=2))
def test_the_same_bytes_get_the_same_name_again(paths: list[str], templates: Sequence[str]) -> None:
    there = photos(*paths)
    made = [preset(f"p{n}", template, "both") for n, template in enumerate(templates)]
    first: dict[Owner, str] = {}
    records: list[DeliveryRecord] = []
    with tempfile.TemporaryDirectory() as name:
        for _ in range(2):
            known = Register.of(records, Path(name), Path(name))
            for each in made:
                parts = name_parts(there, each, known)
                for found in there:
                    content = f"{found.id} {each.name}".encode()
                    plain = delivery_name(each, parts[found.id])
                    written = write_delivery(Path(name), plain, content, parts[found.id].taken)
                    told = written.path.relative_to(name).as_posix()
                    assert first.setdefault(Owner(found.id, each.name), told) == told
                    records.append(_record(found.id, each, told, content))


def shop(**naming: object) -> Preset:
    return preset("shop", "{sku}.{view}", "", **naming)


def named(wish: Preset, *paths: str, facts: NameFacts = NO_FACTS, **changes: object) -> list[str]:
    there = [replace(found, **changes) for found in photos(*paths)]
    parts = name_parts(there, wish, Register(), facts)
    return [delivery_name(wish, parts[found.id]).name for found in there]


def test_what_is_known_of_products_and_photos_can_be_in_a_name() -> None:
    products = {"sku1": Product("SKU1", gtin="4006381333931", asin="B012345678")}
    facts = NameFacts(products, "autumn")
    wish = preset("shop", "{gtin}_{asin}_{season}_{date}_{number}", "")
    assert named(wish, "SKU1-front.jpg", facts=facts, taken="2026-11-02T10:11:12") == [
        "4006381333931_B012345678_autumn_2026-11-02_1.png"
    ]
    wish = preset("shop", "{sku}_{number}", "")
    found = named(wish, "a1-front.jpg", "a1-back.jpg", "b2-front.jpg")
    assert found == ["a1_1.png", "a1_2.png", "b2_1.png"]


def test_a_sku_that_is_a_gtin_or_an_asin_stands_for_itself() -> None:
    wish = preset("shop", "{gtin}x{asin}", "")
    assert named(wish, "4006381333931-front.jpg") == ["4006381333931x.png"]
    assert named(wish, "b07abc1234-front.jpg") == ["xB07ABC1234.png"]
    assert (
        named(wish, "4006381333932-front.jpg", "ABCDEFGHIJ-front.jpg")[0]
        == "x-4006381333932-front.png"
    )


def test_the_size_is_in_a_name_where_the_canvas_has_one() -> None:
    fixed = {"canvas": {"kind": "fixed", "width": 800, "height": 600}}
    content = preset("shop", "{sku}_{width}x{height}", "").model_dump(exclude_none=True)
    wish = Preset.model_validate(content | fixed)
    assert named(wish, "SKU1-front.jpg") == ["SKU1_800x600.png"]
    shrinking = {"canvas": fixed["canvas"] | {"smallest_side": 100}}
    with pytest.raises(ValueError, match="needs a canvas of one size"):
        Preset.model_validate(content | shrinking)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("Größe&1-front.jpg", "Groesse-1.front.png"),
        ("Çå ßøæ-front.jpg", "Ca-ssoae.front.png"),
        ("靴-front.jpg", "front.png"),
        ("SKU1-front.jpg", "SKU1.front.png"),
    ],
)
def test_a_name_can_be_of_ascii_alone(path: str, expected: str) -> None:
    assert named(shop(ascii=True), path) == [expected]


@given(st.text(max_size=60))
def test_an_ascii_name_is_plain_whatever_it_was(text: str) -> None:
    wish = preset("shop", "{sku}", "", ascii=True)
    name = delivery_name(wish, NameParts("DSC_1", sku=text, view="front")).stem
    assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]*", name)


@pytest.mark.parametrize(
    ("case", "expected"), [("upper", "SKU1.FRONT.png"), ("lower", "sku1.front.png")]
)
def test_a_name_can_be_in_one_case(case: str, expected: str) -> None:
    assert named(shop(case=case), "Sku1-Front.jpg") == [expected]


def problems(wish: Preset, *found: PhotoRecord) -> dict[str, str | None]:
    parts = name_parts(found, wish, Register())
    return {
        each.path.name: name_problem(wish, parts[each.id], delivery_name(wish, parts[each.id]))
        for each in found
    }


def test_what_a_name_needs_and_has_not_is_named() -> None:
    wish = preset("shop", "{gtin}", "", required=("gtin",))
    assert problems(wish, *photos("SKU1-front.jpg", "4006381333931-front.jpg")) == {
        "SKU1-front.jpg": "it has no GTIN, which its name needs",
        "4006381333931-front.jpg": None,
    }


def test_a_name_outside_the_pattern_is_refused_and_never_marked() -> None:
    wish = shop(allowed=r"[A-Z0-9]+\.(MAIN|BACK)", case="upper")
    found = problems(
        wish, *photos("A1-main.jpg", "A1-back.jpg", "A1-zoom.jpg", "A2-main.jpg", "A2 main.tif")
    )
    assert found["A1-main.jpg"] is found["A1-back.jpg"] is None
    assert "its name would be A1.ZOOM.png" in str(found["A1-zoom.jpg"])
    assert "another photo has its name" in str(found["A2 main.tif"])


def test_of_several_versions_the_newest_that_was_not_rejected_has_the_name() -> None:
    wish = shop(allowed=r"[A-Z0-9]+\.MAIN", case="upper")
    one, two, three = photos("A1-main.jpg", "A1-main-v2.jpg", "A1-main-v3.jpg")
    rejected = replace(three, verdict=Verdict("rejected"))
    found = problems(wish, one, two, rejected)
    assert found["A1-main-v2.jpg"] is None
    assert found["A1-main.jpg"] == "a newer version of it has its name: A1-main-v2.jpg"
    assert problems(wish, one, two, three)["A1-main-v3.jpg"] is None


def test_the_newest_version_goes_on_with_the_versions_of_the_older(tmp_path: Path) -> None:
    wish = shop(allowed=r"[A-Z0-9]+\.MAIN", case="upper", collision="folder")
    one, two = photos("A1-main.jpg", "A1-main-v2.jpg")
    first = delivery_name(wish, name_parts([one], wish, Register())[one.id])
    written = write_delivery(tmp_path, first, b"one", policy="folder")
    record = _record(one.id, wish, written.path.relative_to(tmp_path).as_posix(), b"one")
    known = Register.of([record], tmp_path, tmp_path)
    parts = name_parts([one, two], wish, known)[two.id]
    name = delivery_name(wish, parts)
    assert write_delivery(tmp_path, name, b"two", parts.taken, "folder").path == (
        tmp_path / "shop" / "v2" / "A1.MAIN.png"
    )


def test_a_final_name_is_never_given_to_other_content(tmp_path: Path) -> None:
    name = PurePosixPath("shop/a.png")
    write_delivery(tmp_path, name, b"one", policy="refuse")
    assert not write_delivery(tmp_path, name, b"one", policy="refuse").is_new
    with pytest.raises(NameRefused, match="delivered before with other content"):
        write_delivery(tmp_path, name, b"two", policy="refuse")
    assert (tmp_path / "shop" / "a.png").read_bytes() == b"one"
