"""What the refusal of a profile must say."""

from pathlib import Path

import pytest

from intake.routing import ProfileError, load_profile


def check_refusal(path: Path, content: str, line: int, words: str) -> None:
    """Write a profile and see it refused with file, line and remedy."""
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ProfileError) as refused:
        load_profile(path)
    assert str(refused.value).startswith(f"{path}, line {line}: ")
    assert words in str(refused.value)
