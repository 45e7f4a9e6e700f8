"""The action plan: rules, edits, lists, exports."""
