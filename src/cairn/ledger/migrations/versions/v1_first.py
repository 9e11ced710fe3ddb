"""The first schema.

Until a release holds it, it is the schema as it stands; the first change after that writes it out here.
"""

from __future__ import annotations

from alembic import op

from cairn.ledger.guards import ERASING, guard_statements
from cairn.ledger.tables import metadata
from cairn.ledger.views import view_statements
from cairn.ledger.words import word_statements

revision = "1"
down_revision = None


def upgrade() -> None:
    """Make a new ledger."""
    connection = op.get_bind()
    metadata.create_all(connection)
    op.execute(f"CREATE TABLE {ERASING} (document bigint NOT NULL)")
    dialect = connection.dialect.name
    for statement in (*guard_statements(dialect), *view_statements(), *word_statements(dialect)):
        connection.exec_driver_sql(statement)
