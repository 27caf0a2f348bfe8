"""Django's own database back end for PostgreSQL, with connections that stay open and cost little to take."""
