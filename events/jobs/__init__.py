"""Jobs that workers do beside the site: none of them is a condition of anything going live."""
