"""Admitting: who asks, and whether the table of routes lets them; every route passes here first."""

from __future__ import annotations

from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from cairn.review.access import ACCESS, NOBODY, PUBLIC_ACCESS
from cairn.review.accounts import Account
from cairn.review.forms import read_form
from cairn.review.guards import API, SAFE
from cairn.review.pages import show
from cairn.review.sessions import session_of, token_of
from cairn.review.setup import Setup


class SignInError(Exception):
    """Nobody is signed in where somebody must be."""


def cookie_name(*, secure: bool) -> str:
    """Return the name of the session's cookie; the prefix binds it to one host and to TLS."""
    return "__Host-cairn" if secure else "cairn"


def admit(request: Request) -> None:
    """Let a request pass to its route, and leave word of who asks.

    Raises:
        SignInError: nobody is signed in, and the route is not for everybody.
        HTTPException: 403, the account's role may not do this, or the route is not in the table.
    """
    account = request.state.account = _who_asks(request)
    allowed = ACCESS.get((request.method, request.scope["route"].path), NOBODY)
    if allowed is None:
        return
    if account is None:
        raise SignInError
    if account.role not in allowed:
        may = ", ".join(sorted(role.value for role in allowed)) or "nobody"
        raise HTTPException(403, f"Your account is a {account.role.value}’s; this is for: {may}.")


def admit_everybody(request: Request) -> None:
    """Let a request pass to a route of the public view.

    Raises:
        HTTPException: 403, the route is not in the table.
    """
    if (request.method, request.scope["route"].path) not in PUBLIC_ACCESS:
        raise HTTPException(403, "This is not public.")


def _who_asks(request: Request) -> Account | None:
    """Return whose token or cookie a request carries; what changes anything by the API needs a token."""
    setup: Setup = request.app.state.setup
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if request.url.path.startswith(API) and (kind.lower() == "bearer" or request.method not in SAFE):
        return token_of(setup.accounts, token.strip()) if token else None
    cookie = request.cookies.get(cookie_name(secure=setup.secure))
    return session_of(setup.accounts, cookie) if cookie else None


async def ask_to_sign_in(request: Request, _: Exception) -> Response:
    """Answer where somebody must sign in first: with the page to do so, which keeps what was being sent."""
    if request.url.path.startswith(API):
        return Response(
            '{"detail": "send a token: Authorization: Bearer cairn_…"}',
            401,
            {"WWW-Authenticate": "Bearer"},
            "application/json",
        )
    there = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if request.method in SAFE:
        return RedirectResponse(f"/login?then={quote(there, safe='')}" if there != "/" else "/login", 303)
    draft = await read_form(request)
    return show(request, "login", 401, then=there, draft=draft.packed(), name="", problem=ENDED)


ENDED = "Your session has ended. Sign in, and what you were about to record comes back for you to send."


def local(address: str) -> str:
    """Return an address of ours, whatever was asked for: nobody is led to another site after signing in."""
    held = address.startswith("/") and not address.startswith("//") and "\\" not in address
    return address if held and address.isprintable() else "/"
