"""From a scan to the competent authority's queue, with real parts only."""

import pypdfium2 as pdfium

from tests import scans
from tests.journeys.conftest import House


def test_a_scan_goes_the_whole_way_from_the_counter_to_the_case_system(house: House) -> None:
    clerk = house.client()
    content = scans.pdf()
    taken = clerk.post("/api/v1/letters", files={"scan": ("letter.pdf", content)})
    assert taken.status_code == 202
    letter_id = taken.json()["id"]
    house.wait_until(lambda: house.arrived(letter_id))
    body = house.status(letter_id)
    page = body["pages"][0]
    assert (page["language"], page["script"], page["source"], page["rotation"]) == ("en", "Latn", "ocr", 0)
    assert "certified copies of the bank statements" in page["text"]
    assert body["metadata"]["reference"]["value"] == "14/80-1969"
    assert body["metadata"]["date"]["value"] == "2019-12-02"
    assert body["metadata"]["requesting_state"]["value"] == "MN"
    assert body["route"]["reasons"]
    confirmed = clerk.post(
        f"/api/v1/letters/{letter_id}/confirmation",
        json={
            "version": body["version"],
            "is_request": True,
            "request_types": ["bank_records"],
            "offences": ["embezzlement"],
            "metadata": {"requesting_state": "MN", "reference": "14/80-1969"},
            "authority": clerk.get("/api/v1/authorities").json()[0]["code"],
        },
    )
    assert confirmed.json()["status"] == "queued"
    authority = confirmed.json()["authority"]
    key = clerk.post("/api/v1/keys", json={"authority": authority}).json()["key"]
    with house.case_system(key) as system:
        leases = system.post(f"/api/v1/queues/{authority}/leases", json={}).json()["leases"]
        assert [one["letter"]["id"] for one in leases] == [letter_id]
        url = leases[0]["letter"]["url"]
        assert system.get(url + "/scan").content == content
        copy = pdfium.PdfDocument(system.get(url + "/archive").content)
        assert "certified copies of the bank statements" in copy[0].get_textpage().get_text_range()
        pulled = system.get(url).json()
        assert [label["code"] for label in pulled["request_types"]] == ["bank_records"]
        assert system.post(f"/api/v1/leases/{leases[0]['token']}/acknowledge").status_code == 200
    assert house.status(letter_id)["status"] == "acknowledged"


def test_stopping_and_starting_again_keeps_everything(house: House) -> None:
    letter_id = house.client().post("/api/v1/letters", files={"scan": ("a.png", scans.png())}).json()["id"]
    house.stop()
    house.start()
    house.wait_until(lambda: house.arrived(letter_id))
    assert [letter["id"] for letter in house.client().get("/api/v1/letters").json()] == [letter_id]


def test_a_damaged_scan_ends_in_quarantine_with_a_remedy_and_its_bytes_are_kept(house: House) -> None:
    content = scans.pdf()[:3000]
    clerk = house.client()
    letter_id = clerk.post("/api/v1/letters", files={"scan": ("cut.pdf", content)}).json()["id"]
    house.wait_until(lambda: house.status(letter_id)["status"] == "unreadable")
    body = house.status(letter_id)
    assert body["error"]["code"] == "corrupt"
    assert body["error"]["remedy"]
    assert clerk.get(f"/api/v1/letters/{letter_id}/scan").content == content


def test_a_page_read_again_in_a_chosen_language_keeps_both_readings_and_comes_back(house: House) -> None:
    clerk = house.client()
    letter_id = clerk.post("/api/v1/letters", files={"scan": ("a.png", scans.png("Short note. Ref 7/2026"))}).json()[
        "id"
    ]
    house.wait_until(lambda: house.arrived(letter_id))
    url = f"/api/v1/letters/{letter_id}/pages/1/readings"
    assert clerk.post(url, json={"language": "tlh"}).status_code == 400
    assert clerk.post(url, json={"language": "fr"}).status_code == 202
    house.wait_until(lambda: house.arrived(letter_id) and len(clerk.get(url).json()) == 2)
    first, second = clerk.get(url).json()
    assert (first["chosen_language"], first["stands"], first["by"]) == (None, False, "system:rogatory")
    assert (second["chosen_language"], second["stands"]) == ("fr", True)
    assert second["by"].startswith("person:")
    assert house.status(letter_id)["pages"][0]["language"] == "fr"
