"""Runs migrations on the connection that `etl.views.upgrade` hands over. Imports `schema.tables` only."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from alembic import context
from schema.tables import SCHEMA, metadata


def ours(name: str | None, kind: str, _parents: Any) -> bool:
    """Whether to compare an object: our schema only, without the trigram indexes, which need an extension."""
    if kind == "schema":
        return name == SCHEMA
    return not (kind == "index" and name is not None and name.endswith("_trgm"))


connection = context.config.attributes["connection"]
connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
# A role called kb would have our schema as its default one, and names without a schema would be compared amiss.
connection.execute(text("SET LOCAL search_path TO public"))
connection.dialect.default_schema_name = "public"
context.configure(
    connection=connection,
    target_metadata=metadata,
    include_schemas=True,
    include_name=ours,
    version_table_schema=SCHEMA,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
