"""One module a revision, named r<revision>_<what it brings>."""
