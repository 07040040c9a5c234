"""Texts in, codes out; knows nothing of letters, HTTP or databases."""
