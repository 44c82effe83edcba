"""A scripted model for probes: chat completions on loopback, slow by design or silent."""

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NAME = "bench-1"
SILENT_SECONDS = 0.5
"""Before the first word."""
WRITING_SECONDS = 0.5
"""From the first word to the last."""
_PIECES = 25
_DRAFT = {
    "analysis": {
        "summary": "反映人要求社区出面协调解决所说的问题。",
        "parties": [{"text": "反映人：要求解决", "evidence": []}],
        "missing_facts": [{"text": "具体时间和地点，请反映人提供照片。", "evidence": []}],
        "disputes": [{"text": "双方对责任说法不一。", "evidence": ["L1"]}],
    },
    "plan": {
        "steps": [
            {
                "action": "上门听取双方陈述并查看现场",
                "owner": "社区居委会",
                "deadline_days": 3,
                "evidence": ["P1"],
            }
        ],
        "lead_department": "社区居委会",
        "escalation": "协调不成的，告知可以依法起诉。",
        "resident_script": "您说的情况已经登记，我们上门了解后再答复您。",
    },
    "legal_basis": [{"evidence_id": "L1", "why": "与本件争议有关。"}],
    "precedents": [],
}


@contextlib.contextmanager
def slow_model() -> Iterator[str]:
    """The address of the model; below ``/slow/v1`` it writes a draft, below ``/silent/v1`` none."""
    server = _Server(("127.0.0.1", 0), _Model)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.stopped.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], model: type[BaseHTTPRequestHandler]) -> None:
        self.stopped = threading.Event()
        super().__init__(address, model)


class _Model(BaseHTTPRequestHandler):
    """One question; the answer ends with the connection."""

    server: _Server

    def do_POST(self) -> None:
        """Answer by the address: silence, or a draft as server-sent events."""
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        # Whoever asked may be gone before the end.
        with contextlib.suppress(OSError):
            if self.path.startswith("/silent/"):
                self.server.stopped.wait()
            else:
                self._write()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _write(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        time.sleep(SILENT_SECONDS)
        text = json.dumps(_DRAFT, ensure_ascii=False)
        size = -(-len(text) // _PIECES)
        for at in range(0, len(text), size):
            self.wfile.write(_event({"content": text[at : at + size]}))
            time.sleep(WRITING_SECONDS / _PIECES)
        self.wfile.write(_event({}, "stop") + b"data: [DONE]\n\n")


def _event(delta: dict[str, str], finish: str | None = None) -> bytes:
    chunk = {
        "id": NAME,
        "object": "chat.completion.chunk",
        "created": 0,
        "model": NAME,
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }
    return f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode()
