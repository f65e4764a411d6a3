"""The command `kb`."""
from __future__ import annotations
import psycopg
from sqlalchemy import Engine, create_engine

def connect(url: str) -> Engine:
    """An engine for any address that libpq understands."""
    return create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(url))
