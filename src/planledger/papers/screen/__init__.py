"""Answers as tables for a person: one module a question, each drawn only when it is asked.

At 80 columns nothing that matters is cut; at 120 they breathe.
"""
