"""The counter: what a clerk should be told of a letter before it goes on, and the drafts of what to write back."""
