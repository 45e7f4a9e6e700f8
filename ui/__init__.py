"""What is drawn; nothing is computed here."""
