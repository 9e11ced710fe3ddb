"""Quotes: a reader may have the words of reports blurred until they ask for them."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from cairn.review.admitting import local
from cairn.review.forms import Sent
from cairn.review.pages import BLURRED, QUOTES

routes = APIRouter()

KEPT = 365 * 24 * 3600
"""Seconds that a browser remembers the choice."""


@routes.post("/quotes")
def set_quotes(request: Request, form: Sent) -> Response:
    """Blur the words of reports on all pages of this browser, or no more."""
    answer = RedirectResponse(local(form.one("then") or "/"), 303)
    secure = request.headers.get("origin", "").startswith("https:")
    if form.one("quotes") == BLURRED:
        answer.set_cookie(QUOTES, BLURRED, KEPT, secure=secure, httponly=True, samesite="strict")
    else:
        answer.delete_cookie(QUOTES, secure=secure, httponly=True, samesite="strict")
    return answer
