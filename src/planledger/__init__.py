"""planledger (方案台账): who is late, what was done, who recorded it, and where the proof is."""

__version__ = "0.1.0"
