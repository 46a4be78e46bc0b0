"""A second reader, which learned from the corpus: it finds breaches that no list of words names.

It stands beside `words`, on `text` and `model`, and reads no files but its own.
"""
