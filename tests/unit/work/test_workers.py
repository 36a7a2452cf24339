"""The pool of workers: results, errors of every kind, and what is left after a crash."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from jobs_for_tests import (
    NamedJob,
    algebra_threads,
    connect_elsewhere,
    die,
    die_if_odd,
    double,
    environment,
    hang,
    hang_if_odd,
    process_id,
    refuse,
    slow_double,
)

from engine.errors import PhotoUnreadable, WorkerDied, WorkerTimeout
from engine.work.batch import Batch, Outcome, outcomes
from engine.work.workers import Workers

JOB = NamedJob(Path("SKU1-front.jpg"), 21)


@pytest.fixture(scope="module", params=[False, True], ids=["fresh", "forked"])
def workers(request: pytest.FixtureRequest) -> Iterator[Workers]:
    with Workers(1, forked=request.param) as pool:
        yield pool


def test_a_job_is_done_in_another_process(workers: Workers) -> None:
    assert workers.submit(double, JOB).result(30) == 42
    assert workers.submit(process_id, JOB).result(30) != os.getpid()


def test_an_error_of_the_tree_arrives_with_its_three_parts(workers: Workers) -> None:
    error = workers.submit(refuse, JOB).exception(30)
    assert isinstance(error, PhotoUnreadable)
    assert (error.subject, error.problem, error.remedy) == (
        "SKU1-front.jpg",
        "is not a picture",
        "Remove it.",
    )


def test_a_dead_worker_fails_its_own_job_and_the_next_one_is_done(workers: Workers) -> None:
    error = workers.submit(die, JOB).exception(30)
    assert isinstance(error, WorkerDied)
    assert "SKU1-front.jpg" in str(error)
    assert workers.submit(double, JOB).result(30) == 42


@pytest.mark.parametrize("count", [1, 2])
def test_workers_that_die_while_idle_are_replaced(count: int) -> None:
    with Workers(count, threads=1) as pool:
        for _ in range(3):
            worker = pool.submit(process_id, JOB).result(60)
            os.kill(worker, signal.SIGKILL)
            _wait_until(lambda worker=worker: not _alive(worker))
            time.sleep(0.3)  # until the pool itself has noticed
        assert pool.submit(double, JOB).result(60) == 42


def test_a_job_that_was_given_to_a_dying_pool_is_done_by_the_next(workers: Workers) -> None:
    for _ in range(5):
        worker = workers.submit(process_id, JOB).result(60)
        os.kill(worker, signal.SIGKILL)
        # Before the pool has noticed: it takes the job, and breaks with it.
        assert workers.submit(double, JOB).result(60) == 42


def test_a_job_that_ends_every_worker_before_it_is_known_to_run_ends_itself(
    workers: Workers,
) -> None:
    for _ in range(4):
        assert isinstance(workers.submit(die, JOB).exception(60), WorkerDied)


def test_a_closed_pool_takes_no_job() -> None:
    pool = Workers(1)
    pool.close(wait=False)
    with pytest.raises(RuntimeError):
        pool.submit(double, JOB)


def test_a_hanging_job_is_ended_alone(workers: Workers) -> None:
    error = workers.submit(hang, JOB, timeout=0.5).exception(30)
    assert isinstance(error, WorkerTimeout)
    assert workers.submit(double, JOB).result(30) == 42


def test_a_worker_refuses_connections_to_other_hosts(workers: Workers) -> None:
    assert "no other host" in workers.submit(connect_elsewhere, JOB).result(30)


def test_linear_algebra_keeps_to_the_share_of_a_worker(workers: Workers) -> None:
    assert workers.submit(algebra_threads, JOB).result(30) == str(workers.threads)


@pytest.mark.parametrize("forked", [False, True])
def test_a_worker_has_the_environment_of_now(monkeypatch, forked: bool) -> None:
    for value in ("1", "2"):
        monkeypatch.setenv("PACKSHOT_TEST", value)
        with Workers(1, forked=forked) as pool:
            assert pool.submit(environment, "PACKSHOT_TEST").result(60) == value


@pytest.mark.parametrize("forked", [False, True])
def test_nothing_is_imported_from_the_folder_that_a_person_works_in(
    tmp_path: Path, forked: bool
) -> None:
    photos, script = tmp_path / "photos", tmp_path / "program.py"
    photos.mkdir()
    for module in ("socket", "numpy", "cv2"):
        (photos / f"{module}.py").write_text("open('ran', 'w').close()")
    script.write_text(
        "from engine.work.workers import Workers\n"
        "if __name__ == '__main__':\n"
        f"    with Workers(1, forked={forked}) as pool:\n"
        "        assert pool.submit(len, 'ab').result(30) == 2\n"
    )
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
    subprocess.run([sys.executable, script], check=True, cwd=photos, env=environment)
    assert not (photos / "ran").exists()


def test_every_job_of_a_batch_ends_once_though_workers_die(workers: Workers) -> None:
    jobs = [NamedJob(Path(f"{number}.jpg"), number) for number in range(6)]
    ended = list(outcomes(workers, die_if_odd, jobs))
    assert sorted(outcome.job.number for outcome in ended) == list(range(6))
    assert {o.job.number for o in ended if o.error is None} == {0, 2, 4}
    assert all(isinstance(o.error, WorkerDied) for o in ended if o.job.number % 2)


def test_a_paused_batch_hands_out_nothing_until_it_goes_on(workers: Workers) -> None:
    ended: list[Outcome[NamedJob, int]] = []
    batch = Batch(workers, slow_double, on_ended=ended.append)
    batch.pause()
    batch.add([NamedJob(Path("a"), 1), NamedJob(Path("b"), 2)])
    assert not batch.running
    assert [job.number for job in batch.waiting] == [1, 2]
    batch.add([NamedJob(Path("c"), 3)], first=True)
    assert [job.number for job in batch.waiting] == [3, 1, 2]
    batch.resume()
    _wait_until(lambda: len(ended) == 3)
    assert sorted(outcome.result or 0 for outcome in ended) == [2, 4, 6]
    assert batch.seconds_left() is None


def test_cancelling_a_batch_drops_what_waits_and_reports_it(workers: Workers) -> None:
    ended: list[Outcome[NamedJob, int]] = []
    batch = Batch(workers, slow_double, on_ended=ended.append)
    batch.add(NamedJob(Path(str(number)), number) for number in range(20))
    batch.cancel()
    _wait_until(lambda: len(ended) == 20)
    assert any(outcome.cancelled for outcome in ended)
    assert not batch.waiting


def test_a_job_under_way_is_stopped_alone_and_the_next_one_is_done(workers: Workers) -> None:
    ended: list[Outcome[NamedJob, int]] = []
    batch = Batch(workers, hang_if_odd, on_ended=ended.append)
    batch.add(jobs := [NamedJob(Path("a"), 1), NamedJob(Path("b"), 2)])
    time.sleep(0.5)  # until the worker has begun
    assert batch.stop(jobs) == 1
    _wait_until(lambda: len(ended) == 2)
    assert [(outcome.job.number, outcome.result) for outcome in ended] == [(1, None), (2, 4)]
    assert ended[0].cancelled


@pytest.mark.parametrize("forked", [False, True])
def test_workers_end_with_a_parent_that_was_killed(tmp_path: Path, forked: bool) -> None:
    script = tmp_path / "parent.py"
    script.write_text(
        "import os, sys, time\n"
        f"sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from pathlib import Path\n"
        "from jobs_for_tests import NamedJob, process_id\n"
        "from engine.work.workers import Workers\n"
        "if __name__ == '__main__':\n"
        f"    pool = Workers(1, forked={forked})\n"
        "    print(pool.submit(process_id, NamedJob(Path('x'))).result(30), flush=True)\n"
        "    time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    _wait_until(lambda: not _alive(worker))


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    # A process that nobody has waited for yet is dead all the same.
    return "Z" not in Path(f"/proc/{process}/stat").read_text().split(")")[-1].split()[0]


def _wait_until(condition: object, seconds: float = 20.0) -> None:
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.02)
