"""The whole configuration, frozen, read once by ``cli.py``; only ``wiring.py`` and ``cli.py`` look into it."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "ROGATORY_"


class Settings(BaseSettings):
    """Every setting is a variable ``ROGATORY_<NAME>``; secrets may be files in ``ROGATORY_SECRETS_DIR``."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    data: Path = Field(Path("data"), description="Folder of the embedded database, the folder store and the models.")
    database: SecretStr | None = Field(
        None, description="Address of a PostgreSQL 15 or newer, postgresql://…; without it the embedded one is used."
    )
    objects: Literal["folder", "s3"] = Field("folder", description="Where scans and readings are kept.")
    s3_endpoint: str = Field("", description="host:port of the S3 server.")
    s3_access_key: SecretStr | None = Field(None, description="Public part of the S3 credentials.")
    s3_secret_key: SecretStr | None = Field(None, description="Secret part of the S3 credentials.")
    s3_bucket: str = Field("rogatory", description="Bucket that holds all letters; made when missing.")
    s3_secure: bool = Field(True, description="Whether to speak TLS to the S3 server.")
    host: str = Field("127.0.0.1", description="Address the server listens on.")
    port: int = Field(8000, ge=1, le=65535, description="Port the server listens on.")
    allowed_hosts: str = Field(
        "", description="Host names under which people reach the server, by commas; empty for loopback names only."
    )
    secure_cookies: bool = Field(False, description="Mark cookies Secure; set it wherever TLS is in front.")
    workers: int = Field(
        min(os.cpu_count() or 1, 4), ge=0, le=64, description="Worker processes that `rogatory serve` starts."
    )
    profile: str = Field(
        "example", description="Competence profile: a State's code, `example`, or a path to a YAML or TOML file."
    )
    models: Path | None = Field(
        None, description="Folder of the classifier models; `models` under the data folder if unset."
    )
    model_key: Path | None = Field(
        None,
        description="File of the key that models are signed with, or of its public half; `keys/models.pem` under the "
        "data folder if unset.",
    )
    templates: Path | None = Field(
        None,
        description="Folder of the office's own templates of letters; those that come with Rogatory fill the gaps.",
    )
    offences: Path | None = Field(
        None,
        description="CSV or YAML table from offences to provisions of the State's own law; without it nothing is said.",
    )
    sandbox: Literal["bubblewrap", "none"] = Field(
        "bubblewrap",
        description="How files from outside are opened; `none` only where a container isolates the worker.",
    )
    renderer: Literal["pdfium", "pdf2image"] = Field("pdfium", description="What turns PDF pages into pixels.")
    ocr: Literal["tesserocr", "pytesseract"] = Field("tesserocr", description="How Tesseract is called.")
    max_upload_mb: int = Field(100, ge=1, le=2048, description="Largest scan that is taken, in MB.")
    pages_per_job: int = Field(4, ge=1, le=100, description="Pages that one background job reads.")
    session_idle_minutes: int = Field(30, ge=1, description="A session ends after so long without a click.")
    session_hours: int = Field(8, ge=1, description="A session ends after so long in any case.")
    lease_limit: int = Field(100, ge=1, le=1000, description="Entries that one call may lease at most.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="How much the log says.")

    @property
    def models_folder(self) -> Path:
        """Where the shelf of models is."""
        return self.models or self.data / "models"

    @property
    def model_key_file(self) -> Path:
        """Where the key is that models are signed with."""
        return self.model_key or self.data / "keys" / "models.pem"


def unknown_variables(environment: Mapping[str, str]) -> list[str]:
    """Variables that look like settings but are none: most likely misspelt."""
    known = {PREFIX + name.upper() for name in Settings.model_fields} | {PREFIX + "SECRETS_DIR"}
    return sorted(name for name in environment if name.upper().startswith(PREFIX) and name.upper() not in known)
