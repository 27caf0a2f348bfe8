"""What the newsroom asks of all its entries: dead links, silent story lines, single origins, empty days."""
