"""Doors: making an account by a link, signing in and out, one's own password, second factor and tokens."""

from __future__ import annotations

import math
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from cairn.errors import InputError
from cairn.review.accounts import accept, change_password, invited
from cairn.review.admitting import cookie_name, local
from cairn.review.forms import Sent, unpack
from cairn.review.pages import Who, With, show
from cairn.review.sessions import (
    Refused,
    end_session,
    end_token,
    factor_address,
    list_tokens,
    make_token,
    new_factor,
    set_factor,
    sign_in,
)
from cairn.review.setup import Setup

routes = APIRouter()


@routes.get("/welcome/{token}")
def welcome(request: Request, setup: With, token: str) -> Response:
    """Show the form for a new account."""
    role = invited(setup.accounts, token)
    if role is None:
        raise InputError("this link was used, or is too old; ask whoever sent it for another one")
    return show(request, "welcome", role=role, name="", problem="")


@routes.post("/welcome/{token}")
def make_account(request: Request, setup: With, token: str, form: Sent) -> Response:
    """Make the account that a link is for, and sign in."""
    name, password = form.one("name"), form.one("password")
    try:
        if password != form.one("again"):
            raise InputError("the two passwords differ")
        made = accept(setup.accounts, token, name, password)
    except InputError as error:
        role = invited(setup.accounts, token)
        if role is None:
            raise
        return show(request, "welcome", 422, role=role, name=name, problem=str(error))
    found = sign_in(setup.accounts, made.name, password, "", _address(request))
    return RedirectResponse("/login", 303) if isinstance(found, Refused) else _signed_in(setup, found, "/")


@routes.get("/login")
def login_page(request: Request, then: Annotated[str, Query()] = "/") -> Response:
    """Show the form to sign in."""
    return show(request, "login", then=local(then), draft="", name="", problem="")


@routes.post("/login")
def login(request: Request, setup: With, form: Sent) -> Response:
    """Sign in; what somebody was about to send when the session ended comes back to be sent."""
    then, draft, name = local(form.one("then")), form.one("draft"), form.one("name")
    found = sign_in(setup.accounts, name, form.one("password"), form.one("code"), _address(request))
    if isinstance(found, Refused):
        wait = math.ceil(found.wait.total_seconds())
        problem = f"{found.reason}; try again in {wait} s" if wait > 0 else found.reason
        answer = show(
            request, "login", 429 if wait > 0 else 401, then=then, draft=draft, name=name, problem=problem
        )
        if wait > 0:
            answer.headers["Retry-After"] = str(wait)
        return answer
    if not draft:
        return _signed_in(setup, found, then)
    kept = [pair for pair in unpack(draft).fields if pair[0] != "seen"]
    page = show(request, "draft", action=then, fields=kept)
    return _with_cookie(page, setup, found)


@routes.post("/logout")
def logout(request: Request, setup: With) -> Response:
    """Sign out."""
    name = cookie_name(secure=setup.secure)
    end_session(setup.accounts, request.cookies.get(name, ""))
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(name, secure=setup.secure, httponly=True, samesite="strict")
    return answer


@routes.get("/account")
def account_page(request: Request, setup: With, who: Who) -> Response:
    """Show one's own account."""
    return _account(request, setup, who)


@routes.post("/account/password")
def set_password(request: Request, setup: With, who: Who, form: Sent) -> Response:
    """Change one's password, which ends one's sessions."""
    try:
        if form.one("password") != form.one("again"):
            raise InputError("the two passwords differ")
        change_password(setup.accounts, who.name, form.one("old"), form.one("password"))
    except InputError as error:
        return _account(request, setup, who, problem=str(error))
    return RedirectResponse("/login", 303)


@routes.post("/account/factor")
def switch_factor(request: Request, setup: With, who: Who, form: Sent) -> Response:
    """Ask for a second factor from now on, or no more."""
    try:
        who = set_factor(setup.accounts, who, form.one("factor") or None, form.one("code"))
    except InputError as error:
        return _account(request, setup, who, problem=str(error), factor=form.one("factor"))
    return _account(request, setup, who)


@routes.post("/account/tokens")
def new_token(request: Request, setup: With, who: Who, form: Sent) -> Response:
    """Make a token for a program, and show it this once."""
    try:
        token = make_token(setup.accounts, who, form.one("label"))
    except InputError as error:
        return _account(request, setup, who, problem=str(error))
    return _account(request, setup, who, token=token)


@routes.post("/account/tokens/{label}/end")
def drop_token(setup: With, who: Who, label: str) -> Response:
    """Make a token worthless."""
    end_token(setup.accounts, who, label)
    return RedirectResponse("/account", 303)


def _account(
    request: Request, setup: Setup, who: Who, *, problem: str = "", token: str = "", factor: str = ""
) -> Response:
    offered = "" if who.factor else factor or new_factor(setup.accounts)
    return show(
        request,
        "account",
        422 if problem else 200,
        problem=problem,
        token=token,
        tokens=list_tokens(setup.accounts, who),
        factor=offered,
        factor_address=factor_address(who, offered) if offered else "",
        has_factor=who.factor,
    )


def _signed_in(setup: Setup, token: str, then: str) -> Response:
    return _with_cookie(RedirectResponse(then, 303), setup, token)


def _with_cookie(answer: Response, setup: Setup, token: str) -> Response:
    answer.set_cookie(
        cookie_name(secure=setup.secure), token, secure=setup.secure, httponly=True, samesite="strict"
    )
    return answer


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
