"""How keeping can fail. The office translates these for people."""


class StorageError(Exception):
    """Base of all failures of keeping."""


class StoreUnavailable(StorageError):
    """The database or the object store does not answer, or is full; the same call may succeed later."""


class ObjectMissing(StorageError):
    """Nothing is kept under this key."""


class Missing(StorageError):
    """No such letter, entry, account or key."""


class Stale(StorageError):
    """Someone else was faster: the lease is gone or the version has moved."""
