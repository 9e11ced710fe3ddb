"""App: every route behind one door, and pages for what goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp

from cairn.errors import InputError, LedgerError
from cairn.ledger import Ledger
from cairn.review import (
    api,
    deciding,
    doors,
    gathering,
    inbox,
    mapping,
    pages,
    people,
    public,
    publishing,
    quotes,
    reading,
    timeline,
)
from cairn.review.admitting import SignInError, admit, admit_everybody, ask_to_sign_in
from cairn.review.guards import API, guarded
from cairn.review.pages import show
from cairn.review.setup import Setup

ROOMS = (
    doors,
    inbox,
    reading,
    deciding,
    gathering,
    mapping,
    timeline,
    publishing,
    people,
    quotes,
    pages,
    api,
)


SILENT: Any = dict.fromkeys(("tracing", "metrics", "logs", "operation_spans", "auto_configure"), False)
"""Newer versions of FastAPI measure requests, and can be told by the environment to send that to others."""


def make_app(setup: Setup) -> FastAPI:
    """Return the application with all its routes, each of which asks who comes; see ``serve_app``."""
    app = _app(admit)
    app.state.setup = setup
    for room in ROOMS:
        app.include_router(room.routes)
    app.add_exception_handler(SignInError, ask_to_sign_in)
    return app


def _app(door: Callable[[Request], None]) -> FastAPI:
    """Return an application without routes, all of which will lie behind a door."""
    app = FastAPI(
        title="Cairn",
        version="1",
        description="Claims of who was harmed, according to whom, and people’s decisions about them.",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=[Depends(door)],
        telemetry=SILENT,
    )
    app.add_exception_handler(InputError, _unusable)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _unusable)
    return app


def make_public_app(ledger: Ledger) -> FastAPI:
    """Return the application for everybody, which asks nobody who they are and writes nothing."""
    app = _app(admit_everybody)
    app.state.ledger, app.state.public = ledger, True
    for room in (public, quotes, pages):
        app.include_router(room.routes)
    return app


def serve_app(setup: Setup) -> ASGIApp:
    """Return the application as it is served: guarded, with headers on every answer."""
    return guarded(make_app(setup), setup.origins)


def serve_public_app(ledger: Ledger, origins: tuple[str, ...]) -> ASGIApp:
    """Return the application for everybody as it is served."""
    return guarded(make_public_app(ledger), origins)


def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    told = str(error.detail) if isinstance(error, HTTPException) else ""
    if status == 404 and told == "Not Found":
        told = "There is no such page."
    return _problem(request, status, told)


def _unusable(request: Request, error: Exception) -> Response:
    if isinstance(error, RequestValidationError):
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"][1:]) or "the request"
        return _problem(request, 422, f"{where}: {first['msg']}")
    busy = isinstance(error, LedgerError) and "locked" in str(error)
    return _problem(request, 503 if busy else 422, str(error))


def _problem(request: Request, status: int, told: str) -> Response:
    if request.url.path.startswith(API):
        return JSONResponse({"detail": told}, status)
    return show(request, "problem", status, told=told[:1].upper() + told[1:], number=status)
