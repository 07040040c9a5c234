"""The words that people read for the codes that the register keeps."""

from classifier.taxonomy import Facet, load_taxonomy
from intake.web.translation import N_, Texts

STATUS = {
    "received": N_("Received"),
    "reading": N_("Being read"),
    "review": N_("To review"),
    "queued": N_("Waiting for the authority"),
    "filed": N_("Filed"),
    "acknowledged": N_("Taken over"),
    "unreadable": N_("Unreadable"),
}
ON_ITS_WAY = ("received", "reading")  #: the program still works on the letter
CONFIRMABLE = ("review", "queued", "filed")  #: a person may still say what the letter is

CHANNEL = {
    "upload": N_("Uploaded here"),
    "post": N_("Post"),
    "diplomatic": N_("Diplomatic channel"),
    "email": N_("E-mail"),
    "fax": N_("Fax"),
    "hand": N_("By hand"),
    "other": N_("Other"),
    "api": N_("Another system"),
    "command_line": N_("Command line"),
}
CHANNELS_TO_CHOOSE = ("post", "diplomatic", "email", "fax", "hand", "other")

ACTION = {
    "received": N_("Received"),
    "opened": N_("Pages counted"),
    "unreadable": N_("Found unreadable"),
    "rested": N_("Laid before a person: the program could not go on"),
    "tried_again": N_("Reading started again"),
    "described": N_("Read and described"),
    "confirmed": N_("Confirmed"),
    "passed_on": N_("Passed on to the authority that acts next"),
    "leased": N_("Claimed by the authority"),
    "renewed": N_("Claim prolonged"),
    "returned": N_("Returned by the authority"),
    "acknowledged": N_("Taken over by the authority"),
    "viewed": N_("Looked at"),
    "delivered": N_("Delivered"),
}

DOCUMENT = {
    "cover_note": N_("Cover note"),
    "request": N_("Request"),
    "translation": N_("Translation"),
    "annex": N_("Annex"),
    "other": N_("Other document"),
}

DEADLINE = {
    "hearing": N_("Hearing"),
    "custody": N_("Custody ends"),
    "limitation": N_("Limitation period ends"),
    "preservation": N_("Preservation of data ends"),
    "other": N_("Answer needed"),
}

STATE_OF_ELEMENT = {"missing": N_("missing"), "unsure": N_("not sure"), "found": N_("found")}
ROUTE_CHANNEL = {
    "direct": N_("direct"),
    "central_authority": N_("through the central authority"),
    "diplomatic": N_("diplomatic"),
    "police": N_("through the police"),
}

ENTRY = {
    "act": N_("must act"),
    "copy": N_("gets a copy"),
    "notice": N_("is only told"),
}

SEVERITY = {
    "blocking": N_("cannot be executed without it"),
    "curable": N_("ask the sender"),
    "obtainable": N_("we can find it ourselves"),
}

FLAG = {
    "repaired": N_("The file was damaged and has been repaired: check that no page is missing."),
    "incomplete": N_("Part of the file is missing: check the pages against the paper."),
    "damaged_content": N_("Part of a page could not be drawn: compare with the paper."),
    "page_counts_differ": N_("Two programs count different numbers of pages: check the pages against the paper."),
    "downscaled": N_("A very large page is shown smaller than it is."),
    "embedded_files": N_("The file carries other files inside; they were not opened."),
    "trailing_data": N_("The file carries further data after its end."),
    "polyglot": N_("The file can be taken for another kind of file: do not pass it on unopened."),
    "text_truncated": N_("The file carries more text than a page can hold; the rest was left out."),
    "active_content": N_("The file carries active content; it was not run."),
    "blank": N_("The page is blank."),
    "hidden_text": N_("The file carries text that does not show on the page."),
    "text_layer_mismatch": N_("The file's own text does not fit the picture; the picture was read instead."),
    "portfolio": N_("The file is a folder of several files: ask for each as a file of its own."),
    "rescan": N_("Hard to read: scan this page again."),
    "rescan:faint": N_("The print is very faint: scan this page again, darker."),
    "rescan:black": N_("The page is black: scan it again."),
    "rescan:small": N_("The letters are very small: scan this page again at 300 dpi."),
    "rescan:blurred": N_("The picture is not sharp: scan this page again."),
    "rescan:cut_off": N_("Lines run over the edge of the page: scan the whole sheet."),
    "rescan:handwriting": N_("The page is written by hand and cannot be read here: read it yourself."),
    "rescan:no_text": N_("No text was found, perhaps it is a picture or a drawing: look at the page."),
    "rescan:scrap": N_("Only a scrap of paper was scanned: scan the whole sheet."),
    "rescan:too_costly": N_("Reading this page took too much time or memory: read it yourself or scan it again."),
    "rescan:corrupt": N_("This page is damaged and could not be shown: ask for it again."),
    "rescan:timeout": N_("Showing this page takes too much time or memory: ask for a plain scan of the paper."),
}

