"""The models on this machine: installed from the catalogue or imported, always verified.

``home/models`` holds one file per model and, beside an imported one, its description as TOML.
A file is used only while its SHA-256 is the one expected. Any number of processes may work on one
store; a file appears in it whole or not at all.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from platformdirs import user_data_path

from models.catalogue import builtin_specs, nearest, parse, read_toml
from models.digest import file_digest, file_digest_once
from models.errors import ModelChanged, ModelInvalid, ModelMissing, ModelUnknown
from models.events import InstallEvent, Report
from models.install import chunks_of, fetch, place, receive, working_folder
from models.onnx import check_network
from models.own import OwnModels, own_spec, own_toml
from models.ready import Ready
from models.spec import ModelDescription, ModelSpec
from models.timing import Timings

FIRST_MODEL = "u2netp"
"""Small enough to be there at once: what a machine without any model starts with."""


class ModelStore:
    """The models of one machine.

    Parameters
    ----------
    home : folder of packshot's own data; ``$PACKSHOT_HOME`` or the user's data folder when None
    catalogue : the models that can be installed; the built-in ones when None
    patience : seconds without a byte from the network after which a source is given up
    """

    def __init__(
        self,
        home: Path | None = None,
        *,
        catalogue: Collection[ModelSpec] | None = None,
        patience: float = 60.0,
    ) -> None:
        self.home = home if home is not None else _default_home()
        self._folder = self.home / "models"
        self._catalogue = builtin_specs() if catalogue is None else tuple(catalogue)
        self._patience = patience
        self._own = OwnModels(self._folder)
        self._timings = Timings(self.home / "timings")

    def specs(self) -> list[ModelSpec]:
        """Return every model, of the catalogue and imported, best rank first."""
        known = [*self._catalogue, *self._own.specs()]
        return sorted(known, key=lambda spec: (-spec.rank, spec.id))

    def spec(self, model_id: str) -> ModelSpec:
        """Return one model.

        Raises
        ------
        ModelUnknown : names the nearest one
        """
        known = {spec.id: spec for spec in self.specs()}
        if model_id not in known:
            raise ModelUnknown(
                model_id,
                f"there is no model of that name; the nearest is {nearest(model_id, known)}",
                "See them all: packshot models list",
            )
        return known[model_id]

    def installed(self) -> list[ModelSpec]:
        """Return the models whose file is here, best rank first."""
        return [spec for spec in self.specs() if self._path(spec).is_file()]

    def is_installed(self, model_id: str) -> bool:
        """Return whether the model's file is here; ``verify`` tells whether it is right."""
        return self._path(self.spec(model_id)).is_file()

    def default(self) -> ModelSpec:
        """Return the best installed model, or the one to start with when there is none.

        Weights that allow no commercial use are used only when they are asked for by name.
        """
        usable = [spec for spec in self.installed() if spec.commercial]
        return usable[0] if usable else self.spec(FIRST_MODEL)

    def verified_path(self, model_id: str) -> Path:
        """Return the file of a model, whose SHA-256 was compared once in this process.

        Raises
        ------
        ModelMissing, ModelChanged, ModelUnknown : the file must not be used
        """
        spec = self.spec(model_id)
        path = self._present(spec)
        _require(spec, file_digest_once(path))
        return path

    def verify(self, model_id: str) -> None:
        """Read a model's file again and compare its SHA-256.

        Raises
        ------
        ModelMissing, ModelChanged, ModelUnknown : it cannot be used
        """
        spec = self.spec(model_id)
        _require(spec, file_digest(self._present(spec)))

    def install(
        self,
        model_id: str,
        *,
        accepted_licences: Collection[str] = (),
        report: Report | None = None,
    ) -> Path:
        """Fetch a model from the first source that delivers it; nothing when it is here already.

        Parameters
        ----------
        accepted_licences : SPDX identifiers that the person has accepted by name
        report : called with the news, often

        Raises
        ------
        ModelUnknown, LicenceNotAccepted : before anything is fetched
        SourceFailed, StoreNotWritable : the store is as before
        """
        tell = report or _silent
        spec = self.spec(model_id)
        path = self._path(spec)
        if not self._is_right(spec):
            spec.require_licence(accepted_licences)
            with working_folder(self._folder, spec.id, tell) as folder:
                # Another process may have finished it while this one waited.
                if not self._is_right(spec):
                    place(fetch(spec, folder, tell, self._patience), path)
        tell(InstallEvent(spec.id, "installed", f"{spec.id} is installed", spec.bytes, spec.bytes))
        return path

    def import_file(self, path: Path, description: Path | None = None) -> ModelSpec:
        """Copy a local file into the store and return the model that it is.

        Without a description the file has to be one of the known models, told by its SHA-256.
        With one it becomes a model of the user's own, or replaces the one of that name.

        Raises
        ------
        ModelInvalid : not readable, not known, or not a network that fits its description
        StoreNotWritable : the store is as before
        """
        if not path.is_file():
            raise ModelInvalid(str(path), "there is no such file", "Check the path.")
        if description is None:
            return self._import_known(path)
        return self._import_own(path, self._described(description))

    def remove(self, model_id: str) -> None:
        """Delete a model's file and, when it was imported, its description.

        Raises
        ------
        ModelMissing, ModelUnknown : it is not here
        """
        spec = self.spec(model_id)
        path = self._path(spec)
        note = self._own.note(spec.id)
        if not path.is_file() and not note.is_file():
            raise _missing(spec)
        note.unlink(missing_ok=True)
        path.unlink(missing_ok=True)
        self._timings.forget(spec.id)
        Ready(self._folder, spec.sha256).forget()

    def timing(self, model_id: str) -> float | None:
        """Return the seconds per photo measured on this machine with the model warm, if any."""
        return self._timings.get(self.spec(model_id).id)

    def record_timing(self, model_id: str, seconds: float) -> None:
        """Keep the seconds per photo measured on this machine with the model warm."""
        self._timings.record(self.spec(model_id).id, seconds)

    def _path(self, spec: ModelSpec) -> Path:
        return self._folder / spec.file

    def _present(self, spec: ModelSpec) -> Path:
        path = self._path(spec)
        if not path.is_file():
            raise _missing(spec)
        return path

    def _is_right(self, spec: ModelSpec) -> bool:
        path = self._path(spec)
        return path.is_file() and file_digest(path) == spec.sha256

    def _import_known(self, path: Path) -> ModelSpec:
        with working_folder(self._folder, "import", _silent) as folder:
            copy = folder / "model.onnx"
            spec = self._recognised(path, receive(_readable_chunks(path), copy))
            place(copy, self._path(spec))
            return spec

    def _import_own(self, path: Path, described: ModelDescription) -> ModelSpec:
        with working_folder(self._folder, described.id, _silent) as folder:
            copy, note = folder / "model.onnx", folder / "description.toml"
            digest = receive(_readable_chunks(path), copy)
            check_network(copy, str(path), described)
            spec = own_spec(described, copy, digest)
            older = self._own.find(spec.id)
            receive([own_toml(spec)], note)
            # The description last: it makes the model known, and by then its file is there.
            place(copy, self._path(spec))
            place(note, self._own.note(spec.id))
            if older and older.file != spec.file:
                self._path(older).unlink(missing_ok=True)
            return spec

    def _described(self, description: Path) -> ModelDescription:
        described = parse(ModelDescription, read_toml(description), description)
        if described.id in {spec.id for spec in self._catalogue}:
            raise ModelInvalid(
                str(description),
                f"the catalogue has a model {described.id} already",
                "Choose another id.",
            )
        return described

    def _recognised(self, path: Path, digest: str) -> ModelSpec:
        for spec in self.specs():
            if spec.sha256 == digest:
                return spec
        raise ModelInvalid(
            str(path),
            f"no known model has its SHA-256, {digest}",
            "For a model of your own add --describe TOML; packshot models import --help shows one.",
        )


def _default_home() -> Path:
    chosen = os.environ.get("PACKSHOT_HOME")
    return Path(chosen).expanduser() if chosen else user_data_path("packshot", appauthor=False)


def _require(spec: ModelSpec, digest: str) -> None:
    if digest != spec.sha256:
        again = f"Install it again: {spec.install_command}" if spec.sources else "Import it again."
        raise ModelChanged(
            spec.id,
            f"its file {spec.file} was changed: it has SHA-256 {digest}, expected {spec.sha256}",
            again,
        )


def _missing(spec: ModelSpec) -> ModelMissing:
    return ModelMissing(
        spec.id,
        "this model is not installed",
        f"Run: {spec.install_command} (without a network: packshot models import PATH)",
    )


def _readable_chunks(path: Path) -> Iterator[bytes]:
    """Yield a file of the user's; that it cannot be read is no fault of the store."""
    try:
        yield from chunks_of(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ModelInvalid(str(path), f"cannot be read ({reason})", "Check the file.") from error


def _silent(_: InstallEvent) -> None:
    """Tell nobody."""
