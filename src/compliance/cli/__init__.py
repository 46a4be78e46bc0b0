"""The command line: `compliance`."""
