"""``python -m intake`` is the command ``rogatory``."""

from intake.cli import main

main(prog_name="rogatory")
