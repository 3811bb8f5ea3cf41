"""The actions of the office, one file each: from what was typed to the entries that it means. Pure but for what they ask."""
