"""Template tags: they format values they are given and never query."""
