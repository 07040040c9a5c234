"""Reads pages: images in, upright text with words, boxes and language out. Knows nothing of files."""
