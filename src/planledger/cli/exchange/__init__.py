"""What leaves the office and comes back: forms, workbooks, archives."""
