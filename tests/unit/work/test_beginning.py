"""A worker that begins while OpenCV is imported in a thread is whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys, threading, time
from pathlib import Path

from engine.session.session import Session
from engine.work.workers import Workers

importing = threading.Event()

def slowly(event, details):
    # OpenCV imports itself once more, with its own folder in the path.
    if event == "import" and details[0] == "cv2" and hasattr(sys, "OpenCV_LOADER"):
        importing.set()
        time.sleep(1.0)

def scan():
    with Session.open(Path(sys.argv[1])) as session:
        session.scan(may_be_empty=True)

if __name__ == "__main__":
    sys.addaudithook(slowly)
    scanning = threading.Thread(target=scan)
    scanning.start()
    assert importing.wait(20)
    with Workers(1) as workers:
        print(workers.submit(abs, -7).result())
    scanning.join()
"""


def test_a_worker_that_begins_during_a_late_import_is_whole(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").touch()
    command = [sys.executable, "-c", PROGRAM, tmp_path]
    done = subprocess.run(command, capture_output=True, check=False, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("7\n", "")
