"""The catalogue's facts, the licence gate and the addresses that are trusted."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.catalogue import CATALOGUE, builtin_specs, parse, read_toml
from models.errors import LicenceNotAccepted, ModelInvalid
from models.spec import ModelDescription, ModelSpec, is_trusted_url

LICENCES = st.sampled_from(
    ["Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "AGPL-3.0", "CC-BY-NC-4.0", "GPL-3.0"]
)
FREE = {"Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause"}
DESCRIPTION = {
    "id": "own",
    "licence": "MIT",
    "input_size": 64,
    "mean": [0.5, 0.5, 0.5],
    "std": [1, 1, 1],
}


def of_licence(licence: str, commercial: bool = True) -> ModelSpec:
    return replace(builtin_specs()[0], licence=licence, commercial=commercial)


def test_the_catalogue_has_every_model_of_the_field_and_a_source_for_each() -> None:
    specs = {spec.id: spec for spec in builtin_specs()}
    assert set(specs) == {
        *("u2netp", "u2net", "silueta", "modnet", "bria-rmbg-2.0"),
        *("isnet-general-use", "isnet-fp16", "isnet-quint8"),
        *("birefnet-general", "birefnet-general-lite"),
    }
    assert all(spec.sources for spec in specs.values())
    assert len({spec.sha256 for spec in specs.values()}) == len(specs)
    assert len({spec.file for spec in specs.values()}) == len(specs)


def test_every_model_of_the_catalogue_passes_the_checks_that_it_is_read_without() -> None:
    entries = read_toml(CATALOGUE)["model"]
    assert [parse(ModelSpec, entry, CATALOGUE) for entry in entries] == [*builtin_specs()]


def test_what_a_studio_has_to_think_about_is_marked() -> None:
    asked = {spec.id for spec in builtin_specs() if not spec.is_free}
    assert asked == {"isnet-fp16", "isnet-quint8", "bria-rmbg-2.0"}
    assert [spec.id for spec in builtin_specs() if not spec.commercial] == ["bria-rmbg-2.0"]


def test_only_birefnet_still_needs_a_sigmoid() -> None:
    raw = {spec.id for spec in builtin_specs() if spec.activation == "sigmoid"}
    assert raw == {"birefnet-general", "birefnet-general-lite"}


@given(LICENCES, st.lists(LICENCES.flatmap(lambda name: st.sampled_from([name, name.lower()]))))
def test_a_licence_is_free_or_accepted_by_name_or_refused(
    licence: str, accepted: list[str]
) -> None:
    if licence in FREE or licence.lower() in {name.lower() for name in accepted}:
        of_licence(licence).require_licence(accepted)
        return
    with pytest.raises(LicenceNotAccepted) as refusal:
        of_licence(licence).require_licence(accepted)
    assert f"--accept-licence {licence}" in refusal.value.remedy
    assert "commercial" not in str(refusal.value)


def test_a_non_commercial_licence_says_so() -> None:
    with pytest.raises(LicenceNotAccepted, match="no commercial use"):
        of_licence("CC-BY-NC-4.0", commercial=False).require_licence(["AGPL-3.0"])


HOSTS = st.from_regex(r"[a-z]{1,9}\.[a-z]{2}", fullmatch=True)


@given(st.sampled_from(["http", "ftp", "file", "data", ""]), HOSTS)
def test_only_https_is_trusted_beyond_this_machine(scheme: str, host: str) -> None:
    assert is_trusted_url(f"https://{host}/model.onnx")
    assert not is_trusted_url(f"{scheme}://{host}/model.onnx")
    assert not is_trusted_url(f"http://localhost@{host}/model.onnx")
    assert not is_trusted_url(f"http://127.0.0.1.{host}/model.onnx")


@given(st.text())
def test_any_text_is_trusted_or_not(text: str) -> None:
    trusted = is_trusted_url(text)
    assert not trusted or text.strip().lower().startswith(("http:", "https:"))
    assert not is_trusted_url("https://[" + text.replace("]", ""))


def test_a_mirror_on_this_machine_is_trusted() -> None:
    assert is_trusted_url("http://127.0.0.1:8000/model.onnx")
    assert is_trusted_url("http://[::1]:8000/model.onnx")


def test_an_unknown_field_is_named_with_the_nearest_known_one(tmp_path) -> None:
    with pytest.raises(ModelInvalid) as refusal:
        parse(ModelDescription, {**DESCRIPTION, "input_sise": 1}, tmp_path / "own.toml")
    assert "input_sise" in refusal.value.problem
    assert "input_size" in refusal.value.remedy
    assert "own.toml" in refusal.value.subject


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "../escape"),
        ("id", "Name"),
        ("std", [1, 0, 1]),
        ("mean", [float("nan"), 0, 0]),
        ("mean", [0.5, 0.5]),
        ("input_size", 0),
        ("fit", "crop"),
        ("activation", "softmax"),
    ],
)
def test_a_wrong_value_names_its_field(tmp_path, field: str, value: object) -> None:
    with pytest.raises(ModelInvalid, match=field):
        parse(ModelDescription, {**DESCRIPTION, field: value}, tmp_path / "own.toml")


@pytest.mark.parametrize(
    "source",
    [
        {"kind": "url", "url": "http://example.com/model.onnx"},
        {"kind": "python", "package": "--index-url=x", "version": "1", "member": "m"},
        {"kind": "python", "package": "p", "version": "1 --pre", "member": "m"},
        {"kind": "npm", "package": "../p", "version": "1.0.0", "member": "m"},
    ],
)
def test_a_source_that_could_mislead_a_client_is_refused(make_spec, tmp_path, source) -> None:
    values = {**asdict(make_spec()), "sources": [source]}
    with pytest.raises(ModelInvalid, match="sources"):
        parse(ModelSpec, values, tmp_path / "catalogue.toml")
