"""What is said of each kind of reason: for passages, for the letter as a whole, and for request or not."""

from collections.abc import Mapping

from classifier.screening import Aside
from classifier.taxonomy import Facet
from intake.web.translation import N_

#: (kind, side) -> the sentence with the letter's words in it, and the one without words; empty where nothing is said.
#: Sides are ``for`` and ``against``, and ``there`` and ``lacking`` where what is there may speak for either.
Sentences = Mapping[tuple[str, str], tuple[str, str]]

#: Kinds whose sentences say that something is there (for) or lacking (against): where it is not so, nothing is said.
ABOUT_PRESENCE = frozenset({"term", "cited", "asks", "charges", "heading", "elsewhere", "passages"})
#: Kinds that speak against a label by being there.
UNWANTED = frozenset({"done", "announced", "denied", "law", "option", "background", "paper"})

PASSAGE: Sentences = {
    ("wording", "for"): (
        N_("Typical of it: %(words)s."),
        N_("Its wording is typical of it."),
    ),
    ("wording", "against"): ("", N_("Its wording is not typical of it.")),
    ("term", "for"): (
        N_("The passage uses the term %(words)s."),
        N_("The passage uses part of a term for it."),
    ),
    ("term", "against"): ("", N_("The passage uses no term for it.")),
    ("cited", "for"): ("", N_("A provision cited elsewhere in the letter stands for it.")),
    ("cited", "against"): ("", N_("The passage cites no provision that stands for it.")),
    ("asks", "for"): (N_("The passage asks: %(words)s."), N_("It is put like something asked for.")),
    ("asks", "against"): ("", N_("The passage itself asks for nothing.")),
    ("charges", "for"): (
        N_("It speaks of a charge or an investigation: %(words)s."),
        N_("It is put like what the case is about."),
    ),
    ("charges", "against"): ("", N_("It does not say that the case is about this.")),
    ("done", "against"): (
        N_("The passage tells of something done already: %(words)s."),
        N_("The passage tells of something done already."),
    ),
    ("announced", "against"): (
        N_("The passage speaks of something still to come: %(words)s."),
        N_("The passage announces something or names an annex."),
    ),
    ("denied", "against"): (
        N_("The passage says that something is not so or not asked for: %(words)s."),
        N_("The passage says that something is not so or not asked for."),
    ),
    ("law", "against"): ("", N_("The passage quotes the law.")),
    ("option", "against"): ("", N_("It reads like a printed option that is not ticked.")),
    ("background", "against"): ("", N_("The passage tells the background.")),
    ("paper", "against"): ("", N_("The passage speaks of a reminder, a reply, a withdrawal or a bill.")),
    ("list", "for"): (
        N_("It stands in the list under %(words)s."),
        N_("It stands in a list of what is asked for."),
    ),
    ("list", "against"): (
        N_("The list it stands in, under %(words)s, is about something else."),
        N_("The list it stands in is about something else."),
    ),
    ("neighbours", "for"): ("", N_("The passages before and after it support this.")),
    ("neighbours", "against"): ("", N_("The passages before and after it speak against this.")),
    ("elsewhere", "for"): ("", N_("Other passages of the letter speak of this too.")),
    ("elsewhere", "against"): ("", N_("No other passage of the letter speaks of this.")),
    ("place", "for"): ("", N_("Its place in the letter supports this.")),
    ("place", "against"): ("", N_("Its place in the letter speaks against this.")),
    ("unfamiliar", "against"): ("", N_("Much of its wording is new to the model.")),
}

LETTER: Sentences = {
    ("passages", "for"): ("", N_("The passages shown speak for it.")),
    ("passages", "against"): ("", N_("No passage speaks for it firmly.")),
    ("rivals", "for"): ("", N_("Nothing else fits the letter as well.")),
    ("rivals", "against"): ("", N_("Something else fits the letter better.")),
    ("wording", "for"): ("", N_("The wording of the letter is typical of it.")),
    ("wording", "against"): ("", N_("The wording of the letter is not typical of it.")),
    ("heading", "for"): (N_("A heading or one of the first lines speaks of it: %(words)s."), ""),
    ("heading", "against"): ("", N_("No heading and none of the first lines speaks of it.")),
    ("term", "for"): ("", N_("Terms for it stand in the letter.")),
    ("term", "against"): ("", N_("No term for it stands in the letter as a whole.")),
    ("cited", "for"): ("", N_("The letter cites a provision that stands for it.")),
    ("cited", "against"): ("", N_("The letter cites no provision that stands for it.")),
    ("place", "for"): ("", N_("The letter comes to it early.")),
    ("place", "against"): ("", N_("The letter comes to it late.")),
    ("letter", "for"): ("", N_("The letter as a whole supports this.")),
    ("letter", "against"): ("", N_("The letter as a whole speaks against this.")),
}

