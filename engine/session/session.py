"""A folder of photos and everything that packshot knows about it.

The photos themselves are never written or deleted, and moved only to the session's Trash, when a
person says so. All knowledge is in ``.packshot/`` inside the folder; a session that is opened
read-only creates and changes nothing at all, and keeps what its scans find in memory. Safe to use
from several threads and processes at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Self

from engine.errors import SessionNotWritable
from engine.importing import import_opencv
from engine.session import queries, work_log
from engine.session.access import Access
from engine.session.alt_texts import AltTexts
from engine.session.archive import Archive
from engine.session.circumstances import Settings, Surroundings
from engine.session.config import SessionConfig, read_config
from engine.session.decisions import Decisions
from engine.session.deliveries import Deliveries
from engine.session.follower import Follower
from engine.session.handouts import Handouts
from engine.session.layout import matte_path
from engine.session.opening import database_of, empty, existing_folder, listing_of
from engine.session.ordering import natural_key
from engine.session.people import this_person
from engine.session.private_copy import PrivateCopy
from engine.session.products import Products
from engine.session.records import Changes, MatteRecord, PhotoRecord
from engine.session.store import Store
from engine.session.text import now
from engine.session.ticks import Ticks

if TYPE_CHECKING:
    from engine.imaging.look import Look
    from engine.matting.defects.defect import Defect
    from engine.matting.recipe import Recipe
    from engine.session.scan import Progress, ScanReport


class Session(Decisions):
    """One session; ``open`` makes one.

    Attributes
    ----------
    folder : the session's folder, absolute
    config : its settings, read again by each scan
    readonly : whether changes are refused
    person : who the changes are signed with, ``name@host``
    deliveries : what was exported of its photos
    products : what is known of its SKUs beside their pictures
    alt_texts : what its pictures show, in words
    archive : its masters that were archived
    handouts : its photos that were handed to an outside service
    ticks : what was ticked of its checklists
    """

    def __init__(
        self, folder: Path, config: SessionConfig, database: Store | PrivateCopy, person: str
    ) -> None:
        self.folder = folder
        self.person = person
        super().__init__(Access(folder, database, person))
        self.readonly = self._access.readonly
        self.deliveries = Deliveries(self._access)
        self.products = Products(self._access)
        self.alt_texts = AltTexts(self._access)
        self.archive = Archive(self._access)
        self.handouts = Handouts(self._access)
        self.ticks = Ticks(self._access)
        self._surroundings = Surroundings()
        self._follower = Follower(self._surroundings)
        self._use(config)

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        readonly: bool = False,
        create: bool = True,
        person: str | None = None,
    ) -> Session:
        """Open the session in a folder.

        Parameters
        ----------
        folder : a folder of photos
        readonly : create and change nothing; ``judge`` and the like raise SessionReadOnly
        create : start a session where there is none yet
        person : who signs the changes; None: the user of this process

        Raises
        ------
        SessionMissing : no such folder, or no session in it and ``create`` is False
        SessionEmpty : no session in it and no photo either; none was started
        SessionNotWritable : the folder does not allow writing
        SessionConfigInvalid : its ``packshot.toml`` cannot be used
        StoreTooNew : a newer packshot has written it
        SessionError : its database is damaged or locked
        """
        folder = existing_folder(folder)
        config = read_config(folder)
        database = database_of(folder, config, readonly=readonly, create=create)
        return cls(folder, config, database, person or this_person())

    @classmethod
    def open_if_writable(cls, folder: Path) -> Session:
        """Open a session that was started, read-only where its folder does not allow writing.

        Raises
        ------
        as `open`, but for SessionNotWritable
        """
        try:
            return cls.open(folder, create=False)
        except SessionNotWritable:
            return cls.open(folder, create=False, readonly=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self._access.database.close()

    def scan(
        self,
        progress: Progress | None = None,
        leave: Collection[PurePosixPath] = frozenset(),
        *,
        may_be_empty: bool = False,
    ) -> ScanReport:
        """Bring what is known in line with the folder, reading headers only.

        A photo that has moved keeps its verdict; one that has vanished is kept as missing.

        Parameters
        ----------
        progress : told how many headers are read
        leave : files that are not ready, as `Watcher` tells them: they stay as they are known
        may_be_empty : report also that the folder holds no photos

        Raises
        ------
        SessionEmpty : the folder holds no photos, and may not be empty
        SessionConfigInvalid : ``packshot.toml`` cannot be used any more
        """
        # Reading headers takes OpenCV, slow to import: looking at a session goes without.
        import_opencv()
        from engine.session.scan import Scanner  # noqa: PLC0415

        self._use(read_config(self.folder))
        listing = listing_of(self.folder, self.config)
        scanner = Scanner(self.folder, listing, progress, leave)
        database = self._access.database
        if isinstance(database, PrivateCopy):
            database.keep(scanner.apply)
        else:
            scanner.run(database)
        if not listing.files and not may_be_empty:
            raise empty(self.folder)
        with self._access.read() as connection:
            return scanner.report(queries.unreadable(connection))

    def photos(self) -> list[PhotoRecord]:
        """Return the photos that are there, in the natural order of their paths."""
        with self._access.read() as connection:
            around = self._surroundings.now(connection, self._settings)
            photos = queries.all_photos(connection, around)
        return sorted(photos, key=lambda photo: natural_key(str(photo.path)))

    def changes(self, since: int | None = None) -> Changes:
        """Return which photos anyone has changed since a revision; all of them without one.

        It costs what has changed: other settings, or another usual colour profile, change all.
        """
        database = self._access.database
        with database.read() as connection:
            return self._follower.changes(connection, self._settings, since, database.told_since)

    def photo(self, photo_id: int) -> PhotoRecord:
        """Return one photo, also when it is missing.

        Raises
        ------
        SessionError : the session has no photo of that number
        """
        with self._access.read() as connection:
            around = self._surroundings.now(connection, self._settings)
            found = queries.one_photo(connection, around, photo_id)
        if found is None:
            raise self._access.unknown(photo_id)
        return found

    def record_cut(  # noqa: PLR0913 - each is a column of its own
        self,
        photo_id: int,
        *,
        sha256: str,
        size: tuple[int, int],
        recipe: Recipe,
        seconds: float,
        notes: tuple[str, ...],
        defects: Sequence[Defect] | None = None,
        box: tuple[int, int, int, int] | None = None,
        batch: str | None = None,
    ) -> None:
        """Record a finished matte, which counts from now on; a verdict on another is withdrawn.

        Where it takes another's place, that is a step of the journal.

        Parameters
        ----------
        photo_id, sha256 : the photo that was cut, and the hash of its file at that time
        size : width and height of photo and matte in pixels
        recipe, seconds : what made the matte, and how long it took
        notes : what a person should know about the work
        defects : of the matte, the worst first; None: not measured, those known of it stay
        box : the product's left, top, right and bottom in the matte, half-open
        batch : names the work that the cut belongs to, all of which is one step
        """
        matte = MatteRecord(
            photo_sha256=sha256,
            recipe_digest=recipe.digest(),
            model=recipe.model,
            recipe=recipe.content(),
            width=size[0],
            height=size[1],
            seconds=seconds,
            notes=notes,
            person=self.person,
            at=now(),
            defects=None if defects is None else tuple(defects),
            box=box,
        )
        with self._access.change([photo_id]) as connection:
            work_log.record_cut(connection, photo_id, matte, batch)

    def record_known(
        self, photo_id: int, sha256: str, recipe_digest: str, batch: str | None = None
    ) -> bool:
        """Record, as `record_cut` does, that a cut found its matte made already.

        Returns
        -------
        Whether the session knows that matte; nothing is recorded where it does not.
        """
        with self._access.change([photo_id]) as connection:
            return work_log.record_known(
                connection, photo_id, sha256, recipe_digest, self.person, batch
            )

    def record_looks(self, looks: Mapping[int, Look]) -> None:
        """Record what photos look like, by their numbers; a changed file makes it unknown again."""
        with self._access.change(list(looks)) as connection:
            work_log.record_looks(connection, looks)

    def record_failure(self, photo_id: int, reason: str) -> None:
        """Record why a cut failed; the next finished cut clears it."""
        with self._access.change([photo_id]) as connection:
            work_log.record_failure(connection, photo_id, reason)

    def mattes(self, sha256: str) -> list[MatteRecord]:
        """Return the mattes of a photo's content, the newest first, whichever of them counts."""
        with self._access.read() as connection:
            return queries.mattes_of(connection, sha256)

    def matte_file(self, record: PhotoRecord | MatteRecord) -> Path | None:
        """Return the file of a matte, or of a photo's own; None when there is no file."""
        matte = record.matte if isinstance(record, PhotoRecord) else record
        if matte is None:
            return None
        path = matte_path(self.folder, matte.photo_sha256, matte.recipe_digest)
        return path if path.is_file() else None

    def require_writable(self) -> None:
        """Raise SessionReadOnly for a session that is open read-only."""
        self._access.require_writable()

    def revision(self) -> int:
        """Return a number that grows with every change by anyone; cheap enough to poll."""
        return self._access.database.revision()

    def _use(self, config: SessionConfig) -> None:
        self.config = config
        self._settings = Settings.of(config)  # in one piece: other threads read them
