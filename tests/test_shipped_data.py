"""The register that ships, held to its schema and to what is known of it."""

import json
from collections import Counter
from pathlib import Path

import pytest

from hkshcc.errors import RefusedError
from hkshcc.language import LANGUAGES
from hkshcc.register.commands.refresh import refresh as verb
from hkshcc.register.dates import is_day
from hkshcc.register.index import SHIPPED, Register, split_ref
from hkshcc.register.integrity import problems
from hkshcc.register.model import CRITERIA, Entry, encode
from hkshcc.register.sources import host_of, source_of
from hkshcc.register.standing import Standing
from hkshcc.register.validation import decode
from hkshcc.register.vocabulary import CONFERENCE, EVIDENCE_KINDS, PARTNER
from hkshcc.reports.criteria import criteria_of
from hkshcc.stores import seed
from hkshcc.stores.memory import MemoryStore
from hkshcc.stores.sources import known_sources
from tests.register.build import Desk, draft, numbered, refused
from tests.scripts import strange

COMPILED = "2026-11-22"  # the facts
DRAFTED = "2026-11-23"  # the criteria
ENTRIES = seed.seed_entries()
REGISTER = Register(ENTRIES)
MEASURES = [entry for entry in ENTRIES if entry.event == "agreed"]
FINDINGS = [entry for entry in ENTRIES if entry.event == "finding"]
EVIDENCE = [piece for entry in FINDINGS for piece in entry.evidence or ()]
SOURCES = known_sources()


def standings(as_of: str = COMPILED) -> dict[str, Standing]:
    return {measure.ref: REGISTER.standing(measure, as_of) for measure in REGISTER.measures(as_of)}


# Its form


def test_the_data_call_the_conference_as_the_reports_do() -> None:
    facts = json.loads(dict(seed.files())["conference"])
    assert facts["name"] == CONFERENCE
    assert all(any(place in name for place in PARTNER) for name in CONFERENCE.values())


def test_the_register_that_ships_is_sound() -> None:
    assert problems(REGISTER) == []


def test_every_shipped_entry_has_the_form_of_a_stored_entry() -> None:
    stored = [json.loads(json.dumps(encode(entry))) for entry in ENTRIES]
    assert [decode(number, each) for number, each in enumerate(stored, start=1)] == ENTRIES


def test_every_ref_is_unique_and_well_formed_and_in_its_area() -> None:
    refs = [entry.ref or "" for entry in MEASURES]
    assert len(set(refs)) == len(refs) == 56
    for entry in MEASURES:
        assert entry.thing is not None
        parts = split_ref(entry.ref or "")
        assert parts is not None
        assert parts[0] == entry.thing["plenary"]
        assert parts[1] == REGISTER.areas[entry.thing["area"]].code
        assert entry.ref == f"{parts[0]}-{parts[1]}-{parts[2]}{parts[3]}"


def test_every_body_that_is_named_is_known() -> None:
    for entry in ENTRIES:
        owners = [*(entry.thing or {}).get("owners", ()), *(entry.added or ())]
        named = {*(owner["body"] for owner in owners), *(entry.dropped or ())}
        assert named <= REGISTER.bodies.keys(), entry.id


def test_every_measure_has_owners_on_both_sides() -> None:
    for ref, found in standings("2021-08-30").items():
        assert {REGISTER.bodies[owner["body"]].side for owner in found.owners} == {"hk", "sh"}, ref


def test_every_finding_has_evidence_that_can_be_followed() -> None:
    assert len(FINDINGS) == 97
    for entry in FINDINGS:
        assert entry.evidence, entry.id
        for evidence in entry.evidence:
            assert evidence["source"], entry.id
            assert evidence["locator"].startswith(("http://", "https://")), entry.id


def test_every_finding_says_which_side_it_shows_and_one_that_shows_neither_supports_no_status() -> None:
    assert Counter(entry.side for entry in FINDINGS) == {"both": 33, "hk": 27, "sh": 10, None: 27}
    assert [entry.id for entry in FINDINGS if entry.side is None and entry.status is not None] == []


def test_the_two_sides_are_told_apart_and_never_said_to_differ() -> None:
    found = standings().values()
    assert Counter(str(each.hk.status) for each in found) == {
        "unknown": 25, "in-progress": 13, "continuing": 13, "completed": 5,
    }  # fmt: skip
    assert Counter(str(each.sh.status) for each in found) == {
        "unknown": 30, "in-progress": 10, "continuing": 14, "completed": 2,
    }  # fmt: skip
    assert not any(each.sides_differ for each in found)
    assert Counter(each.one_sided for each in found) == {None: 39, "hk": 11, "sh": 6}


