"""What the store knows, gives out, refuses and forgets; and a user's own models in it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from models.catalogue import builtin_specs
from models.errors import ModelChanged, ModelInvalid, ModelMissing, ModelUnknown
from models.store import ModelStore

OWN = {
    "id": "own-shop",
    "licence": "LicenseRef-own",
    "input_size": 64,
    "mean": [0.5, 0.5, 0.5],
    "std": [1.0, 1.0, 1.0],
}


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    return ModelStore(tmp_path / "home")


@pytest.fixture
def describe(tmp_path: Path):
    def write(**fields: object) -> Path:
        path = tmp_path / "own.toml"
        path.write_text(tomli_w.dumps({**OWN, **fields}))
        return path

    return write


def put(store: ModelStore, model_id: str, content: bytes = b"stand-in") -> Path:
    """Put a file where the model's would be."""
    path = store.home / "models" / store.spec(model_id).file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_the_home_is_the_one_chosen(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("PACKSHOT_HOME", str(tmp_path / "chosen"))
    assert ModelStore().home == tmp_path / "chosen"
    monkeypatch.delenv("PACKSHOT_HOME")
    assert ModelStore().home.name == "packshot"


@given(st.sampled_from([spec.id for spec in builtin_specs()]), st.data())
def test_an_unknown_name_suggests_the_one_meant(model_id: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(model_id)))
    mistyped = model_id[:place] + "#" + model_id[place:]
    with pytest.raises(ModelUnknown, match=f"the nearest is {model_id}"):
        ModelStore(Path("unused")).spec(mistyped)


def test_the_best_installed_model_is_the_default(store) -> None:
    assert store.default().id == "u2netp"
    put(store, "modnet")
    assert store.default().id == "modnet"
    for model_id in ("u2netp", "u2net", "isnet-general-use"):
        put(store, model_id)
        assert store.default().id == model_id
    put(store, "silueta")
    assert store.default().id == "isnet-general-use"
    assert [spec.id for spec in store.installed()] == [
        *("isnet-general-use", "u2net", "silueta", "u2netp", "modnet")
    ]


def test_non_commercial_weights_are_no_ones_default(store) -> None:
    put(store, "bria-rmbg-2.0")
    assert store.default().id == "u2netp"
    put(store, "modnet")
    assert store.default().id == "modnet"


def test_a_missing_model_says_how_to_get_it(store) -> None:
    with pytest.raises(ModelMissing) as missing:
        store.verified_path("isnet-fp16")
    assert "models install isnet-fp16 --accept-licence AGPL-3.0" in missing.value.remedy
    assert "models import" in missing.value.remedy


def test_a_changed_file_is_refused_naming_both_hashes(tmp_path, make_spec, weights) -> None:
    spec = make_spec()
    store = ModelStore(tmp_path, catalogue=[spec])
    path = put(store, "small", weights)
    assert store.verified_path("small") == path
    store.verify("small")

    changed = weights[:-1] + b"x"
    path.write_bytes(changed)
    for use in (store.verified_path, store.verify, ModelStore(tmp_path, catalogue=[spec]).verify):
        with pytest.raises(ModelChanged) as refusal:
            use("small")
        assert spec.sha256 in refusal.value.problem
        assert hashlib.sha256(changed).hexdigest() in refusal.value.problem


def test_a_file_is_hashed_once_while_it_stays_the_same(
    tmp_path, make_spec, weights, monkeypatch
) -> None:
    store = ModelStore(tmp_path, catalogue=[make_spec()])
    put(store, "small", weights)
    store.verified_path("small")
    monkeypatch.setattr(hashlib, "file_digest", None)  # reading it again would fail
    ModelStore(tmp_path, catalogue=[make_spec()]).verified_path("small")
    with pytest.raises(TypeError):
        store.verify("small")


def test_removing_takes_file_and_timing(store) -> None:
    path = put(store, "u2net")
    store.record_timing("u2net", 0.7)
    store.remove("u2net")
    assert not path.exists()
    assert store.timing("u2net") is None
    with pytest.raises(ModelMissing):
        store.remove("u2net")


