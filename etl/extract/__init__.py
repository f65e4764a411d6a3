"""One module a kind of mention; each reads the paragraphs of one report and returns what it found."""
