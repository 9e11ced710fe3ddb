"""Pages: templates filled with every word escaped, and the few files that they need."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from cairn.exports import HARMS, OWN_VOICE, date, figure, voices, when
from cairn.review.accounts import Account
from cairn.review.asking import written
from cairn.review.setup import Setup

routes = APIRouter()

QUOTES, BLURRED = "cairn-quotes", "blurred"
"""The cookie by which a browser remembers that its reader wants quotes blurred."""
ASSETS = {
    "review.css": "text/css; charset=utf-8",
    "review.js": "text/javascript; charset=utf-8",
    "htmx.min.js": "text/javascript; charset=utf-8",
    "map.js": "text/javascript; charset=utf-8",
    "maplibre-gl.mjs": "text/javascript; charset=utf-8",
    "maplibre-gl-worker.mjs": "text/javascript; charset=utf-8",
    "cairn.svg": "image/svg+xml",
    "world.geojson": "application/geo+json",
    "htmx.LICENCE": "text/plain; charset=utf-8",
    "maplibre-gl.LICENCE": "text/plain; charset=utf-8",
}
"""Every file that is served as it is."""


@cache
def asset(name: str) -> bytes:
    """Return one of the files that are served as they are."""
    folder = files("cairn") / "charts" if name == "world.geojson" else files("cairn.review") / "assets"
    return (folder / name).read_bytes()


@cache
def version_of(name: str) -> str:
    """Return what changes in an address when a file does, so that browsers may keep it."""
    return hashlib.sha256(asset(name)).hexdigest()[:12]


def address_of(name: str) -> str:
    """Return the address of one of the files that are served as they are."""
    return f"/assets/{name}?v={version_of(name)}"


@routes.get("/assets/{name}", include_in_schema=False)
def asset_file(name: str) -> Response:
    """Answer with one of the files that are served as they are; all others are not there."""
    if name not in ASSETS:
        raise HTTPException(404, "There is no such file.")
    kept = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(asset(name), media_type=ASSETS[name], headers=kept)


@cache
def templates() -> Environment:
    """Return the templates; what is put into them is escaped, what is missing is an error."""
    environment = Environment(
        loader=PackageLoader("cairn.review", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {each.__name__: each for each in (date, figure, voices, when, address_of)}
    environment.globals |= {"HARMS": HARMS, "OWN_VOICE": OWN_VOICE, "written": written}
    return environment


def show(request: Request, template: str, status: int = 200, /, **values: Any) -> HTMLResponse:
    """Answer with a page.

    Args:
        request: that asked.
        template: its name, without the ending.
        status: of HTTP.
        **values: for the template, beside who asks, where, and whether they want quotes blurred.
    """
    account: Account | None = getattr(request.state, "account", None)
    there = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    there = there if request.method in ("GET", "HEAD") else "/"  # nobody comes back to where a form was sent
    text = (
        templates()
        .get_template(f"{template}.html")
        .render(
            account=account,
            public=getattr(request.app.state, "public", False),
            path=request.url.path,
            there=there,
            blurred=request.cookies.get(QUOTES) == BLURRED,
            **values,
        )
    )
    return HTMLResponse(text, status)


async def setup_of(request: Request) -> Setup:
    """Return what the server works with."""
    setup: Setup = request.app.state.setup
    return setup


async def account_of(request: Request) -> Account:
    """Return who asks; only for routes that nobody reaches without signing in."""
    account: Account = request.state.account
    return account


# Coroutines, though they wait for nothing: what is none is sent to a thread of its own, and waits for one.
With = Annotated[Setup, Depends(setup_of)]
"""What the server works with, as a parameter of a route."""
Who = Annotated[Account, Depends(account_of)]
"""Who asks, as a parameter of a route."""
