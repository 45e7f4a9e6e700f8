"""The planner that needs no language model: intents, slots, dialogue, learnt from the questions beside it."""
