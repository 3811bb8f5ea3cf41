"""What is done: each deed one transaction that asks, judges, seals and appends. Nothing is changed or deleted."""
