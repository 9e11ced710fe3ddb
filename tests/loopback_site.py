"""A web site on this machine for tests: pages by host and path, invented host names, and a clock to turn."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread, local
from typing import Any

from cairn.documents.web import Outside

START = dt.datetime(2031, 3, 5, 9, 0, tzinfo=dt.UTC)
"""When the clocks of tests begin."""

Handler = BaseHTTPRequestHandler


@dataclass(kw_only=True)
class Page:
    """What an address gives."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    media_type: str = "text/html; charset=utf-8"


Answering = Page | Callable[[Handler], None]


@dataclass(kw_only=True)
class Asked:
    """One request that came in."""

    host: str
    path: str
    headers: dict[str, str]
    at: float


@dataclass
class Site:
    """The pages of several hosts, all served by one port; ``asked`` tells what was asked for."""

    port: int = 0
    pages: dict[tuple[str, str], Answering] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def put(self, url_path: str, page: Answering | bytes | str, host: str = "herald.example") -> str:
        """Serve a page; return its address."""
        if isinstance(page, str):
            page = page.encode()
        self.pages[host, url_path] = Page(body=page) if isinstance(page, bytes) else page
        return self.url(url_path, host)

    def url(self, url_path: str, host: str = "herald.example") -> str:
        return f"http://{host}:{self.port}{url_path}"

    def paths(self, host: str | None = None) -> list[str]:
        """Return what was asked for in order, robots.txt left out."""
        return [
            asked.path
            for asked in self.asked
            if asked.path != "/robots.txt" and (host is None or asked.host == host)
        ]


@contextmanager
def serve() -> Iterator[Site]:
    """Serve a site on this machine until the block ends."""
    site = Site()

    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            host = (self.headers.get("Host") or "").partition(":")[0]
            with site.lock:
                asked = Asked(host=host, path=self.path, headers=dict(self.headers), at=time.monotonic())
                site.asked.append(asked)
            page = site.pages.get((host, self.path), Page(status=404, body=b"<p>No such page.</p>"))
            if isinstance(page, Page):
                send(self, page)
            else:
                self.close_connection = True
                page(self)

        def log_message(self, format: str, *args: Any) -> None:
            pass

        def handle(self) -> None:
            with suppress(ConnectionError):  # the client had enough, as it should
                super().handle()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    server.daemon_threads = True
    site.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def send(handler: Handler, page: Page) -> None:
    """Send a page as it stands; answer 304 when its ETag is known."""
    etag = page.headers.get("ETag")
    if etag and handler.headers.get("If-None-Match") == etag:
        handler.send_response(304)
        handler.send_header("ETag", etag)
        handler.end_headers()
        return
    handler.send_response(page.status)
    if handler.close_connection:
        handler.send_header("Connection", "close")
    if page.media_type:
        handler.send_header("Content-Type", page.media_type)
    for name, value in page.headers.items():
        handler.send_header(name, value)
    if not any(name.lower() == "content-length" for name in page.headers):
        handler.send_header("Content-Length", str(len(page.body)))
    handler.end_headers()
    handler.wfile.write(page.body)


def redirect(to: str, status: int = 302, **headers: str) -> Page:
    """Return a page that leads on."""
    return Page(status=status, headers={"Location": to, **headers})


@dataclass
class Clock:
    """A clock that tests turn: sleeping takes no time, but it passes.

    Who sleeps moves the hour for all, and the clock that counts seconds for the own thread alone: others did
    not wait meanwhile.
    """

    now_: dt.datetime = START
    slept: list[float] = field(default_factory=list)
    skipped: float = 0.0
    turned: float = 0.0
    own: local = field(default_factory=local)
    look_ups: list[str] = field(default_factory=list)
    names: dict[str, Sequence[str]] = field(default_factory=dict)

    def outside(self) -> Outside:
        return Outside(now=self.now, tick=self.tick, sleep=self.sleep, look_up=self.look_up)

    def now(self) -> dt.datetime:
        return self.now_ + dt.timedelta(seconds=self.skipped)

    def tick(self) -> float:
        return time.monotonic() + self.turned + getattr(self.own, "slept", 0.0)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.skipped += seconds
        self.own.slept = getattr(self.own, "slept", 0.0) + seconds

    def turn(self, **spans: float) -> None:
        """Let time pass."""
        self.skipped += dt.timedelta(**spans).total_seconds()
        self.turned += dt.timedelta(**spans).total_seconds()

    def look_up(self, host: str, port: int) -> Sequence[str]:
        """Every host under .example is on this machine, unless it was given other addresses."""
        self.look_ups.append(host)
        if host in self.names:
            return self.names[host]
        if host.endswith(".example"):
            return ("127.0.0.1",)
        if host.replace(".", "").isdigit() or ":" in host:
            return (host,)
        raise OSError(-2, "Name or service not known")
