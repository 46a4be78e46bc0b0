"""Hits and facts → findings → report. Pure, no I/O."""
