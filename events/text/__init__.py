"""Text without a database: folding, slugs, cleaning, Markdown, excerpts, languages."""
