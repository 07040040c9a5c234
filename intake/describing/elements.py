"""How each element of a complete request is looked for; ``completeness.py`` says which of them a request must hold."""

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping

from stdnum import iban

from intake.describing.cues import Cue
from intake.describing.looks import Answer, Case, all_of, cue, either, pattern, sign, stated, stated_value, told
from intake.describing.signs import Sign
from intake.values import Evidence

FEW_WORDS = 150  #: words of a letter that, without a word of narration, tells no facts
_ACCOUNT = re.compile(
    r"\b\d[\d .-]{7,}\d\b|"
    r"(?:account|compte|cuenta|conta|conto|konto|rekening|rachun|cont|счет|рахун|حساب|hesab|账户|账号|口座)"
    r"\w{0,3}\W{1,3}(?:[^\W\d]{1,9}\W{1,3}){0,2}[a-z]{0,4}\d[\d ./-]{3,}"
)
_TWO_WORDS = re.compile(r"(?<![.!?:;]\s)\b([^\W\d_][\w'’-]+|[^\W\d_]\.)\s(?=([^\W\d_][\w'’-]+|[^\W\d_]\.))")
_BANK = re.compile("ban[ckq]|банк|τραπεζ")
#: Cues and signs that are written with capitals and name no person.
_NO_NAMES = (
    ("authority", "addressee", "treaty", "basis", "embassy", "salutation", "courtesy", "subject", "facts"),
    ("penal_law", "court_order", "signature", "proceedings", "instrument"),
)
_IBAN = re.compile(r"\b[a-z]{2}\d{2}(?: ?[a-z\d]{2,4}){3,8}\b")
_ELECTRONIC = re.compile(
    r"[\w.+-]+@[\w-]+\.\w+|\b(?:\d{1,3}\.){3}\d{1,3}\b|https?://|www\.|\+\d[\d ()-]{7,}|\b\d{15}\b"
)
_DIALLED = re.compile(r"\+\d[\d ()-]{7,}|\b\d{15}\b|\b0\d[\d /-]{6,}\d\b|[\w.+-]+@[\w-]+\.\w+")
_MONEY = re.compile(
    r"(?:[$€£¥₽₴₺]|\b(?:usd|eur|gbp|chf|jpy|cny|rmb|rub|kzt|pln|ron|uah|try|aed|sar|egp)\b)\s?\d|"
    r"\d[\d .,']*\s?(?:[$€£¥₽₴₺]|(?:usd|eur|gbp|chf|rub|euro|dollar|dolar|dolar|franc|frank|pound|rubl|рубл|грив|тенге|"
    r"доллар|долар|евро|євро|دينار|ريال|درهم|دولار|يورو|جنيه|ريال|تومان|یورو|دلار|万?元|美元|欧元|万?円|lira|zlot|lei|peso|real)\w*)"
)
_ARTICLE = re.compile(
    r"§\s?\d|\bart\w{0,6}\.?\s?\d|(?:ст(?:ат\w{1,4}|\.)?|ماده|الماده|المواد|المادتين|section|sections|article)\s?\d|第\s?[\d一二三四五六七八九十百]+\s?[条條]|"
    r"\d+[./]?\d*\s?(?:\.|'\w+)?\s?madde|маддe|मधार|धारा|제\s?\d+\s?조|มาตรา|điều\s\d|סעיף|հոդ"
)
_QUESTION = re.compile(r"[?？؟]")
_LIST_OF_ACTS = re.compile(r"(?:^|\n)\s*(?:\(?\d{1,2}[.)、-]|[a-zа-я]\)|[-–•])\s*\S")
_DAY = re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b(?:19|20)\d\d\b|\d{4}年")
_SERVICE_FORM = re.compile(
    r"request\s+for\s+service\s+abroad|demande\s+aux\s+fins\s+de\s+signification|document\s+to\s+be\s+served"
)
_EAW_BOX = re.compile(r"(?:^|\n)\s*\(?([a-i])\)\s")
_ENDING = 420  #: characters at the end of a request among which its signature stands
_LONG_LINE = 70  #: characters; a line of prose, which no signature is


def _iban(case: Case) -> Evidence | bool:
    for found in _IBAN.finditer(case.text.folded):
        if iban.is_valid(found.group()):
            return case.around(*found.span())
    return True


def _facts(case: Case) -> Answer:
    for one in case.cues.of("facts"):
        if case.text.line_at(one.start).start == one.start:
            return "found", (case.text.evidence(one.start, one.start + 160),)
    narration = told("conduct")(case)
    if isinstance(narration, Evidence):
        return "found", (narration,)
    believed = case.legible and case.signs.covers("conduct") and case.words < FEW_WORDS
    return ("missing" if believed else "unsure"), ()


