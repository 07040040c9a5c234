"""What a letter is: its documents, its metadata with evidence, what it lacks."""

from intake.describing.describer import LetterDescriber

__all__ = ["LetterDescriber"]
