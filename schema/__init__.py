"""What the knowledge base consists of: `tables.py`, and the knowledge that is kept as data in `vocabulary/`."""
