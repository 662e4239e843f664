"""What Alembic runs: our connection is handed in, with a transaction that holds all steps."""

from alembic import context

from archive.catalogue.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
