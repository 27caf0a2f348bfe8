"""How entries change: the one write door, the transitions of state, who may do what."""
