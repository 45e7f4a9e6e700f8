"""The loyalty-strategy corpus and its retrieval."""
