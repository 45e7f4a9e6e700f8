"""The optional language model: the only place importing langchain."""
