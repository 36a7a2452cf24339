"""A process that dies at any moment loses nothing that it was told is done."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from engine.session.session import Session

LOOP = """
import sys
from pathlib import Path
from engine.session.session import Session

with Session.open(Path(sys.argv[1])) as session:
    ids = [photo.id for photo in session.photos()]
    for number in range(10**9):
        session.judge([ids[number % len(ids)]], "approved", note=str(number))
        print(number, flush=True)
"""


def test_every_acknowledged_verdict_survives_a_kill(session: Session) -> None:
    ids = [photo.id for photo in session.photos()]
    session.close()
    for rounds in (1, 5, 40):
        with subprocess.Popen(
            [sys.executable, "-c", LOOP, str(session.folder)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[3],
        ) as process:
            assert process.stdout is not None
            acknowledged = [int(process.stdout.readline()) for _ in range(rounds)]
            process.kill()
            acknowledged += [int(line) for line in process.stdout if line.endswith("\n")]
        with Session.open(session.folder) as opened:
            notes = {photo.id: int(photo.verdict.note or -1) for photo in opened.photos()}
            # The newest acknowledged verdict of each photo, or one that was just being told.
            for number in acknowledged[-len(ids) :]:
                assert notes[ids[number % len(ids)]] >= number
            assert opened.undo() is not None
