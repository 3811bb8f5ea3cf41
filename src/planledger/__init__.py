"""planledger (方案台账): who is late, what was done, who said so, and where the proof is."""

__version__ = "0.1.0"
