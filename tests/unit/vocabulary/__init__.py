"""The words the findings are said in."""
