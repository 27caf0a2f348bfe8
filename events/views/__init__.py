"""The public site: fetch, decide, respond."""
