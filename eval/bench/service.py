"""A service of its own for a probe: ``advisor serve`` in a child process on loopback."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx

from eval.bench.process import memory_mb

_WAIT_SECONDS = 120.0
_POLL_SECONDS = 0.02
_END_SECONDS = 10.0


class NotReady(Exception):
    """The service ended, or did not answer within the wait."""


@dataclass(frozen=True, slots=True)
class Service:
    """A service that is ready.

    Args:
        url: its address, without a slash at the end.
        pid: its process.
        seconds: from its start until /readyz answered.
    """

    url: str
    pid: int
    seconds: float

    def memory_mb(self) -> float:
        """Its resident memory now in MiB; nan where the system does not tell."""
        return memory_mb(self.pid, "VmRSS") or float("nan")


@contextlib.contextmanager
def serving(
    home: Path, *options: str, settings: Mapping[str, str] | None = None
) -> Iterator[Service]:
    """Start the service over a home, give it once it is ready, and end it.

    Args:
        home: its folder.
        options: of ``advisor serve``, beside the address.
        settings: environment variables besides ADVISOR_HOME.

    Raises:
        NotReady: it ended, or did not answer in two minutes.
    """
    port = _free_port()
    begun = time.perf_counter()
    process = subprocess.Popen(
        [_command(), "serve", "--host", "127.0.0.1", "--port", str(port), *options],
        env={**os.environ, **(settings or {}), "ADVISOR_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        _await_ready(process, f"{url}/readyz", begun + _WAIT_SECONDS)
        yield Service(url, process.pid, time.perf_counter() - begun)
    finally:
        _end(process)


def _command() -> Path:
    return Path(sys.executable).with_name("advisor")


def _await_ready(process: subprocess.Popen[bytes], url: str, until: float) -> None:
    # A proxy in the environment must not stand between us and loopback.
    with httpx.Client(trust_env=False, timeout=_END_SECONDS) as client:
        while time.perf_counter() < until:
            if process.poll() is not None:
                raise NotReady(f"advisor serve ended with {process.returncode}")
            with contextlib.suppress(httpx.TransportError):
                if client.get(url).status_code == httpx.codes.OK:
                    return
            time.sleep(_POLL_SECONDS)
    raise NotReady(f"advisor serve did not answer within {_WAIT_SECONDS:.0f} s")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
