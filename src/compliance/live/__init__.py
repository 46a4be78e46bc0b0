"""The same judge, segment by segment: alerts while a broadcast runs, and the report of a review at its end."""
