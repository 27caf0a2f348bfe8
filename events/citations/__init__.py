"""Citations: what a source's label and address tell about who reported and who carried it."""
