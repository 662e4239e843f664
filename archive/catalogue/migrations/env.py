"""What Alembic runs: our connection is handed in, and each step is its own batch."""

from alembic import context

from archive.catalogue.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    transaction_per_migration=True,
)
context.run_migrations()
