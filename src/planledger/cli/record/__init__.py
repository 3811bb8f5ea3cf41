"""The commands that store entries: what is recorded, attached, corrected and submitted."""
