"""Questions put to the data: from bytes to findings."""
