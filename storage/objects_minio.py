"""Object store on any server that speaks S3, through the ``minio`` SDK."""

import io

import urllib3
from minio import Minio
from minio.error import MinioException, S3Error
from typing_extensions import override

from storage.objects import ObjectMissing, ObjectStore, StoreUnavailable

_FAILURES = (MinioException, urllib3.exceptions.HTTPError, OSError)


class MinioStore(ObjectStore):
    """One bucket of an S3 server; the bucket is made when it is missing."""

    def __init__(self, endpoint: str, access_key: str, secret_key: str, bucket: str, *, secure: bool) -> None:
        """Connect lazily.

        Args:
            endpoint: ``host:port`` of the server.
            access_key: public part of the credentials.
            secret_key: secret part of the credentials.
            bucket: name of the bucket that holds all letters.
            secure: whether to use TLS; anything but a loopback address should.
        """
        # The SDK's own pool retries for minutes; a clerk at the counter gets her answer within seconds instead.
        pool = urllib3.PoolManager(
            timeout=urllib3.Timeout(connect=2, read=30),
            retries=urllib3.Retry(total=2, backoff_factor=0.2, status_forcelist=[500, 502, 503, 504]),
            maxsize=8,
        )
        self._client = Minio(endpoint, access_key=access_key, secret_key=secret_key, secure=secure, http_client=pool)
        self._bucket = bucket
        self._bucket_known = False

    @override
    def put(self, key: str, content: bytes) -> None:
        try:
            self._ensure_bucket()
            self._client.put_object(self._bucket, key, io.BytesIO(content), len(content))
        except _FAILURES as error:
            raise StoreUnavailable("the S3 server does not take the object") from error

    @override
    def get(self, key: str) -> bytes:
        try:
            response = self._client.get_object(self._bucket, key)
        except S3Error as error:
            if error.code in {"NoSuchKey", "NoSuchBucket"}:
                raise ObjectMissing(key) from None
            raise StoreUnavailable("the S3 server does not give the object") from error
        except _FAILURES as error:
            raise StoreUnavailable("the S3 server does not answer") from error
        try:
            return bytes(response.read())
        except _FAILURES as error:
            raise StoreUnavailable("the S3 server broke off") from error
        finally:
            response.close()
            response.release_conn()

    @override
    def exists(self, key: str) -> bool:
        try:
            self._client.stat_object(self._bucket, key)
        except S3Error as error:
            if error.code in {"NoSuchKey", "NoSuchBucket"}:
                return False
            raise StoreUnavailable("the S3 server does not answer as expected") from error
        except _FAILURES as error:
            raise StoreUnavailable("the S3 server does not answer") from error
        return True

    def _ensure_bucket(self) -> None:
        if self._bucket_known:
            return
        if not self._client.bucket_exists(self._bucket):
            try:
                self._client.make_bucket(self._bucket)
            except S3Error as error:
                if error.code != "BucketAlreadyOwnedByYou":
                    raise
        self._bucket_known = True
