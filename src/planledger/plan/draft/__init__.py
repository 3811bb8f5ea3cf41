"""What a document that is to become a plan file says, before anything is read out of it."""