def test_no_finding_claims_to_be_an_owners_return() -> None:
    assert not [entry.id for entry in ENTRIES if entry.by or entry.event == "return"]
    assert not [entry.id for entry in FINDINGS for evidence in entry.evidence or () if evidence["kind"] == "return"]


def test_a_known_host_says_of_every_finding_the_kind_that_it_has() -> None:
    for piece in EVIDENCE:
        source = source_of(piece["locator"], SOURCES)
        assert source is None or source.kind == piece["kind"], piece["locator"]


def test_a_known_host_is_a_governments_or_occurs_in_the_findings_or_belongs_to_a_body() -> None:
    hosts = {host_of(piece["locator"]) or "" for piece in EVIDENCE}
    names = {body.name["en"] for body in REGISTER.bodies.values()}
    for host, source in SOURCES.items():
        occurs = any(f".{each}".endswith(f".{host}") for each in hosts)
        assert occurs or source.name in names or host in {"gov.hk", "gov.cn"}, host
        assert source.kind in EVIDENCE_KINDS
        assert host == host.lower()


def test_the_known_sources_are_no_facts_of_the_register() -> None:
    assert "sources" not in dict(seed.files())


def test_nothing_became_true_after_the_day_it_was_compiled() -> None:
    for entry in ENTRIES:
        assert (entry.on or "") <= (DRAFTED if entry.event == "criteria" else COMPILED), entry.id


def test_everything_was_recorded_by_public_record_and_drafts_by_the_keeper_on_the_day_it_was_compiled() -> None:
    facts = {(entry.recorded, entry.recorder, entry.command) for entry in ENTRIES if entry.event != "criteria"}
    drafts = {(entry.recorded, entry.recorder, entry.command) for entry in ENTRIES if entry.event == "criteria"}
    assert facts == {(f"{COMPILED}T00:00:00+08:00", "public record", SHIPPED)}
    assert drafts == {(f"{DRAFTED}T00:00:00+08:00", "register keeper", SHIPPED)}
    assert seed.compiled() == DRAFTED


def test_each_measure_has_draft_criteria_in_every_language_that_nobody_agreed_to() -> None:
    drafts = {entry.ref: entry for entry in ENTRIES if entry.event == "criteria"}
    assert drafts.keys() == {entry.ref for entry in MEASURES}
    for ref, entry in drafts.items():
        assert entry.agreed_by is None
        assert entry.criteria is not None
        for part in CRITERIA:
            texts = entry.criteria[part]
            assert isinstance(texts, dict)
            assert texts.keys() == set(LANGUAGES), ref
            for language, text in texts.items():
                assert text, ref
                assert language == "en" or not strange(text, language), (ref, language)


def test_drafts_were_written_after_what_was_found_and_never_pass_for_those_of_before() -> None:
    found = {ref: criteria_of(REGISTER, ref, DRAFTED) for ref in standings()}
    written = Counter(each.written for each in found.values() if each)
    completed = sum(str(each.status) == "completed" for each in standings().values())
    continuing = sum(str(each.status) == "continuing" for each in standings().values())
    assert written == {
        "before-completion": 56 - completed - continuing,
        "after-completion": completed,
        "after-continuing": continuing,
    }


def test_measures_areas_and_bodies_are_named_in_the_languages_the_register_speaks() -> None:
    for entry in MEASURES:
        assert entry.thing is not None
        assert set(entry.thing["title"]) <= set(LANGUAGES)
        assert entry.thing["title"]["en"], entry.ref
    names = {area.slug: area.name for area in REGISTER.areas.values()}
    names |= {body.code: body.name for body in REGISTER.bodies.values()}
    for named, name in names.items():
        assert all(name.get(language) for language in LANGUAGES), named


@pytest.mark.parametrize(("lang", "stop"), [("en", "."), ("zh-Hant", "。"), ("zh-Hans", "。")])
def test_every_measure_is_summed_up_in_a_sentence_of_each_language(lang: str, stop: str) -> None:
    summaries = {entry.ref: (entry.thing or {})["summary"][lang] for entry in MEASURES}
    assert [ref for ref, text in summaries.items() if not text.endswith(stop) or text != text.strip()] == []


