"""The optional language model: the only place importing langchain, and only once a model is configured and asked."""
