"""The chain: how an entry is sealed, appended, read again and verified."""
