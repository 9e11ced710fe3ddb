"""Review: software proposes, a named person decides, and a second person publishes."""

from cairn.review.access import ACCESS, PUBLIC_ACCESS, Role
from cairn.review.accounts import Accounts, accept, invite, open_accounts
from cairn.review.app import make_app, make_public_app, serve_app, serve_public_app
from cairn.review.serving import serve, serve_public
from cairn.review.setup import Setup, reachable_at

__all__ = [
    "ACCESS",
    "PUBLIC_ACCESS",
    "Accounts",
    "Role",
    "Setup",
    "accept",
    "invite",
    "make_app",
    "make_public_app",
    "open_accounts",
    "reachable_at",
    "serve",
    "serve_app",
    "serve_public",
    "serve_public_app",
]
