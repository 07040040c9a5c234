"""Descriptions as `inspect` gives them, invented and whole."""

from typing import Any

MONGOLIAN = (
    "МОНГОЛ УЛСЫН ЕРӨНХИЙ ПРОКУРОРЫН ГАЗАР\n\n2019 оны 12 дугаар сарын 02\nДугаар 14/80-1969\n\n"
    "Бүгд Найрамдах Казахстан Улсын Ерөнхий прокурорын газарт\n\n"
    "Эрүүгийн хэрэгт холбогдох банкны дансны хуулгыг гаргуулж өгнө үү.\n"
    "Энэ асуудлыг яаралтай шийдвэрлэж өгөхийг хүсэж байна."
)


def stated(value: Any, confidence: float = 0.95, page: int = 1, quote: str = "") -> dict[str, Any]:
    evidence = [{"page": page, "quote": quote}] if quote else []
    return {"value": value, "confidence": confidence if value is not None else 0.0, "evidence": evidence}


def silence() -> dict[str, Any]:
    return stated(None)


def report(**changes: Any) -> dict[str, Any]:
    """A request for bank records that waits for a person."""
    values: dict[str, Any] = {
        "language": "mn",
        "documents": [
            {"kind": "request", "first_page": 1, "last_page": 1, "language": "mn"},
            {"kind": "translation", "first_page": 2, "last_page": 2, "language": "ru"},
        ],
        "is_request": {"value": True, "confidence": 0.97},
        "request_types": [
            {
                "code": "bank_records",
                "confidence": 0.91,
                "evidence": [{"page": 1, "quote": "банкны дансны хуулгыг гаргуулж"}],
            }
        ],
        "offences": [{"code": "embezzlement", "confidence": 0.88, "evidence": [{"page": 2, "quote": "растраты"}]}],
        "suspected": [{"code": "freezing_or_restraint", "confidence": 0.31, "evidence": []}],
        "metadata": {
            "requesting_state": stated("MN", 0.99, quote="МОНГОЛ УЛСЫН"),
            "requested_state": stated("KZ"),
            "requesting_authority": stated("Office of the Prosecutor General of Mongolia", 0.9),
            "addressee": stated("Prosecutor General of the Republic of Kazakhstan", 0.85),
            "reference": stated("14/80-1969", 0.97, quote="14/80-1969"),
            "own_reference": silence(),
            "date": stated("2019-12-02", 0.96, quote="2019 оны 12 дугаар сарын 02"),
            "deadline": {**stated("2020-01-15", 0.7, page=2, quote="15 января 2020"), "kind": "hearing"},
            "legal_bases": [{"value": "uncac", "article": "46", "confidence": 0.9, "evidence": []}],
            "persons": [{"name": "Bat-Erdene D.", "role": "suspect", "birth_date": None, "nationality": "MN"}],
            "urgent": stated(True, 0.92, quote="яаралтай"),
            "confidential": silence(),
        },
        "completeness": [
            {"element": "summary_of_facts", "state": "missing", "severity": "blocking", "evidence": []},
            {"element": "legal_basis", "state": "found", "severity": None, "evidence": []},
        ],
        "route": {
            "authority": "prosecutor-general",
            "copies": [],
            "review": True,
            "reasons": ["Bank records are executed by the prosecution.", "The facts could not be found."],
        },
        "model": "test",
    }
    return {**values, **changes}


TEXTS = [MONGOLIAN, "Перевод\n\nПросим о выемке банковских документов по делу о растраты до 15 января 2020."]
