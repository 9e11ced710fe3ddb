"""Events: who is said to do what towards whom, beside the harm that it does."""

from cairn.claims.events.read import read_events

__all__ = ["read_events"]
