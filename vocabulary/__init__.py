"""Words everything shares: texts in two languages, numbers with their doubt, formats, themes, errors."""
