"""What the knowledge base looks like: tables, and the vocabulary that is loaded into them."""
