"""What the organisation has once is changed here."""
