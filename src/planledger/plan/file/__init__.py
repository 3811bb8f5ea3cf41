"""The plan file: from bytes to a plan, with every fault of its writing."""
