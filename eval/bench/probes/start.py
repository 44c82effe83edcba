"""From the start of ``advisor serve`` to an answer of /readyz on loopback."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

from eval.bench.figure import Measured
from eval.bench.material import Material
from eval.bench.process import memory_mb

_WAIT_SECONDS = 120.0
_POLL_SECONDS = 0.02
_END_SECONDS = 10.0


class NotReady(Exception):
    """The service ended, or did not answer within the wait."""


def measure(material: Material) -> Measured:
    """Seconds until ready with the whole collection, as ``make run`` starts it."""
    seconds, memory = _start(material.full_home)
    return Measured(values={"seconds": seconds, "memory_mb": memory})


def measure_shipped(material: Material) -> Measured:
    """Seconds until ready in an empty home, where the index is built first, and then again."""
    first, _ = _start(material.shipped_home)
    second, memory = _start(material.shipped_home)
    return Measured(values={"first_seconds": first, "second_seconds": second, "memory_mb": memory})


def _start(home: Path) -> tuple[float, float]:
    """Seconds until ready, and then the resident memory in MiB; the process is ended."""
    command = Path(sys.executable).with_name("advisor")
    port = _free_port()
    begun = time.perf_counter()
    process = subprocess.Popen(
        [command, "serve", "--host", "127.0.0.1", "--port", str(port), "--demo"],
        env={**os.environ, "ADVISOR_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    )
    try:
        _await_ready(process, f"http://127.0.0.1:{port}/readyz", begun + _WAIT_SECONDS)
        seconds = time.perf_counter() - begun
        return seconds, memory_mb(process.pid, "VmRSS") or float("nan")
    finally:
        _end(process)


def _await_ready(process: subprocess.Popen[bytes], url: str, until: float) -> None:
    # A proxy in the environment must not stand between us and loopback.
    with httpx.Client(trust_env=False, timeout=_END_SECONDS) as client:
        while time.perf_counter() < until:
            if process.poll() is not None:
                raise NotReady(f"advisor serve ended with {process.returncode}")
            try:
                if client.get(url).status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                pass
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
