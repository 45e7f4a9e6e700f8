"""From a question to an answer and a plan."""
