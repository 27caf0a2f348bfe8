"""Addresses of the public site."""

app_name = "events"

urlpatterns: list = []
