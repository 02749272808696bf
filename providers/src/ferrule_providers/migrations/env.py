"""Runs the migrations on the connection that the caller opened, inside its transaction."""

from alembic import context

from ferrule_providers.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    # Our SQLite transactions hold statements that make tables too, so a failed one leaves nothing.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
