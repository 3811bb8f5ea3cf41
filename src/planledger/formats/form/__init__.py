"""The form that a unit fills in (填报表): written for it, read back, marked where it has faults."""
