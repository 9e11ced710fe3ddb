"""Guards: what every request must pass before any route sees it, and the headers of every answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY = 64 * 1024
"""Bytes: the longest form holds a note and a few slots."""
LONGEST_ADDRESS = 8 * 1024
"""Bytes of path and question, as common proxies bound them."""
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
API = "/api/"
"""Under it nothing is done by cookie, so that another site can make a browser ask but not act."""

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    # With no-referrer browsers would send forms without their origin, by which we tell our own from others.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def guarded(app: ASGIApp, origins: tuple[str, ...]) -> ASGIApp:
    """Return an application that refuses foreign hosts, cross-site forms and large bodies.

    Args:
        app: what is guarded.
        origins: under which browsers reach the server.
    """
    secure = origins[0].startswith("https://")

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        send = _with_headers(send, secure=secure)
        refused = refusal(scope, origins)
        if refused is not None:
            await PlainTextResponse(refused[1] + "\n", refused[0])(scope, receive, send)
            return
        await app(scope, _bounded(receive), send)

    return answer


def refusal(scope: Scope, origins: tuple[str, ...]) -> tuple[int, str] | None:
    """Return the status and the reason why a request is refused; ``None`` when it may pass."""
    headers = Headers(scope=scope)
    if headers.get("host", "").lower() not in {urlsplit(origin).netloc for origin in origins}:
        return 421, f"This server is reached at {origins[0]}, and under no other name."
    if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
        return 414, "The address is too long."
    length = headers.get("content-length", "0")
    if not length.isdecimal() or len(length) > len(str(LARGEST_BODY)) or int(length) > LARGEST_BODY:
        return 413, f"A form has at most {LARGEST_BODY // 1024} KiB."
    if scope["method"] not in SAFE and not _same_site(headers, scope["path"], origins):
        return 403, "This form was sent from another site, and was not recorded."
    return None


def _same_site(headers: Headers, path: str, origins: tuple[str, ...]) -> bool:
    """Say whether a form was sent by one of our own pages.

    Browsers tell the origin of every form, and newer ones how far off its page is. What tells neither is no
    browser, has no cookie of ours unless it was handed one, and belongs to the API.
    """
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if origin is None and site is None:
        return path.startswith(API)
    return origin in (None, *origins) and site in (None, "same-origin")


def _bounded(receive: Receive) -> Receive:
    """Return what gives the body in pieces until there is too much of it."""
    came = 0

    async def next_piece() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > LARGEST_BODY:
            raise HTTPException(413, f"A form has at most {LARGEST_BODY // 1024} KiB.")
        return message

    return next_piece


def _with_headers(send: Send, *, secure: bool) -> Callable[[MutableMapping[str, Any]], Awaitable[None]]:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "no-store")
            if secure:
                headers["Strict-Transport-Security"] = "max-age=31536000"
        await send(message)

    return sending
