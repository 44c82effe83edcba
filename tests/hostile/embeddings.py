"""A server of ``/v1/embeddings`` on loopback: real HTTP, vectors by hashing, faults to order."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from indexer.embedders import HashingEmbedder

WIDTH = 32


class Embeddings:
    """``with Embeddings() as server`` serves under ``server.url`` until the block ends.

    ``faults`` are answers given before the good ones: a status with its headers, or bytes that
    are sent as the body. ``width`` may be changed while it runs: another model. ``silence`` is in
    seconds before every answer.
    """

    def __init__(self):
        self.asked = []
        self.faults = []
        self.width = WIDTH
        self.silence = 0.0
        server = self

        class Answer(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                server.asked.append(
                    (self.path, {k.lower(): v for k, v in self.headers.items()}, body)
                )
                status, headers, reply = server.answer(body)
                self.close_connection = True
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply)))
                self.end_headers()
                self.wfile.write(reply)

            def log_message(self, *_):
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,))

    @property
    def url(self):
        return f"http://127.0.0.1:{self._http.server_port}/v1"

    @property
    def texts(self):
        """Every text that was sent, in order."""
        return [text for _, _, body in self.asked for text in body["input"]]

    def answer(self, body):
        time.sleep(self.silence)
        if self.faults:
            fault = self.faults.pop(0)
            if isinstance(fault, bytes):
                return 200, {"Content-Type": "application/json"}, fault
            status, headers = fault
            return status, headers, b'{"error": {"message": "sk-secret said no"}}'
        vectors = HashingEmbedder(self.width).encode(body["input"]) * 3
        rows = [
            {"object": "embedding", "index": place, "embedding": vector.tolist()}
            for place, vector in enumerate(vectors)
        ]
        # Nothing says that rows come in the order of the texts.
        reply = {"object": "list", "model": body["model"], "data": rows[::-1], "usage": USAGE}
        return 200, {"Content-Type": "application/json"}, json.dumps(reply).encode()

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


USAGE = {"prompt_tokens": 1, "total_tokens": 1}
