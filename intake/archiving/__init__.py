"""The archive copy: a searchable PDF of a letter, made of decoded pixels and what was read on them, nothing else."""
