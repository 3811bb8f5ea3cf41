"""What leaves and comes back: screens, JSON, CSV, workbooks, forms, archives. A format judges nothing."""
