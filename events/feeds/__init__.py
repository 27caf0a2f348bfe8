"""Feeds: a FeedDocument as RSS, Atom or JSON Feed. A kind is one module and one line in the registry."""
