"""The office: everything between the door and the competent authority's queue."""
