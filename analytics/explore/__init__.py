"""Any metric by any column."""
