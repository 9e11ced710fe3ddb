"""Guards: triggers by which the database itself refuses to change or remove evidence."""

from __future__ import annotations

from collections.abc import Iterator

from cairn.ledger.tables import EVIDENCE

REFUSAL = "evidence is append-only: add a decision that supersedes, or use cairn erase"
"""What the database says to whoever tries."""

ERASING = "erasing"
"""Table that holds a row while ``cairn erase`` works, inside its own transaction, and never else."""


_KEYS: dict[str, list[tuple[str, ...]]] = {
    "batches": [("number",)],
    "runs": [("number",), ("id",)],
    "documents": [("number",), ("id",)],
    "claims": [("number",), ("id", "variant")],
    "events": [("number",), ("id", "variant")],
    "readings": [("number",), ("document", "run")],
    "decisions": [("number",), ("id",)],
    "erasures": [("number",)],
}
"""Keys by which ``INSERT OR REPLACE`` would remove a row without a word; SQLite alone knows it."""


def guard_statements(dialect: str) -> Iterator[str]:
    """Yield the SQL that guards every table of evidence, for ``sqlite`` or ``postgresql``."""
    yield from _sqlite() if dialect == "sqlite" else _postgresql()


def guard_names() -> Iterator[tuple[str, str]]:
    """Yield each trigger's name with its table."""
    for table in EVIDENCE:
        for action in ("update", "delete"):
            yield f"{table.name}_refuse_{action}", table.name


def _sqlite() -> Iterator[str]:
    for name, table in guard_names():
        action = name.rsplit("_", 1)[1].upper()
        yield (
            f'CREATE TRIGGER "{name}" BEFORE {action} ON "{table}" '
            f"WHEN NOT EXISTS (SELECT 1 FROM {ERASING}) BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )

    for table, keys in _KEYS.items():
        taken = " OR ".join(
            "(" + " AND ".join(f'"{column}" = NEW."{column}"' for column in key) + ")" for key in keys
        )
        yield (
            f'CREATE TRIGGER "{table}_refuse_replace" BEFORE INSERT ON "{table}" '
            f'WHEN EXISTS (SELECT 1 FROM "{table}" WHERE {taken}) '
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )


def _postgresql() -> Iterator[str]:
    yield (
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'TRUNCATE' OR NOT EXISTS (SELECT 1 FROM {ERASING}) THEN "
        f"RAISE EXCEPTION '{REFUSAL}'; END IF; "
        "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
    )
    for name, table in guard_names():
        action = name.rsplit("_", 1)[1].upper()
        yield (
            f'CREATE TRIGGER "{name}" BEFORE {action} ON "{table}" '
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    for each in EVIDENCE:
        yield (
            f'CREATE TRIGGER "{each.name}_refuse_truncate" BEFORE TRUNCATE ON "{each.name}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
