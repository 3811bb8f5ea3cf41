"""The actions on rows and units: what is recorded, attached, corrected and handed in."""
