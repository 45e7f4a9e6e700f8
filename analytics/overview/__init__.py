"""The relation as a whole."""
