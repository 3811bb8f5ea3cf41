"""Answers as JSON: a promise to programs that does not change."""
