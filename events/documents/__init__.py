"""What the public may read: frozen documents, built once and rendered by templates, formats and feeds.

`types` holds the dataclasses, the other modules build them from the database. Templates and formats
only ever see documents, so that neither can run a query.
"""
