"""Seeing through disguise: views of a text, each with a way back to raw offsets. Pure, no I/O."""
