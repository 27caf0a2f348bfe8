"""A news site the way tutorials build it: what the chronicle's speed is compared with."""
