"""A second opinion by a language model behind an OpenAI-compatible endpoint; off unless it is configured.

It stands on `words` (masking) and `model`. What it says becomes findings only through rules: see `judge/advice.py`.
"""
