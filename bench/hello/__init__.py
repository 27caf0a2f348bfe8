"""The smallest Django site: one view, no middleware, no database. What the framework costs by itself."""
