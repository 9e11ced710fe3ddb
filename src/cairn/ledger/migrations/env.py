"""Where Alembic runs the migrations: on the connection that it is handed."""

from __future__ import annotations

from alembic import context

from cairn.ledger.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
