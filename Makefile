# `make run` and `make test` install what they need; everything else builds on them.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

RUN_PACKAGES := tesseract-ocr-all poppler-utils bubblewrap python3-venv
# A real S3 server (Ceph RGW), a real browser, and fonts to make pages in many scripts.
TEST_PACKAGES := $(RUN_PACKAGES) ceph-mon ceph-osd ceph-mgr radosgw ceph-common chromium \
	fonts-dejavu-core fonts-liberation fonts-noto-core fonts-noto-cjk

.PHONY: run test check format lock clean

run: $(VENV)/.run
	$(BIN)/rogatory serve

test: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

# What a person runs before each commit: one minute, no server, no browser, no OCR.
check: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -m "not slow"

format: $(VENV)/.test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(VENV)/.test
	$(BIN)/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
		--strip-extras --allow-unsafe --no-annotate --no-header -o requirements.txt pyproject.toml
	$(BIN)/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
		--strip-extras --allow-unsafe --no-annotate --no-header --extra dev -o requirements-dev.txt pyproject.toml

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info

$(VENV)/.run: requirements.txt pyproject.toml scripts/system-packages.sh
	scripts/system-packages.sh $(RUN_PACKAGES)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q --require-hashes -r requirements.txt
	$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	$(BIN)/rogatory train --if-none
	touch $@

$(VENV)/.test: requirements-dev.txt $(VENV)/.run
	scripts/system-packages.sh $(TEST_PACKAGES)
	$(BIN)/pip install -q --require-hashes -r requirements-dev.txt
	touch $@
