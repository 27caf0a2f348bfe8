"""From files to events: one module a source reads records, the runner writes them."""
