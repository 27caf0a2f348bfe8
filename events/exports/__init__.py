"""Everything that the chronicle holds, streamed into files that import again."""
