"""Answers as CSV for a spreadsheet."""
