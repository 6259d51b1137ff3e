"""Servers on loopback that give repositories out in all the ways that servers do."""

import os
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


@dataclass
class Smart:
    """A smart HTTP server, what it was asked, and where it is to stop."""

    root: Path
    version_two: bool = True
    private: bool = False
    asked: list[str] = field(default_factory=list)
    limit: int | None = None
    """Bytes of an answer after which the server waits."""
    stuck: threading.Event = field(default_factory=threading.Event)
    release: threading.Event = field(default_factory=threading.Event)
    url: str = ""

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Let git answer a request."""
        if self.private and not request.headers.get("Authorization"):
            request.send_response(401)
            request.send_header("WWW-Authenticate", 'Basic realm="here"')
            request.send_header("Content-Length", "0")
            request.end_headers()
            return
        path, _, query = request.path.partition("?")
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        service = path.rpartition("/")[2]
        self.asked.append(service)
        headers, _, content = self.run_git(request, path, query, body).partition(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in headers.decode().splitlines())
        request.send_response(int(fields.pop("Status", "200").split(" ")[0]))
        for name, value in fields.items():
            request.send_header(name, value)
        request.send_header("Content-Length", str(len(content)))
        request.end_headers()
        if self.limit is not None and len(content) > self.limit:
            request.wfile.write(content[: self.limit])
            self.stuck.set()
            self.release.wait(30)
            content = content[self.limit :]
        request.wfile.write(content)

    def run_git(self, request: BaseHTTPRequestHandler, path: str, query: str, body: bytes) -> bytes:
        """Run git's own server program."""
        environment = {
            **os.environ,
            "GIT_PROJECT_ROOT": str(self.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "REQUEST_METHOD": request.command,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_TYPE": request.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": request.headers.get("Content-Encoding", ""),
            "REMOTE_ADDR": "127.0.0.1",
        }
        if self.version_two:
            environment["GIT_PROTOCOL"] = request.headers.get("Git-Protocol", "")
        return subprocess.run(
            ["git", "http-backend"], input=body, env=environment, capture_output=True, check=False
        ).stdout


@contextmanager
def http(handler: Callable[..., BaseHTTPRequestHandler]) -> Iterator[str]:
    """Serve HTTP on loopback."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()


def answers(port: int) -> bool:
    """Tell whether somebody listens on a port."""
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True