@pytest.mark.parametrize("lang", ["zh-Hant", "zh-Hans"])
def test_no_title_or_summary_has_a_character_of_the_other_script(lang: str) -> None:
    texts = [(entry.ref, (entry.thing or {})[field][lang]) for entry in MEASURES for field in ("title", "summary")]
    assert [(ref, found) for ref, text in texts if (found := strange(text, lang))] == []


def test_every_instrument_bears_on_measures_that_are_there() -> None:
    assert REGISTER.instruments
    for instrument in REGISTER.instruments.values():
        assert all(REGISTER.measure(ref) for ref in instrument.related), instrument.ref


def test_no_page_is_told_of_twice_for_one_measure_and_day() -> None:
    told = Counter((entry.ref, entry.on, page["locator"]) for entry in FINDINGS for page in entry.evidence or ())
    assert [each for each, times in told.items() if times > 1] == []


def test_the_plenaries_are_numbered_from_one_and_follow_each_other() -> None:
    assert list(REGISTER.plenaries) == [1, 2, 3, 4, 5, 6]
    dates = [plenary.date for plenary in REGISTER.plenaries.values()]
    assert all(is_day(date) for date in dates)
    assert dates == sorted(dates)


# What is known of it


def test_the_shipped_register_counts_what_is_unknown_first() -> None:
    counts = Counter(str(found.status) for found in standings().values())
    assert counts == {"unknown": 19, "in-progress": 14, "continuing": 18, "completed": 5}


def test_no_owner_has_reported_on_anything() -> None:
    assert [found.silent for found in standings().values()] == [True] * 56


def test_one_measure_is_overdue_and_one_came_late() -> None:
    timely = {ref: found.timeliness for ref, found in standings().items()}
    assert [ref for ref, what in timely.items() if what == "overdue"] == ["5-CUL-3b"]
    assert [ref for ref, what in timely.items() if what == "late"] == ["5-MKT-1c"]
    assert "slipped" not in timely.values()


def test_the_overdue_seminar_was_promised_for_april_2022() -> None:
    found = standings()["5-CUL-3b"]
    assert found.target is not None
    assert (found.target["date"], found.target["precision"]) == ("2022-04-30", "month")


def test_the_late_seminar_was_implied_for_november_2021_and_held_two_years_later() -> None:
    found = standings()["5-MKT-1c"]
    assert found.target_original is not None
    assert found.target_original["basis"] == "implied"
    assert found.target_original["date"].startswith("2021-11")
    assert (found.fulfilled_on or "").startswith("2023-11")


def test_bond_connect_is_in_progress_since_it_went_south() -> None:
    found = standings()["5-FIN-3c"]
    assert (found.status, found.since) == ("in-progress", "2021-09-24")
    assert [ref for ref in standings() if "-FIN-" in ref] == [
        "5-FIN-1",
        "5-FIN-2a",
        "5-FIN-2b",
        "5-FIN-3a",
        "5-FIN-3b",
        "5-FIN-3c",
    ]


def test_two_days_after_the_plenary_one_measure_was_completed() -> None:
    found = standings("2021-09-01")
    assert [ref for ref, each in found.items() if each.status == "completed"] == ["5-TEC-1a"]


def test_the_day_before_the_plenary_there_was_nothing_to_follow() -> None:
    assert standings("2021-08-29") == {}
    assert len(standings("2021-08-30")) == 56


def test_the_reorganised_bureaux_handed_their_measures_on() -> None:
    successors = {"ITB": {"ITIB"}, "FHB": {"HHB"}, "THB": {"TLB"}, "ENB": {"EEB"}, "HAB": {"HYAB", "CSTB"}}
    gone = set(successors)
    before, after = standings("2022-06-30"), standings("2022-07-01")
    held = {owner["body"] for found in before.values() for owner in found.owners}
    assert gone <= held
    assert not gone & {owner["body"] for found in after.values() for owner in found.owners}
    for ref, found in before.items():
        owners = {owner["body"] for owner in after[ref].owners}
        assert len(owners) <= len(found.owners)
        assert all(owners & successors[owner["body"]] for owner in found.owners if owner["body"] in gone)


