"""The counter: parse, one call, print. No rule lives here."""
