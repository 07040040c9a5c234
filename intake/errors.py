"""Every way a letter can fail, sorted by who can put it right.

Doubt is not an error: low confidence is a route to review with a reason. Anything outside this tree is a defect.
"""

from typing import ClassVar


class IntakeError(Exception):
    """A failure that a person or a caller can do something about.

    Attributes:
        code: stable name, a promise to users (``docs/reference/errors.md``).
        status: HTTP status of the problem document.
        remedy: one plain sentence that tells the clerk what to do. Never holds text of a letter.
    """

    code: ClassVar[str] = "intake_error"
    status: ClassVar[int] = 500
    remedy: ClassVar[str] = "Tell the administrator."

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or self.remedy)


class Unreadable(IntakeError):
    """The scan is at fault: ask for another copy. Never retried; the bytes stay in quarantine."""

    status = 422


class EmptyFile(Unreadable):
    code = "empty_file"
    remedy = "The file has no content: scan the letter again and send the new file."


class UnsupportedType(Unreadable):
    code = "unsupported_type"
    remedy = "This kind of file cannot be read: send the letter as PDF, TIFF, PNG or JPEG."


class TypeMismatch(Unreadable):
    code = "type_mismatch"
    remedy = "The file is not what its name says: save it again as PDF, TIFF, PNG or JPEG and send that."


class Corrupt(Unreadable):
    code = "corrupt"
    remedy = "The file is damaged or incomplete: ask for it again or scan the paper once more."


class NoPages(Unreadable):
    code = "no_pages"
    remedy = "The file holds no page: scan the letter again."


class Encrypted(Unreadable):
    code = "encrypted"
    remedy = "The file is locked with a password: ask the sender for a copy without one."


class DecompressionLimit(Unreadable):
    code = "decompression_limit"
    remedy = "The file unpacks to far more than a letter can hold: ask for a plain scan of the paper."


class ImageTooLarge(Unreadable):
    code = "image_too_large"
    remedy = "An image in the file has too many pixels: scan at 300 dpi on A4."


class PageTooLarge(Unreadable):
    code = "page_too_large"
    remedy = "A page is larger than paper can be: scan the letter again on A4 or A3."


class PageTooSmall(Unreadable):
    code = "page_too_small"
    remedy = "A page is too small to hold text: scan the whole sheet."


class TooManyPages(Unreadable):
    code = "too_many_pages"
    remedy = "The file has more than 2,000 pages: split it and send the parts."


class UnsupportedCodec(Unreadable):
    code = "unsupported_codec"
    remedy = "The image inside the file is compressed in a way that cannot be read: save it as PDF or PNG."


class Malware(Unreadable):
    code = "malware"
    remedy = "The file carries malicious code and was locked away: tell the administrator and ask for a scan."


class TooCostly(Unreadable):
    code = "timeout"
    remedy = "Opening the file takes more time or memory than a letter may: ask for a plain scan of the paper."


class TooLarge(Unreadable):
    code = "too_large"
    status = 413
    remedy = "The file is larger than this office takes: split it, or scan at 300 dpi in grey."


class Unavailable(IntakeError):
    """A tool is at fault: the same call may succeed later. Retried with a pause."""

    code = "unavailable"
    status = 503
    remedy = "Part of the system is not answering: nothing is lost, try again in a minute."


class ModelRefused(Unavailable):
    """No model may answer: none is signed, whole and of this version."""

    code = "model_refused"
    remedy = "No model on the shelf may answer: run `rogatory check`, which says why, then sign, restore or train one."


class ModelKeyFault(IntakeError):
    """The key that models are signed with is missing, open to others, or no key."""

    code = "model_key"
    remedy = "The key that models are signed with cannot be used: see the detail, then run `rogatory check`."


class Conflict(IntakeError):
    """The caller is late: the lease is lost or the version has moved."""

    code = "conflict"
    status = 409
    remedy = "Someone else was faster: load the page or the queue again."


class PromotionRefused(Conflict):
    """A candidate is worse than the model in use, or cannot be compared with it, and nobody says why it may answer."""

    code = "promotion_refused"
    remedy = (
        "The candidate is worse than the model in use: look at the comparison, keep the one in use or give a reason."
    )


class LeaseLost(Conflict):
    code = "lease_lost"
    remedy = "The lease ran out or was settled before: lease the entry again."


class Forbidden(IntakeError):
    code = "forbidden"
    status = 403
    remedy = "Your account may not do this: ask the administrator."


class SignInNeeded(Forbidden):
    code = "sign_in_needed"
    status = 401
    remedy = "Sign in, or send a valid API key as a bearer token."


class NotFound(IntakeError):
    code = "not_found"
    status = 404
    remedy = "Nothing is kept under this address, or it is not yours to see."


class BadRequest(IntakeError):
    code = "bad_request"
    status = 400
    remedy = "The call is not as the reference describes it: see the detail and send it again."
