"""Pages that citations lead to: looked at, kept, and what they tell of an entry."""
