"""A crew of worker processes: started, watched, replaced when one dies, and sent home."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from pydantic import SecretStr

from advisor import clock
from advisor.errors import WorkersUnavailable
from advisor.jobs.books import Books
from advisor.jobs.model import CANNOT_START
from advisor.settings import Settings

_GRACE_SECONDS = 25.0
# One process for each core: threads of the numeric libraries would only get in their way.
_ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
_FEWEST_SECONDS = 1.0
_STDERR = 2
_GENTLY = ("nice", "-n", "10") if shutil.which("nice") else ()
_MOST_REFUSALS = 2
WORKER: tuple[str, ...] = (sys.executable, "-m", "advisor.jobs")


@dataclass(slots=True)
class _Member:
    id: str
    process: "subprocess.Popen[bytes]"

    def let_go(self) -> None:
        """Close the leash: the worker goes home, if it has not gone already."""
        if self.process.stdin:
            with suppress(OSError):
                self.process.stdin.close()


@dataclass(slots=True)
class Crew:
    """So many workers, kept up while it is watched; leave the context to send them home.

    Workers that go ``gently`` leave the processor to whoever else wants it.
    ``command`` starts one worker; its id is added as the last argument. A worker goes home when its
    standard input closes, so that none outlives whoever started it.
    """

    settings: Settings
    books: Books
    size: int
    command: Sequence[str] = WORKER
    members: list[_Member] = field(default_factory=list)
    gently: bool = False
    deaths: int = 0
    refusals: int = 0

    def __enter__(self) -> Self:
        self.watch()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.dismiss()

    def watch(self) -> None:
        """Replace workers that died, and end those that have been silent for too long.

        Raises:
            WorkersUnavailable: One after another says that it cannot start.
        """
        alive = []
        silent = self._silent()
        for member in self.members:
            if member.id in silent:
                member.process.kill()
                member.process.wait()
            if member.process.poll() is None:
                alive.append(member)
            else:
                member.let_go()
                self.deaths += 1
                refused = member.process.returncode == CANNOT_START
                self.refusals = self.refusals + 1 if refused else 0
        self.members = alive
        if self.refusals > _MOST_REFUSALS:
            raise WorkersUnavailable
        while len(self.members) < self.size:
            self.members.append(self._start())

    def pids(self) -> tuple[int, ...]:
        """The processes at work now."""
        return tuple(one.process.pid for one in self.members)

    def _silent(self) -> set[str]:
        """Workers once seen that no longer say they live."""
        now, limit = clock.now(), self.settings.batch_stall
        seen = {one.id: (now - one.seen_at).total_seconds() for one in self.books.workers.seen()}
        return {one.id for one in self.members if seen.get(one.id, 0.0) > limit}

    def _start(self) -> _Member:
        worker_id = uuid.uuid4().hex
        process = subprocess.Popen(
            [*(_GENTLY if self.gently else ()), *self.command, worker_id],
            stdin=subprocess.PIPE,
            stdout=_STDERR,  # the standard output is for the result of whoever started us
            env={**os.environ, **_ONE_THREAD, **environment_of(self.settings)},
            # Ctrl+C is for whoever watches: they send the workers home in good order.
            start_new_session=True,
        )
        return _Member(worker_id, process)

    def dismiss(self) -> None:
        """Send every worker home and wait; one that does not go is ended."""
        self.size = 0
        for member in self.members:
            member.let_go()
        until = time.monotonic() + _GRACE_SECONDS
        for member in self.members:
            try:
                member.process.wait(max(_FEWEST_SECONDS, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                member.process.send_signal(signal.SIGKILL)
                member.process.wait()
        self.members.clear()


def size_of(settings: Settings) -> int:
    """How many workers are right here: as set, else one for each core this process may use."""
    if settings.batch_workers:
        return settings.batch_workers
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def environment_of(settings: Settings) -> Mapping[str, str]:
    """The variables that give a child process exactly these settings."""
    told = {}
    for name in type(settings).model_fields:
        value = getattr(settings, name)
        if value is None or value == type(settings).model_fields[name].default:
            continue
        plain = value.get_secret_value() if isinstance(value, SecretStr) else value
        told[f"ADVISOR_{name.upper()}"] = (
            json.dumps(plain) if isinstance(plain, dict | bool) else str(plain)
        )
    return told
