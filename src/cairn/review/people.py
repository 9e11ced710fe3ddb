"""People: an admin invites them, and says what each may do."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from cairn.errors import InputError
from cairn.review.access import Role
from cairn.review.accounts import INVITATION_HOURS, change_account, invite, list_accounts
from cairn.review.forms import Sent
from cairn.review.pages import Who, With, show
from cairn.review.setup import Setup

routes = APIRouter()


@routes.get("/people")
def people_page(request: Request, setup: With) -> Response:
    """List the accounts."""
    return _people(request, setup)


@routes.post("/people")
def invite_person(request: Request, setup: With, who: Who, form: Sent) -> Response:
    """Make a link for a new account, and show it this once."""
    token = invite(setup.accounts, _role(form.one("role")), who.name)
    return _people(request, setup, link=f"{setup.origins[0]}/welcome/{token}")


@routes.post("/people/{name}")
def change_person(request: Request, setup: With, form: Sent, name: str) -> Response:
    """Give a person another role, or none."""
    try:
        change_account(setup.accounts, name, role=_role(form.one("role")), active=form.one("active") == "yes")
    except InputError as error:
        return _people(request, setup, problem=str(error))
    return RedirectResponse("/people", 303)


def _role(typed: str) -> Role:
    try:
        return Role(typed)
    except ValueError as error:
        raise InputError(f"there is no role {typed[:40]!r}; there are {', '.join(Role)}") from error


def _people(request: Request, setup: Setup, link: str = "", problem: str = "") -> Response:
    return show(
        request,
        "people",
        422 if problem else 200,
        people=list_accounts(setup.accounts),
        roles=list(Role),
        link=link,
        problem=problem,
        hours=INVITATION_HOURS,
    )
