"""Phrases and lists of text that several formats share."""
