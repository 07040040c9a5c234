"""A scan of several documents, invented: a note verbale, a request in Polish, its translation, annexes."""

NOTE = """EMBASSY OF THE REPUBLIC OF POLAND
Lisbon

No. 114/2023

The Embassy of the Republic of Poland presents its compliments to the Ministry of Foreign Affairs and has the honour to
transmit a request for mutual legal assistance of the Regional Court in Lublin.

Lisbon, 14 March 2023
"""

REQUEST = """SĄD OKRĘGOWY W LUBLINIE
IV Wydział Karny

sygn. akt IV K 417/22
Lublin, 6 marca 2023 r.

Do właściwego organu sądowego Republiki Portugalskiej

Wniosek o pomoc prawną

Sąd Okręgowy w Lublinie prowadzi postępowanie karne przeciwko oskarżonemu: Marek Sowiński, ur. 12.05.1980 r.,
obywatelstwo polskie, paszport nr EA 4471120, PESEL 44051401359, który w dniu 3.11.2021 r. przelał
kwotę 441.200,00 EUR z rachunku PL61 1090 1014 0000 0712 1981 2874 na rachunek spółki Atlântico Têxteis, Lda. w Porto.
Czyn ten stanowi przestępstwo
z art. 286 § 1 Kodeksu karnego. Sąd prosi o przesłuchanie świadka, pana Rui Carvalho, tel. +351 912 345 678.

Kontakt: prosimy o informacje. Sprawę prowadzi: Anna Wilk, tel. +48 81 460 10 20, e-mail: a.wilk@lublin.so.gov.pl

Załączniki:
1. odpis postanowienia
2. zestawienie operacji na rachunku
"""

TRANSLATION = """Translation from Polish

REGIONAL COURT IN LUBLIN
Fourth Criminal Division

file no. IV K 417/22
Lublin, 6 March 2023

To the competent judicial authority of the Portuguese Republic

Request for legal assistance

The Regional Court in Lublin conducts criminal proceedings against the accused Marek Sovinski, born on 12 May 1980,
Polish citizen, passport no. EA 4471120, PESEL 44051401359, who on 3 December 2021 transferred EUR 441,200.00 from the
account PL61 1090 1014 0000 0712 1981 2874 to the account of the company Atlântico Têxteis, Lda. in Porto. This is an
offence under article 286 § 1 of the Criminal Code. The court asks to hear the witness, Mr Rui Carvalho,
tel. +351 912 345 687.
"""


def statement(page: int) -> str:
    """One page of account statements: dates, amounts, numbers and names that are not the letter's."""
    rows = [
        f"{1 + row % 28:02d}.0{1 + row % 9}.2019  PL{10 + page}{1000000000000000 + page * 1000 + row}  "
        f"Jan Nowak {page}-{row}  {100 + row},{page % 10}0 EUR  +48 60{page % 10} 000 {100 + row}"
        for row in range(34)
    ]
    return "\n".join(rows)


ANNEX = "Załącznik 2\nzestawienie operacji na rachunku\n" + statement(0)
