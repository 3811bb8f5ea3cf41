"""Forms that came back: what is new in them, and how it is stored."""
