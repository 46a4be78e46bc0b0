"""Lexicons → automata → hits; personal-information entities. Pure, no I/O."""
