"""Story lines: which there are, what belongs to them in which order, how they lie in time.

A story line is a context of kind story, or a row that editors put together from contexts and days. Both
are read through `Story`, from listings that `events.derived` keeps.
"""
