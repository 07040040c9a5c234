"""The HTTP interface of case systems, scripts and our own pages."""
