"""Numbers by which States know persons and companies, checked where they have check digits."""

import re
from collections.abc import Iterator
from importlib import import_module

from stdnum.exceptions import ValidationError

from intake.describing.cues import Cues
from intake.describing.folding import fold
from intake.describing.labelled import number_after
from intake.describing.text import LetterText, Span
from intake.metadata import Particular, ParticularKind

KINDS: tuple[ParticularKind, ...] = ("passport", "identity_card", "personal_number", "tax_number")
#: Figures that a number has at least; a shorter one is a page, a part, or half hidden.
FEWEST = {"passport": 4, "identity_card": 4, "personal_number": 6, "tax_number": 6}
_LETTERED = re.compile(r"[\s:.#№°º-]{0,5}([a-z]{6}\d{2}[a-z]\d{2}[a-z]\d{3}[a-z]|[a-z]{4}\d{6}[a-z]{6}[a-z\d]\d)(?!\w)")
#: Words of ``particulars.yaml`` that name one State's number -> the module of python-stdnum that checks it.
_CHECKED = {
    "pesel": "pl.pesel", "nip": "pl.nip", "regon": "pl.regon", "cpf": "br.cpf", "cpf n°": "br.cpf", "cpf/mf": "br.cpf",
    "cnpj": "br.cnpj", "cnp": "ro.cnp", "cod numeric personal": "ro.cnp", "cui": "ro.cui", "codice fiscale":
    "it.codicefiscale", "c.f": "it.codicefiscale", "partita iva": "it.iva", "p. iva": "it.iva", "p.iva": "it.iva",
    "егн": "bg.egn", "oib": "hr.oib", "rodné číslo": "cz.rc", "r.č": "cz.rc", "rč": "cz.rc", "ičo": "cz.dic",
    "t.c. kimlik no": "tr.tckimlik", "t.c kimlik no": "tr.tckimlik", "tc kimlik no": "tr.tckimlik",
    "t.c. kimlik numarası": "tr.tckimlik", "t.c. no": "tr.tckimlik", "vergi no": "tr.vkn", "curp": "mx.curp",
    "rfc": "mx.rfc", "cuit": "ar.cuit", "cuil": "ar.cuit", "rut": "cl.rut", "инн": "ru.inn", "огрн": "ru.ogrn",
    "єдрпоу": "ua.edrpou", "код єдрпоу": "ua.edrpou", "унп": "by.unp", "αφμ": "gr.vat", "α.φ.μ": "gr.vat",
    "身份证号码": "cn.ric", "身份证号": "cn.ric", "公民身份号码": "cn.ric", "统一社会信用代码": "cn.uscc",
    "주민등록번호": "kr.rrn", "사업자등록번호": "kr.brn", "法人番号": "jp.cn", "henkilötunnus": "fi.hetu",
    "hetu": "fi.hetu", "y-tunnus": "fi.ytunnus", "isikukood": "ee.ik", "asmens kodas": "lt.asmens", "emšo": "si.emso",
    "nik": "id.nik", "npwp": "id.npwp", "bsn": "nl.bsn", "burgerservicenummer": "nl.bsn", "fødselsnummer":
    "no.fodselsnummer", "cpr-nr": "dk.cpr", "cpr nr": "dk.cpr", "cvr": "dk.cvr", "organisasjonsnummer": "no.orgnr",
    "organisationsnummer": "se.orgnr", "siren": "fr.siren", "siret": "fr.siret", "cbu": "ar.cbu", "vöen": "az.voen",
    "เลขประจำตัวประชาชน": "th.pin", "ssn": "us.ssn", "еик": "bg.vat", "pib": "rs.pib", "пиб": "rs.pib",
}  # fmt: skip
_MODULES = {fold(word): module for word, module in _CHECKED.items()}


def find_identifiers(text: LetterText, cues: Cues) -> Iterator[tuple[Span, Particular]]:
    """Yield numbers of persons and companies with their place in the folded text."""
    taken: list[Span] = []
    for kind in KINDS:
        for cue in cues.of(kind):
            lettered = _LETTERED.match(text.folded, cue.end)
            span = Span(*lettered.span(1)) if lettered else number_after(text, cue.end, FEWEST[kind])
            if span is None or any(span.start < other.end and other.start < span.end for other in taken):
                continue
            taken.append(span)
            value = " ".join(text.words(span.start, span.end).split())
            module = _MODULES.get(text.folded[cue.start : cue.end].strip())
            valid = _is_valid(module, text.folded[span.start : span.end]) if module else None
            state = module.split(".")[0].upper() if module and valid else None
            confidence = 0.95 if valid else 0.5 if valid is False else 0.8
            evidence = (text.evidence(cue.start, span.end),)
            yield span, Particular(value, kind, state, valid, confidence, evidence)


def _is_valid(module: str, written: str) -> bool:
    try:
        import_module(f"stdnum.{module}").validate(written)
    except ValidationError:
        return False
    return True
