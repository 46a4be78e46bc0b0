"""Lexicons in the hands of people: checked for dead and doubtful entries, out to Excel and back."""
