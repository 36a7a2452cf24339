"""The tables of a session's database, as a list of migrations that are only ever appended to.

``PRAGMA user_version`` counts the migrations that a database has had. Paths are kept as the bytes
of the file system, since a name need not be valid UTF-8.
"""

from __future__ import annotations


def touching(table: str, photos: str) -> tuple[str, ...]:
    """Return the triggers that note which photos a change of a table is about.

    They keep ``touched``, from which whoever follows a session learns which photos to read again.
    Every table that says something about a photo needs them, with the migration that makes it.

    Parameters
    ----------
    table : whose rows change
    photos : the ids of the photos that a row is about: what stands between the brackets of ``IN``,
        with ``ROW`` for the row
    """
    return tuple(
        f"""
        CREATE TRIGGER {table}_{event.lower()} AFTER {event} ON {table} BEGIN
            INSERT INTO touched
            SELECT photo.id, state.revision + 1 FROM photo, state
            WHERE photo.id IN ({photos.replace("ROW", row)})
            ON CONFLICT (photo_id) DO UPDATE SET revision = excluded.revision;
        END
        """
        for event, row in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD"))
    )


_FIRST = (
    """
    CREATE TABLE state (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        revision INTEGER NOT NULL,  -- grows with every change
        listing INTEGER NOT NULL    -- grows with every change that a scan makes
    )
    """,
    "INSERT INTO state VALUES (1, 0, 0)",
    """
    CREATE TABLE photo (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        path BLOB NOT NULL,
        missing INTEGER NOT NULL DEFAULT 0,
        bytes INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        sha256 TEXT,                -- known once the photo was cut
        problem TEXT,               -- why the file cannot be read
        failure TEXT,               -- why the last cut failed
        format TEXT,
        width INTEGER,
        height INTEGER,
        bits INTEGER,
        mode TEXT,
        profile TEXT,
        camera TEXT,
        taken TEXT,
        jpeg_quality INTEGER,
        subsampling TEXT,
        has_alpha INTEGER NOT NULL DEFAULT 0
    )
    """,
    # A vanished photo keeps its row while another takes its path.
    "CREATE UNIQUE INDEX photo_by_path ON photo (path) WHERE missing = 0",
    "CREATE INDEX photo_by_sha256 ON photo (sha256)",
    """
    CREATE TABLE verdict (
        photo_id INTEGER PRIMARY KEY REFERENCES photo (id),
        state TEXT NOT NULL CHECK (state IN ('pending', 'approved', 'rejected')),
        reasons TEXT NOT NULL,      -- a JSON list
        note TEXT NOT NULL,
        recipe_digest TEXT,         -- of the matte that was looked at
        person TEXT NOT NULL,
        at TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE matte (
        id INTEGER PRIMARY KEY AUTOINCREMENT,  -- the newest has the highest
        photo_sha256 TEXT NOT NULL,
        recipe_digest TEXT NOT NULL,
        model TEXT NOT NULL,
        recipe TEXT NOT NULL,       -- a JSON object
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        seconds REAL NOT NULL,
        notes TEXT NOT NULL,        -- a JSON list
        person TEXT NOT NULL,
        at TEXT NOT NULL,
        UNIQUE (photo_sha256, recipe_digest)
    )
    """,
    """
    CREATE TABLE delivery (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        photo_id INTEGER NOT NULL REFERENCES photo (id),
        preset TEXT NOT NULL,
        preset_digest TEXT NOT NULL,
        path BLOB NOT NULL,
        sha256 TEXT NOT NULL,
        recipe_digest TEXT NOT NULL,
        person TEXT NOT NULL,
        at TEXT NOT NULL
    )
    """,
    "CREATE INDEX delivery_by_photo ON delivery (photo_id)",
    """
    CREATE TABLE entry (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        person TEXT NOT NULL,
        at TEXT NOT NULL,
        summary TEXT NOT NULL,
        standing TEXT NOT NULL CHECK (standing IN ('done', 'undone', 'superseded', 'fixed'))
    )
    """,
    "CREATE INDEX entry_by_person ON entry (person, standing)",
    """
    CREATE TABLE change (
        entry_id INTEGER NOT NULL REFERENCES entry (id),
        photo_id INTEGER NOT NULL REFERENCES photo (id),
        before TEXT,                -- a verdict as JSON; NULL where there was none
        after TEXT,
        PRIMARY KEY (entry_id, photo_id)
    ) WITHOUT ROWID
    """,
)

