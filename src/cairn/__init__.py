"""Cairn turns news reports into a ledger of who was harmed, according to whom."""
