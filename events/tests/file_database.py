"""The tests' SQLite lies in memory, which threads cannot lock as they lock a file: here it becomes one."""

import sqlite3
import tempfile
from contextlib import closing

from django.db import connection, connections
from django.test import TransactionTestCase


class FileDatabaseTestCase(TransactionTestCase):
    """Every thread has a connection of its own to one database, on SQLite and on PostgreSQL.

    `open_own` is called first in each thread that the test starts itself; threads of Django's server open
    theirs by the settings, which name the file meanwhile.
    """

    def setUp(self) -> None:
        super().setUp()
        if connection.vendor == "sqlite":
            self.move_into_a_file()

    def move_into_a_file(self) -> None:
        memory = connections["default"]
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.settings_of_file = memory.settings_dict | {"NAME": f"{folder.name}/newsroom.sqlite3"}
        with closing(sqlite3.connect(self.settings_of_file["NAME"])) as file:
            memory.connection.backup(file)
        # What a new thread's connection is made of.
        declared = connections.settings["default"]
        connections.settings["default"] = self.settings_of_file
        self.addCleanup(connections.settings.__setitem__, "default", declared)
        self.open_own()
        self.addCleanup(connections.__setitem__, "default", memory)
        self.addCleanup(lambda: connections["default"].close())

    def open_own(self) -> None:
        """A connection of the calling thread's own; PostgreSQL's threads get theirs by themselves."""
        if connection.vendor == "sqlite":
            connections["default"] = type(connections["default"])(self.settings_of_file, "default")