def test_a_bureau_that_already_owned_a_measure_is_not_named_twice() -> None:
    for found in standings().values():
        owners = [owner["body"] for owner in found.owners]
        assert len(owners) == len(set(owners))
    # In culture two bureaux went into one: the second is only dropped.
    assert [entry.dropped for entry in ENTRIES if entry.event == "revision" and not entry.added]


# How it is read


def test_the_order_and_the_ids_of_shipped_entries_are_stable() -> None:
    assert seed.seed_entries() == ENTRIES
    assert len({entry.id for entry in ENTRIES}) == len(ENTRIES)
    assert [entry.number for entry in ENTRIES] == list(range(1, len(ENTRIES) + 1))


def test_a_frame_has_plenaries_areas_and_bodies_and_no_measures() -> None:
    frame = Register(seed.reference_entries())
    assert (frame.plenaries, frame.areas, frame.bodies) == (REGISTER.plenaries, REGISTER.areas, REGISTER.bodies)
    assert frame.measures(COMPILED) == []
    assert [entry.number for entry in frame.entries] == list(range(1, frame.last + 1))
    assert problems(frame) == []


def test_a_register_without_a_store_is_the_one_that_ships() -> None:
    store = MemoryStore()
    assert store.read().entries == ENTRIES
    assert not store.exists


def write(folder: Path, name: str, **batch: object) -> None:
    (folder / name).write_text(json.dumps(batch), encoding="utf-8")


def test_batches_follow_the_day_they_were_compiled_and_then_their_name(tmp_path: Path) -> None:
    body = {"side": "hk", "name": {"en": "Invented"}}
    write(tmp_path, "a.json", compiled="2027-02-01", bodies=[{"code": "XLAST", **body}])
    write(tmp_path, "c.json", compiled="2027-01-01", bodies=[{"code": "XSECOND", **body}])
    write(tmp_path, "b.json", compiled="2027-01-01", bodies=[{"code": "XFIRST", **body}])
    (tmp_path / "README.md").write_text("not a batch", encoding="utf-8")
    entries = seed.seed_entries(str(tmp_path))
    assert [(entry.number, entry.id, entry.recorded[:10]) for entry in entries] == [
        (1, "body-XFIRST", "2027-01-01"),
        (2, "body-XSECOND", "2027-01-01"),
        (3, "body-XLAST", "2027-02-01"),
    ]


@pytest.mark.parametrize("kept", [1, 150, len(ENTRIES) - 1])
def test_a_refresh_adds_the_entries_that_are_lacking_and_nothing_else(kept: int) -> None:
    older = [entry for entry in ENTRIES if entry.event != "finding"][:kept]
    desk = Desk(entries=[entry._replace(number=number) for number, entry in enumerate(older, start=1)])
    desk.today = "2027-01-31"
    assert refresh(desk) == []
    *new, exchange = desk.entries[len(older) :]
    assert exchange.event == "exchange"
    assert exchange.thing is not None
    assert exchange.thing["received"] == [entry.id for entry in new]
    assert {entry.id for entry in older} | {entry.id for entry in new} == {entry.id for entry in ENTRIES}
    assert [entry.number for entry in desk.entries] == list(range(1, len(ENTRIES) + 2))
    assert refresh(desk) == []
    assert len(desk.entries) == len(ENTRIES) + 1


def refresh(desk: Desk) -> list[str]:
    return desk.does(lambda register, context: verb(register, context, REGISTER)).notes


def test_a_refresh_does_not_go_back_before_what_was_recorded_since() -> None:
    desk = Desk(entries=seed.reference_entries(), today="2027-01-31")
    desk.add_body("XNEW")
    assert refresh(desk) == []
    assert desk.entries[-1].recorded == "2027-01-31T10:00:00+08:00"
    assert Register(desk.entries, known_on="2027-01-30").last == len(seed.reference_entries())
    assert problems(desk.register) == []


def test_a_measure_of_ones_own_keeps_its_ref_and_is_told_nothing_that_is_known_of_the_shipped_one() -> None:
    desk = Desk(entries=seed.reference_entries(), today="2027-01-31")
    desk.add("finance", "Invented measure", plenary=5)
    (clash,) = refresh(desk)
    assert "5-FIN-1 was left out" in clash
    found = desk.stands("5-FIN-1")
    assert found.measure.title == {"en": "Invented measure"}
    assert (found.status, len(found.events)) == ("unknown", 1)
    assert len(desk.register.measures("2027-01-31")) == 56
    assert problems(desk.register) == []