_CUES = {
    "done": N_("It tells of what was done already: %(words)s."),
    "none": N_("It says that something is not so or not asked for: %(words)s."),
    "later": N_("It speaks of something still to come: %(words)s."),
    "reply": N_("It speaks of a reply: %(words)s."),
    "remind": N_("It reminds: %(words)s."),
    "withdraw": N_("It takes something back: %(words)s."),
    "charge": N_("It speaks of a charge or an investigation: %(words)s."),
    "bill": N_("It speaks of costs: %(words)s."),
    "ask": N_("It asks: %(words)s."),
}
REQUEST: Sentences = {
    **{(f"cue_{name}", side): (sentence, "") for name, sentence in _CUES.items() for side in ("for", "against")},
    ("letter", "for"): ("", N_("As a whole it reads like a request.")),
    ("letter", "against"): ("", N_("As a whole it does not read like a request.")),
    ("measures", "for"): ("", N_("It asks for measures that the taxonomy knows.")),
    ("measures", "against"): ("", N_("No measure that it asks for now was found.")),
    ("asks", "for"): (N_("It asks: %(words)s."), N_("Some passages ask for something.")),
    ("asks", "against"): ("", N_("No passage asks firmly for anything.")),
    ("part_offence", "there"): ("", N_("It names the offence that the case is about.")),
    ("part_offence", "lacking"): ("", N_("It does not name an offence that the case is about.")),
    ("part_past", "there"): ("", N_("It tells what was done before.")),
    ("part_announced", "there"): ("", N_("It announces something or sends something along.")),
    ("part_negated", "there"): ("", N_("It says that something is not asked for.")),
    ("part_context", "there"): ("", N_("It tells the facts of a case.")),
    ("part_context", "lacking"): ("", N_("It tells no facts of a case.")),
    ("part_statute", "there"): ("", N_("It quotes the law.")),
    ("part_option", "there"): ("", N_("It holds printed options that are not ticked.")),
    ("marker_letter_rogatory", "there"): ("", N_("It is called a letter rogatory or a request for legal assistance.")),
    ("marker_letter_rogatory", "lacking"): (
        "",
        N_("It is nowhere called a letter rogatory or a request for legal assistance."),
    ),
    ("marker_reminder", "there"): ("", N_("It is called a reminder.")),
    ("marker_supplementary", "there"): ("", N_("It is called a supplement to an earlier request.")),
    ("marker_withdrawal", "there"): ("", N_("It is called a withdrawal.")),
    ("marker_acknowledgement_or_reply", "there"): ("", N_("It is called an acknowledgement or a reply.")),
    ("marker_note_verbale", "there"): ("", N_("It is a note verbale.")),
    ("marker_reciprocity", "there"): ("", N_("It promises the same in return.")),
    ("unfamiliar", "against"): ("", N_("Much of its wording is new to the model.")),
}

#: What a label that was not given lacks.
MISSING: Mapping[tuple[str, Facet], str] = {
    ("request", "request_type"): N_("The letter was not taken for a request, so nothing counts as asked for."),
    ("asking", "request_type"): N_("No passage asks for it now."),
    ("asking", "offence"): N_("No passage names it as what the case is about."),
    ("term", "request_type"): N_("No term for it stands in the letter."),
    ("term", "offence"): N_("No term for it stands in the letter."),
    ("provision", "offence"): N_("No provision that stands for it is cited."),
}

#: Why a passage was not judged.
ASIDE: Mapping[Aside, str] = {
    "order": N_("an order to the program, not to an authority"),
    "flood": N_("key words heaped up without a sentence"),
    "law": N_("a law quoted at length"),
    "repeated": N_("said before"),
}
