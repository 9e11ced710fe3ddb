"""Access: who may do what, as one table of routes by roles; what is not in the table is refused."""

from __future__ import annotations

from enum import StrEnum

from cairn.records import Ruling


class Role(StrEnum):
    """What an account is for; each may also do what the one before it may."""

    READER = "reader"
    """Sees all that the ledger holds."""
    RECORDER = "recorder"
    """Corrects slots and leaves notes."""
    REVIEWER = "reviewer"
    """Confirms and rejects claims, joins and parts incidents."""
    PUBLISHER = "publisher"
    """Makes public what somebody else confirmed."""
    ADMIN = "admin"
    """Invites people and says what they may do."""


Roles = frozenset[Role]


def _from(least: Role) -> Roles:
    every = list(Role)
    return frozenset(every[every.index(least) :])


ANYONE = None
"""Stands in the table where nobody need sign in."""
NOBODY: Roles = frozenset()

ACCESS: dict[tuple[str, str], Roles | None] = {
    ("GET", "/assets/{name}"): ANYONE,
    ("GET", "/login"): ANYONE,
    ("POST", "/login"): ANYONE,
    ("GET", "/welcome/{token}"): ANYONE,
    ("POST", "/welcome/{token}"): ANYONE,
    ("GET", "/"): _from(Role.READER),
    ("GET", "/backlog.svg"): _from(Role.READER),
    ("GET", "/documents/{number}"): _from(Role.READER),
    ("GET", "/claims/{claim}"): _from(Role.READER),
    ("GET", "/incidents"): _from(Role.READER),
    ("GET", "/incidents/{name}"): _from(Role.READER),
    ("GET", "/incidents/{name}/{harm}.svg"): _from(Role.READER),
    ("GET", "/map"): _from(Role.READER),
    ("GET", "/map.json"): _from(Role.READER),
    ("GET", "/timeline"): _from(Role.READER),
    ("GET", "/keys"): _from(Role.READER),
    ("GET", "/account"): _from(Role.READER),
    ("POST", "/account/password"): _from(Role.READER),
    ("POST", "/account/factor"): _from(Role.READER),
    ("POST", "/account/tokens"): _from(Role.READER),
    ("POST", "/account/tokens/{label}/end"): _from(Role.READER),
    ("POST", "/quotes"): _from(Role.READER),
    ("POST", "/logout"): _from(Role.READER),
    ("POST", "/claims/{claim}/note"): _from(Role.RECORDER),
    ("POST", "/claims/{claim}/correct"): _from(Role.RECORDER),
    ("POST", "/decisions/{decision}/undo"): _from(Role.RECORDER),
    ("POST", "/claims/{claim}/confirm"): _from(Role.REVIEWER),
    ("POST", "/claims/{claim}/reject"): _from(Role.REVIEWER),
    ("POST", "/incidents/{name}/join"): _from(Role.REVIEWER),
    ("POST", "/incidents/{name}/part"): _from(Role.REVIEWER),
    ("GET", "/publishing"): _from(Role.READER),
    ("POST", "/claims/{claim}/publish"): _from(Role.PUBLISHER),
    ("POST", "/claims/{claim}/restrict"): _from(Role.PUBLISHER),
    ("POST", "/publishing"): _from(Role.PUBLISHER),
    ("GET", "/people"): _from(Role.ADMIN),
    ("POST", "/people"): _from(Role.ADMIN),
    ("POST", "/people/{name}"): _from(Role.ADMIN),
    ("GET", "/api/v1"): _from(Role.READER),
    ("GET", "/api/v1/openapi.json"): _from(Role.READER),
    ("GET", "/api/v1/claims"): _from(Role.READER),
    ("GET", "/api/v1/claims/{claim}"): _from(Role.READER),
    ("GET", "/api/v1/incidents"): _from(Role.READER),
    ("GET", "/api/v1/incidents/{name}"): _from(Role.READER),
    ("GET", "/api/v1/documents"): _from(Role.READER),
    ("GET", "/api/v1/documents/{number}"): _from(Role.READER),
    ("GET", "/api/v1/decisions"): _from(Role.READER),
    ("POST", "/api/v1/decisions"): _from(Role.RECORDER),
}
"""Who may ask for each route, by its method and its path."""

PUBLIC_ACCESS: frozenset[tuple[str, str]] = frozenset(
    {
        ("GET", "/assets/{name}"),
        ("GET", "/"),
        ("GET", "/incidents"),
        ("GET", "/incidents/{name}"),
        ("GET", "/map"),
        ("GET", "/map.json"),
        ("GET", "/timeline"),
        ("GET", "/api/v1"),
        ("GET", "/api/v1/claims"),
        ("GET", "/api/v1/incidents"),
        ("POST", "/quotes"),
    }
)
"""The routes of the view for everybody: nothing else is there, and none of them writes to the ledger."""

RULERS: dict[Ruling, Roles] = {
    Ruling.NOTE: _from(Role.RECORDER),
    Ruling.CORRECT: _from(Role.RECORDER),
    Ruling.CONFIRM: _from(Role.REVIEWER),
    Ruling.REJECT: _from(Role.REVIEWER),
    Ruling.SAME_INCIDENT: _from(Role.REVIEWER),
    Ruling.DIFFERENT_INCIDENT: _from(Role.REVIEWER),
    Ruling.INDEPENDENT: _from(Role.REVIEWER),
    Ruling.SAME_ORIGIN: _from(Role.REVIEWER),
    Ruling.RECOMMEND: _from(Role.REVIEWER),
    Ruling.WITHDRAW: _from(Role.RECORDER),
    Ruling.RESTRICT: _from(Role.PUBLISHER),
}
"""Who may rule so; a withdrawal is also bound to who may rule what it takes back, see ``deciding``."""