def test_a_ref_that_was_given_and_withdrawn_is_not_given_to_the_shipped_measure() -> None:
    desk = Desk(entries=seed.reference_entries(), today="2027-01-31")
    desk.add("finance", "Invented measure", plenary=5)
    desk.undo()
    assert len(refresh(desk)) == 1
    assert desk.register.measure("5-FIN-1") is None
    assert problems(desk.register) == []


def test_a_body_of_ones_own_keeps_its_code() -> None:
    own = [entry for entry in seed.reference_entries() if entry.id != "body-SFC"]
    desk = Desk(
        entries=[entry._replace(number=number) for number, entry in enumerate(own, start=1)], today="2027-01-31"
    )
    desk.add_body("SFC", name="Invented body")
    (clash,) = refresh(desk)
    assert clash == f"the shipped body-SFC was left out: the register has its own, entry {len(own) + 1}"
    assert desk.register.bodies["SFC"].name == {"en": "Invented body"}
    assert problems(desk.register) == []


def test_a_plenary_an_area_and_a_document_of_ones_own_stay_as_they_were_entered() -> None:
    gone = {"plenary-6", "area-finance", "5-DOC-1"}
    own = [entry for entry in ENTRIES if entry.id not in gone and entry.ref is None]
    things = {
        "plenary": {"number": 6, "date": "2026-11-20", "place": "Invented Hall"},
        "area": {"slug": "finance", "code": "FIN", "name": {"en": "Invented area"}},
        "instrument": {"ref": "5-DOC-1", "plenary": 5, "title": {"en": "Invented document"}},
    }
    entered = [draft(event, thing=thing, recorded="2027-01-30") for event, thing in things.items()]
    entries = [entry._replace(number=number) for number, entry in enumerate(own, start=1)]
    desk = Desk(entries=[*entries, *numbered(entered, after=len(entries))], today="2027-01-31")
    clashes = refresh(desk)
    assert {clash.partition(" was left out")[0] for clash in clashes} == {f"the shipped {name}" for name in gone}
    register = desk.register
    assert register.plenaries[6].place == "Invented Hall"
    assert register.areas["finance"].name == {"en": "Invented area"}
    assert register.instruments["5-DOC-1"].title == {"en": "Invented document"}
    assert len(register.measures("2027-01-31")) == len(MEASURES)
    assert problems(register) == []


def test_what_rests_on_what_was_left_out_is_left_out_too() -> None:
    own = [entry for entry in seed.reference_entries() if entry.id != "area-finance"]
    area = draft("area", thing={"slug": "money", "code": "FIN", "name": {"en": "Invented area"}}, recorded="2027-01-30")
    entries = [entry._replace(number=number) for number, entry in enumerate(own, start=1)]
    desk = Desk(entries=[*entries, *numbered([area], after=len(entries))], today="2027-01-31")
    clashes = refresh(desk)
    assert "the shipped 5-FIN-1 was left out: the register has no area finance" in clashes
    assert not any(entry.ref and "-FIN-" in entry.ref for entry in desk.entries)
    assert problems(desk.register) == []


def test_one_undo_takes_a_refresh_back() -> None:
    desk = Desk(entries=seed.reference_entries(), today="2027-01-31")
    refresh(desk)
    assert len(desk.register.measures("2027-01-31")) == len(MEASURES)
    desk.undo()
    assert desk.register.measures("2027-01-31") == []
    assert problems(desk.register) == []


def test_another_conference_s_register_is_not_refreshed() -> None:
    with refused(RefusedError, 4, "the register that ships is the register of another conference", "--store"):
        refresh(Desk(today="2027-01-31"))


def test_a_refresh_brings_back_nothing_that_was_withdrawn() -> None:
    desk = Desk(entries=ENTRIES, today="2027-01-31")
    desk.undo(next(entry.number for entry in MEASURES if entry.ref == "5-FIN-1"))
    assert refresh(desk) == []
    assert desk.register.measure("5-FIN-1") is None


def test_the_files_of_shipped_facts_are_found() -> None:
    assert {"conference", "plenary-5", "plenary-5-findings"} <= dict(seed.files()).keys()


def test_a_shipped_finding_has_its_fact_as_a_remark() -> None:
    first: Entry = FINDINGS[0]
    assert first.remark
    assert first.status == "completed"
    assert first.ref == "5-TEC-1a"
