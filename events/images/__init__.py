"""Pictures as files: names, checks before decoding, crops round a focal point, renditions."""
