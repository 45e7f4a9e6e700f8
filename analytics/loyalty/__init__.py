"""Life together."""
