"""Names that keep the files of a session's photos apart, from each other and for ever."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from naming_cases import MASTER, naming, photo, photos, record

from engine.delivery.naming.apart import name_parts
from engine.delivery.naming.characters import folded
from engine.delivery.naming.filename import delivery_name
from engine.delivery.naming.register import OTHERS, Owner, Register
from engine.delivery.writing import write_delivery
from engine.errors import NameRefused
from engine.session.records import DeliveryRecord, PhotoRecord
from presets.loader import BUILT_IN, read_preset
from presets.schema import Preset

AMAZON = read_preset(BUILT_IN / "amazon-main.toml")


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


def test_a_name_stays_its_first_owners() -> None:
    first, second = Owner(0, "master-png"), Owner(1, "master-png")
    known, name = Register(), PurePosixPath("master-png/front.png")
    known.claim(name, first, "ab" * 32)
    known.claim(name, second, "cd" * 32)
    assert known.owner(name) == first
    assert known.taken(name, second, "version") == {1: OTHERS}


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
        naming(f"p{n}", template, home, collision=policy, ascii=ascii_alone)
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
                    records.append(record(found.id, each, relative.as_posix(), content))
            if moved:
                _clear(folder)


def _clear(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            path.unlink()


@settings(max_examples=60)
@given(paths=PATHS, templates=st.lists(TEMPLATES, min_size=1, max_size=2))
def test_the_same_bytes_get_the_same_name_again(paths: list[str], templates: Sequence[str]) -> None:
    there = photos(*paths)
    made = [naming(f"p{n}", template, "both") for n, template in enumerate(templates)]
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
                    records.append(record(found.id, each, told, content))
