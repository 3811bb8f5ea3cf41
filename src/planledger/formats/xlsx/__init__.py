"""Workbooks that came from outside: bounded, and nothing of them is believed."""
