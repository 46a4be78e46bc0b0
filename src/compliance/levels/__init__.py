"""The seven levels of review, one room each, and the order in which documents pass through them."""
