"""Documents as Markdown, JSON and XML. A format is one module and one line in `registry.FORMATS`."""
