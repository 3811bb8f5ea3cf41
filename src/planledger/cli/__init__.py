"""The command line: parse, one call, print. No rule lives here."""
