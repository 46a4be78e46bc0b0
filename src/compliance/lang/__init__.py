"""The rule language in the order it happens: lex, parse, resolve, check, compile; diagnostics. Pure, no I/O."""

LANGUAGE_VERSION = 1
