"""Answers as tables for a person, drawn with Rich."""
