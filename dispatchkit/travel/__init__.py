"""How long driving takes: one protocol, and the sources that answer it."""