_DEFECTS = (
    # A JSON list; NULL where the matte has not been measured.
    "ALTER TABLE matte ADD COLUMN defects TEXT",
)

_LOCKS = (
    # Both NULL for a delivery of no season; lock is NULL where the season was not locked.
    "ALTER TABLE delivery ADD COLUMN season TEXT",
    "ALTER TABLE delivery ADD COLUMN lock TEXT",
    # The content that the photo had; NULL in rows of an older packshot.
    "ALTER TABLE delivery ADD COLUMN photo_sha256 TEXT",
    "CREATE INDEX delivery_by_season ON delivery (season)",
    """
    CREATE TABLE preset (
        digest TEXT PRIMARY KEY,
        content TEXT NOT NULL       -- the effective preset, a JSON object
    ) WITHOUT ROWID
    """,
)

_DELIVERIES = (
    # NULL where nobody has measured it, as in rows of an older packshot.
    "ALTER TABLE delivery ADD COLUMN version INTEGER",
    "ALTER TABLE delivery ADD COLUMN bytes INTEGER",
    "ALTER TABLE delivery ADD COLUMN width INTEGER",
    "ALTER TABLE delivery ADD COLUMN height INTEGER",
    "ALTER TABLE delivery ADD COLUMN findings TEXT",  # a JSON list
    # What entered the file beside photo, matte and preset: a JSON object.
    "ALTER TABLE delivery ADD COLUMN inputs TEXT",
    # The audit log's entry that names the file; 0: it is older than such entries.
    "ALTER TABLE delivery ADD COLUMN entry INTEGER",
    "UPDATE delivery SET entry = 0",
    # The product's box in the matte, a JSON list; NULL where it has not been measured.
    "ALTER TABLE matte ADD COLUMN box TEXT",
)

_TOUCHED = (
    """
    CREATE TABLE touched (
        photo_id INTEGER PRIMARY KEY,
        revision INTEGER NOT NULL   -- that in which anything about the photo changed last
    )
    """,
    "CREATE INDEX touched_by_revision ON touched (revision)",
    "INSERT INTO touched SELECT photo.id, state.revision FROM photo, state",
    *touching("photo", "ROW.id"),
    *touching("verdict", "ROW.photo_id"),
    *touching("delivery", "ROW.photo_id"),
    *touching("matte", "SELECT id FROM photo WHERE sha256 = ROW.photo_sha256"),
)