def _assistance(case: Case) -> Answer:
    if case.types - {"other"}:
        return "found", ()
    return ("found" if len(_LIST_OF_ACTS.findall(case.text.folded)) >= 2 else "unsure"), ()


def _article_of_law(case: Case) -> Evidence | bool:
    """An article that is none of the treaty's: not in the sentence that names the legal basis."""
    treaties = {evidence.quote for basis in case.metadata.legal_bases for evidence in basis.evidence}
    for found in _ARTICLE.finditer(case.text.folded):
        sentence = case.around(*found.span())
        if not any(quote in sentence.quote or sentence.quote in quote for quote in treaties):
            return sentence
    return True


def _signature(case: Case) -> Evidence | bool:
    """A signature, seal or office near the end, or a name alone on a short last line."""
    folded = case.text.folded.rstrip()
    start = max(len(folded) // 2, len(folded) - _ENDING)
    for found in case.signs.of("signature"):
        if found.start >= start and found.end - case.text.line_at(found.start).start <= _LONG_LINE:
            return case.text.evidence(found.start, found.end)
    last = folded[folded.rfind("\n") + 1 :]
    if len(last) <= 40 and len(last.split()) >= 2 and "\n" in folded and not re.search(r"[.;:,\d]$", last):
        return case.text.evidence(len(folded) - len(last), len(folded))
    return case.signs.covers("signature")


def _attachments(case: Case) -> Answer:
    announced = (*case.cues.of("enclosed"), *case.cues.of("annex"))
    annexes = case.metadata.annexes
    lacking = [annex for annex in annexes if annex.state == "missing"]
    came = [annex for annex in annexes if annex.state == "came"]
    if lacking or (not came and not case.kinds & {"annex", "translation"}):
        return ("missing" if case.legible else "unsure"), ()
    return "found", tuple(case.around(one.start, one.end) for one in announced[:1])


def _translated(case: Case) -> Answer:  # noqa: ARG001 - a rule like the others
    return "found", ()


def _written(case: Case) -> Answer:
    first = next((line for line in case.text.lines), None)
    return ("found" if first else "unsure"), (case.text.evidence(first.start, first.end),) if first else ()


def _named(case: Case) -> Evidence | bool:
    """Two capitalised words together that belong to no office, law, treaty or form of address, nor to the closing."""
    text, begin = case.text, case.body_start
    taken: list[Cue | Sign] = [
        *(one for name in _NO_NAMES[0] for one in case.cues.of(name, begin)),
        *(one for name in _NO_NAMES[1] for one in case.signs.of(name)),
    ]
    last = text.places[min(case.body_end, len(text.places)) - 1] if text.places else 0
    for found in _TWO_WORDS.finditer(text.original, text.places[begin] if text.places else 0, last + 1):
        first, second = found[1], found[2]
        if (
            not (first[0].isupper() and second[0].isupper())
            or first.isupper()
            or (second.isupper() and len(second) < 4)
        ):
            continue
        start, end = bisect_left(text.places, found.start()), bisect_left(text.places, found.end(2))
        place = case.signs.of("address")
        if any(one.start < end and start < one.end + 3 for one in place) or _BANK.match(text.folded, start):
            continue
        if case.names_treaty(text.sentence_at(start, end)) or any(o.start < end and start < o.end for o in taken):
            continue
        return text.evidence(start, end)
    return True


def _identity(case: Case) -> Answer:
    state, evidence = all_of(either(stated("persons"), cue("born"), told("company")))(case)
    if state != "missing":
        return state, evidence
    if _names_stand_out(case):
        return all_of(_named)(case)
    unknown = any(case.cues.has(role) for role in ("suspect", "witness", "convicted", "victim"))
    return ("unsure" if unknown else state), ()


def _names_stand_out(case: Case) -> bool:
    """Whether names can be told by their capitals: not in scripts without, nor where every noun has one."""
    return case.text.languages[:1] != ("de",) and any(character.isupper() for character in case.text.original)


_where = sign("address")
_electronic = either(stated("servers", "phones"), pattern(_ELECTRONIC), sign("account_id"))
_period = either(sign("period"), pattern(_DAY, times=4))
_property = either(sign("property"), stated("accounts", "vehicles"), _iban)

RULES: Mapping[str, Callable[[Case], Answer]] = {
    "authority_making_request": all_of(either(stated_value("requesting_authority"), cue("authority"))),
    "subject_and_nature_of_proceedings": all_of(told("proceedings")),
    "summary_of_facts": _facts,
    "assistance_sought": _assistance,
    "identity_location_nationality": _identity,
    "purpose": all_of(either(cue("purpose"), sign("purpose"))),
    "legal_basis": all_of(either(stated("legal_bases"), cue("treaty"), cue("reciprocity"), sign("instrument"))),
    "offence_and_applicable_law": all_of(either(stated("provisions"), told("penal_law"), _article_of_law)),
    "time_limits": all_of(stated_value("deadline")),
    "confidentiality_request": all_of(stated_value("confidential")),
    "form_written": _written,
    "translation_quality": _translated,
    "signature_seal": all_of(_signature),
    "attachments_present": _attachments,
    "correct_addressee_and_channel": all_of(
        either(stated_value("addressee"), stated_value("requested_state"), cue("addressee"))
    ),
    "service_document_details": all_of(sign("served_document"), _where),
    "hague_service_model_form": all_of(pattern(_SERVICE_FORM)),
    "questions_or_topics": all_of(either(sign("questions"), pattern(_QUESTION, times=2))),
    "hague_evidence_art3": all_of(sign("parties")),
    "video_hearing_reasons": all_of(sign("video_technical"), sign("video_reasons")),
    "search_particulars": all_of(either(sign("premises"), _where), sign("items")),
    "bank_particulars": all_of(either(stated("accounts"), _iban, pattern(_ACCOUNT), sign("all_accounts")), _period),
    "eevidence_preservation": all_of(_electronic),
    "eevidence_production": all_of(_electronic, _period),
    "interception_particulars": all_of(
        either(stated("phones"), pattern(_DIALLED)), sign("court_order"), sign("duration")
    ),
    "freezing_statement": all_of(_property, pattern(_MONEY)),
    "confiscation_request_no_order": all_of(_property),
    "confiscation_order_copy": all_of(sign("final"), _property),
    "asset_tracing_lead": all_of(
        either(stated("accounts", "companies"), sign("company"), sign("transfer_trail"), _iban)
    ),
    "extradition_documents": all_of(
        sign("court_order"), either(sign("penal_law"), _article_of_law), cue("born"), cue("limitation")
    ),
    "eaw_form": all_of(pattern(_EAW_BOX, times=4)),
    "provisional_arrest_contents": all_of(sign("court_order"), sign("extradition")),
    "transfer_sentenced_documents": all_of(sign("court_order"), sign("remaining_sentence"), sign("consent")),
    "detained_witness_consent": all_of(sign("consent"), sign("return_in_custody")),
    "proceedings_file": all_of(sign("case_file")),
    "jit_contents": all_of(sign("members"), sign("duration")),
    "covert_measure_contents": all_of(sign("consignment"), either(sign("duration"), sign("period"))),
    "exhibit_chain": all_of(sign("exhibit"), either(sign("questions"), pattern(_QUESTION))),
    "criminal_record_identity": all_of(cue("born"), sign("parents")),
}


def applies_in_kind(element: str, case: Case) -> bool:
    """Whether a request of this kind has to hold the element at all."""
    bases = {basis.value for basis in case.metadata.legal_bases}
    ordered = bool(case.signs.of("court_order"))
    answers: Mapping[str, bool] = {
        # Who needs no day, no secrecy and no annex lacks none (UNCAC art. 46(15), (20), (24)).
        "time_limits": case.metadata.deadline.value is not None,
        "confidentiality_request": case.metadata.confidential.value is not None,
        "attachments_present": bool(case.metadata.annexes) or _announces(case),
        "translation_quality": "translation" in case.kinds,
        # Forms and lists that one instrument alone knows.
        "hague_service_model_form": "hague_1965" in bases,
        "hague_evidence_art3": "hague_1970" in bases or not bases,
        "eaw_form": "eaw_2002_584" in bases,
        # Preservation and production, own order and foreign order: one or the other (Budapest 29, 31; UNCAC 55(3)).
        "eevidence_preservation": bool(case.signs.of("preserve")),
        "eevidence_production": not case.signs.of("preserve"),
        "confiscation_order_copy": ordered,
        "confiscation_request_no_order": not ordered,
        # A letter asks for a search of places or of devices; data and lines have elements of their own.
        "search_particulars": "search_and_seizure" in case.types,
    }
    return answers.get(element, True)


def _announces(case: Case) -> bool:
    """Whether the body speaks of something enclosed, or a line of it begins with *Annex*."""
    body = case.text.body_start
    if case.cues.has("enclosed", body):
        return True
    return any(case.text.line_at(one.start).start == one.start for one in case.cues.of("annex", body))
