"""Review: software proposes, a named person decides, and a second person publishes."""

from cairn.review.access import ACCESS, Role
from cairn.review.accounts import Accounts, accept, invite, open_accounts
from cairn.review.app import make_app, serve_app
from cairn.review.serving import serve
from cairn.review.setup import Setup, reachable_at

__all__ = [
    "ACCESS",
    "Accounts",
    "Role",
    "Setup",
    "accept",
    "invite",
    "make_app",
    "open_accounts",
    "reachable_at",
    "serve",
    "serve_app",
]