_PRODUCTS = (
    """
    CREATE TABLE product (
        key TEXT PRIMARY KEY,       -- the SKU as SKUs are compared
        sku TEXT NOT NULL,          -- as it was written
        gtin TEXT NOT NULL,         -- this and the next are empty where nobody has said
        asin TEXT NOT NULL,
        handle TEXT NOT NULL,
        family TEXT NOT NULL,
        confidential INTEGER NOT NULL,
        person TEXT NOT NULL,
        at TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE alt_text (
        id INTEGER PRIMARY KEY AUTOINCREMENT,  -- the newest of a view and language counts
        key TEXT NOT NULL,
        sku TEXT NOT NULL,
        view TEXT NOT NULL,         -- in lower case; empty for a SKU's only picture
        language TEXT NOT NULL,
        text TEXT NOT NULL,         -- empty: taken away
        person TEXT NOT NULL,
        at TEXT NOT NULL
    )
    """,
    "CREATE INDEX alt_text_by_view ON alt_text (key, view, language)",
    """
    CREATE TABLE handout (
        token TEXT PRIMARY KEY,     -- what the photo is called outside
        pack TEXT NOT NULL,
        photo_id INTEGER NOT NULL REFERENCES photo (id),
        photo_sha256 TEXT NOT NULL,
        person TEXT NOT NULL,
        at TEXT NOT NULL,
        mask_sha256 TEXT,           -- NULL until a mask is taken in
        taken_by TEXT,
        taken_at TEXT
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE archived (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        photo_id INTEGER NOT NULL REFERENCES photo (id),
        key TEXT NOT NULL,          -- of SKU and view; versions are counted within it
        version INTEGER NOT NULL,
        path TEXT NOT NULL,         -- below the archive's folder
        sha256 TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        photo_sha256 TEXT NOT NULL,
        recipe_digest TEXT NOT NULL,
        preset_digest TEXT NOT NULL,
        note TEXT NOT NULL,
        person TEXT NOT NULL,
        at TEXT NOT NULL,
        UNIQUE (key, version)
    )
    """,
    *touching("handout", "ROW.photo_id"),
    *touching("archived", "ROW.photo_id"),
)

_LOOKS = (
    "ALTER TABLE photo ADD COLUMN capture TEXT",  # how it was exposed, from EXIF
    "ALTER TABLE photo ADD COLUMN look TEXT",  # JSON: fingerprint and backdrop, see imaging.look
)

_DECISIONS = (
    # Of each content's mattes the one that counts: the last that was made, or that was chosen.
    "ALTER TABLE matte ADD COLUMN current INTEGER NOT NULL DEFAULT 0",
    "UPDATE matte SET current = 1 WHERE id IN (SELECT max(id) FROM matte GROUP BY photo_sha256)",
    "CREATE UNIQUE INDEX matte_current ON matte (photo_sha256) WHERE current = 1",
    """
    CREATE TABLE rating (
        photo_id INTEGER PRIMARY KEY REFERENCES photo (id),
        stars INTEGER NOT NULL CHECK (stars BETWEEN 1 AND 5),
        person TEXT NOT NULL,
        at TEXT NOT NULL
    )
    """,
    *touching("rating", "ROW.photo_id"),
    # The work that a step belongs to: a batch of cuts is taken back as a whole.
    "ALTER TABLE entry ADD COLUMN batch TEXT",
    "CREATE INDEX entry_by_batch ON entry (batch) WHERE batch IS NOT NULL",
    # Steps change more than verdicts.
    "ALTER TABLE change RENAME TO verdict_change",
    """
    CREATE TABLE change (
        entry_id INTEGER NOT NULL REFERENCES entry (id),
        photo_id INTEGER NOT NULL REFERENCES photo (id),
        kind TEXT NOT NULL DEFAULT 'verdict',
        before TEXT,                -- a JSON object; NULL where there was nothing
        after TEXT,
        PRIMARY KEY (entry_id, photo_id, kind)
    ) WITHOUT ROWID
    """,
    "INSERT INTO change (entry_id, photo_id, before, after) "
    "SELECT entry_id, photo_id, before, after FROM verdict_change",
    "DROP TABLE verdict_change",
    "CREATE INDEX change_by_photo ON change (photo_id)",
)

_TICKS = (
    """
    CREATE TABLE tick (
        list TEXT NOT NULL,
        item TEXT NOT NULL,
        text TEXT NOT NULL,         -- how the point read when it was ticked
        person TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (list, item)
    ) WITHOUT ROWID
    """,
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    _FIRST,
    _DEFECTS,
    _LOCKS,
    _DELIVERIES,
    _TOUCHED,
    _PRODUCTS,
    _LOOKS,
    _DECISIONS,
    _TICKS,
)
"""The statements of each migration; number *n* takes a database from version *n* to *n* + 1."""
