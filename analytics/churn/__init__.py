"""The separation."""