ELEMENT = {
    "authority_making_request": N_("Authority that makes the request, with contact details"),
    "subject_and_nature_of_proceedings": N_("Subject and nature of the proceedings"),
    "summary_of_facts": N_("Summary of the facts"),
    "assistance_sought": N_("Description of the assistance sought"),
    "identity_location_nationality": N_("Identity, location and nationality of the persons"),
    "purpose": N_("Purpose of the assistance"),
    "legal_basis": N_("Legal basis"),
    "offence_and_applicable_law": N_("Offence and applicable law"),
    "time_limits": N_("Time limits"),
    "confidentiality_request": N_("Need for confidentiality"),
    "form_written": N_("Written form"),
    "translation_quality": N_("Translation"),
    "signature_seal": N_("Signature and seal"),
    "attachments_present": N_("Announced annexes"),
    "correct_addressee_and_channel": N_("Addressee and channel"),
    "additional_information": N_("Further information asked for"),
    "service_document_details": N_("Documents to serve and address of the recipient"),
    "questions_or_topics": N_("Questions or topics of the hearing"),
    "video_hearing_reasons": N_("Reasons for a hearing by video"),
    "search_particulars": N_("Particulars of the search"),
    "bank_particulars": N_("Particulars of the bank account"),
    "interception_particulars": N_("Particulars of the interception"),
    "freezing_statement": N_("Statement of the property to be frozen"),
    "confiscation_order_copy": N_("Copy of the confiscation order"),
    "extradition_documents": N_("Documents for extradition"),
    "hague_service_model_form": N_("Model form of the Hague Service Convention"),
    "hague_evidence_art3": N_("Contents under article 3 of the Hague Evidence Convention"),
    "eevidence_preservation": N_("Particulars of the data to be preserved"),
    "eevidence_production": N_("Particulars of the data to be produced"),
    "confiscation_request_no_order": N_("Grounds for a confiscation order"),
    "asset_tracing_lead": N_("Leads to the assets"),
    "eaw_form": N_("Form of the European arrest warrant"),
    "provisional_arrest_contents": N_("Particulars of the provisional arrest"),
    "transfer_sentenced_documents": N_("Documents for the transfer of a sentenced person"),
    "detained_witness_consent": N_("Consent of the detained person"),
    "proceedings_file": N_("File of the proceedings"),
    "jit_contents": N_("Particulars of the joint investigation team"),
    "covert_measure_contents": N_("Particulars of the covert measure"),
    "exhibit_chain": N_("Chain of custody of the exhibits"),
    "criminal_record_identity": N_("Identity of the person whose record is asked for"),
}

ROLE = {
    "suspect": N_("suspect"),
    "convicted": N_("convicted person"),
    "witness": N_("witness"),
    "victim": N_("victim"),
    "expert": N_("expert"),
    "owner": N_("owner or holder"),
}

#: From this confidence on, what we call it; strongest first.
_SURENESS = (
    (0.95, N_("almost certain")),
    (0.85, N_("very likely")),
    (0.65, N_("likely")),
    (0.4, N_("possible")),
    (0.0, N_("doubtful")),
)


def named(words: dict[str, str], code: str, texts: Texts) -> str:
    """Words for a code; a code that nobody knows is shown as it is."""
    return texts.say(words.get(code, code.replace("_", " ")))


def flag(code: str, texts: Texts) -> str:
    """Sentence for a flag such as ``repaired`` or ``rescan:faint``."""
    return named(FLAG, code if code in FLAG else code.partition(":")[0], texts)


def label(code: str, facet: Facet, texts: Texts) -> str:
    """Name of a request type or an offence."""
    return texts.say(labels(facet).get(code, code))


def labels(facet: Facet) -> dict[str, str]:
    """Names of all codes of a facet in English, in the order of the taxonomy."""
    taxonomy = load_taxonomy()
    kinds = taxonomy.request_types if facet == "request_type" else taxonomy.offences
    return {kind.code: kind.label for kind in kinds}


def sureness(confidence: float, texts: Texts) -> str:
    """A confidence 0..1 in words and per cent."""
    words = next(name for least, name in _SURENESS if confidence >= least)
    return texts.say(words) + texts.comma + texts.percent(confidence)
