"""Profiles that come with Rogatory: the fictional example, and examples for States, unverified where they say so."""