@given(st.floats(0.001, 1000))
def test_a_timing_is_kept_over_processes(tmp_path_factory, seconds: float) -> None:
    home = tmp_path_factory.mktemp("home")
    ModelStore(home).record_timing("u2net", seconds)
    assert ModelStore(home).timing("u2net") == pytest.approx(seconds, abs=1e-4)
    assert ModelStore(home).timing("u2netp") is None


def test_a_damaged_timing_counts_as_none(store) -> None:
    store.record_timing("u2net", 1)
    (store.home / "timings" / "u2net").write_text("fast")
    assert store.timing("u2net") is None


def test_a_known_file_is_recognised_whatever_it_is_called(tmp_path, make_spec, weights) -> None:
    store = ModelStore(tmp_path / "home", catalogue=[make_spec(licence="AGPL-3.0")])
    brought = tmp_path / "from a stick.bin"
    brought.write_bytes(weights)
    assert store.import_file(brought).id == "small"
    assert store.verified_path("small").read_bytes() == weights
    assert brought.exists()


def test_an_unknown_file_needs_a_description(store, tmp_path, make_onnx) -> None:
    path = tmp_path / "own.onnx"
    path.write_bytes(make_onnx())
    with pytest.raises(ModelInvalid, match="--describe"):
        store.import_file(path)
    with pytest.raises(ModelInvalid, match="no such file"):
        store.import_file(tmp_path / "absent.onnx")
    assert store.installed() == []


def test_an_own_model_lives_beside_the_catalogue(store, tmp_path, make_onnx, describe) -> None:
    path = tmp_path / "own.onnx"
    path.write_bytes(make_onnx())
    spec = store.import_file(path, describe(rank=99, activation="sigmoid"))

    again = ModelStore(store.home)
    assert again.spec("own-shop") == spec
    assert again.default() == spec
    assert (spec.title, spec.activation, spec.fit) == ("own-shop", "sigmoid", "squash")
    assert again.verified_path("own-shop").read_bytes() == path.read_bytes()

    again.remove("own-shop")
    with pytest.raises(ModelUnknown):
        again.spec("own-shop")
    assert list((store.home / "models").glob("*own-shop*")) == []


def test_importing_again_replaces_the_own_model(store, tmp_path, make_onnx, describe) -> None:
    path = tmp_path / "own.onnx"
    path.write_bytes(make_onnx())
    first = store.import_file(path, describe())
    path.write_bytes(make_onnx((1, 3, 32, 32)))
    second = store.import_file(path, describe(input_size=32))
    assert store.verified_path("own-shop").read_bytes() == path.read_bytes()
    assert first.sha256 != second.sha256
    assert len(list((store.home / "models").glob("own-shop*.onnx"))) == 1


def test_a_name_of_the_catalogue_cannot_be_taken(store, tmp_path, make_onnx, describe) -> None:
    path = tmp_path / "own.onnx"
    path.write_bytes(make_onnx())
    with pytest.raises(ModelInvalid, match="the catalogue has a model u2net already"):
        store.import_file(path, describe(id="u2net"))


@pytest.mark.parametrize(
    ("network", "reason"),
    [
        ({"shape": (1, 3, 32, 32)}, "1 × 3 × 32 × 32"),
        ({"shape": (1, 1, 64, 64)}, "no image input"),
        ({"shape": (1, 3)}, "no image input"),
        ({"element": 11}, "double"),
        ({"mask": False}, "one channel"),
    ],
)
def test_a_network_that_eats_or_gives_something_else(
    store, tmp_path, make_onnx, describe, network, reason
) -> None:
    path = tmp_path / "own.onnx"
    path.write_bytes(make_onnx(**network))
    with pytest.raises(ModelInvalid, match=reason):
        store.import_file(path, describe())
    assert store.installed() == []


def test_a_file_that_is_no_network(store, tmp_path, describe) -> None:
    path = tmp_path / "own.onnx"
    path.write_bytes(b"not a network")
    with pytest.raises(ModelInvalid, match="cannot load it"):
        store.import_file(path, describe())


def test_the_real_weights_are_what_the_catalogue_says(model_home) -> None:
    path = ModelStore(model_home).verified_path("u2netp")
    assert path.stat().st_size == ModelStore(model_home).spec("u2netp").bytes
