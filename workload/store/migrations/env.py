"""How a migration is run: on the connection that `workload.store.database` hands over, in its transaction."""

from alembic import context

from workload.store.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,  # SQLite changes a table by making it anew
)
with context.begin_transaction():
    context.run_migrations()
