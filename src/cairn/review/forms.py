"""Forms: what a page sends, read within bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import parse_qsl, urlencode

from fastapi import Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request

MOST_FIELDS = 500
"""More than the longest page has boxes."""
KIND = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The fields of a form, in the order of the page."""

    fields: tuple[tuple[str, str], ...] = ()

    def one(self, name: str) -> str:
        """Return what was typed in a field, without blanks around it; ``""`` for none."""
        return next((value.strip() for key, value in self.fields if key == name), "")

    def many(self, name: str) -> list[str]:
        """Return all that was chosen under one name."""
        return [value for key, value in self.fields if key == name]

    def packed(self) -> str:
        """Return the form as one line, to be carried along while somebody signs in again."""
        return urlencode(self.fields)


def unpack(packed: str) -> Form:
    """Return the form of a line that ``Form.packed`` made, or that a browser sent.

    Raises:
        HTTPException: it is damaged, or larger than any of ours.
    """
    try:
        pairs = parse_qsl(packed, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise HTTPException(400, "The form is damaged or has too many fields.") from error
    if any("\0" in part for pair in pairs for part in pair):
        raise HTTPException(400, "The form holds a character that no text has.")
    return Form(fields=tuple((key, value.replace("\r\n", "\n")) for key, value in pairs))


async def read_form(request: Request) -> Form:
    """Return the form that a request carries."""
    kind = request.headers.get("content-type", KIND).split(";")[0].strip().lower()
    if kind != KIND:
        raise HTTPException(415, "A form is sent as our pages send it.")
    body = await request.body()
    try:
        return unpack(body.decode("ascii"))
    except UnicodeDecodeError as error:
        raise HTTPException(400, "The form is damaged.") from error


Sent = Annotated[Form, Depends(read_form)]
"""The form of the request, as a parameter of a route."""
