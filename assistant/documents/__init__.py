"""Documents a manager takes away: blocks first, then Markdown, Word, PDF or a workbook."""
