"""The return form's layout and words: what stands in it, for whoever draws one and whoever reads one back."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hkshcc.register.dates import in_words
from hkshcc.register.index import Register
from hkshcc.register.model import Body, Entry
from hkshcc.register.standing import Standing, sides_of
from hkshcc.register.vocabulary import Event, Kind, Status, in_language, label, labels, short_label
from hkshcc.text import inert

SCHEMA = "hkshcc.form/1"
ABOUT = "hkshcc"  # the hidden sheet: what the form is, and a copy of its locked cells
LOCKED = ("ref", "wording", "area", "target", "last_word", "said_next")
FREE = ("status", "on", "done", "evidence", "next", "attention")
COLUMNS = (*LOCKED, *FREE)
TYPED = (
    Status.NOT_STARTED,
    Status.IN_PROGRESS,
    Status.CONTINUING,
    Status.COMPLETED,
    Status.MODIFIED,
    Status.NOT_PURSUED,
)

SHEETS: Mapping[str, tuple[str, str]] = {  # the cover's name and the form's
    "en": ("How to fill in", "Return"),
    "zh-Hant": ("填表說明", "回覆"),
    "zh-Hans": ("填表说明", "回复"),
}
HEADERS: Mapping[str, Sequence[str]] = {
    "en": (
        "Ref", "What was agreed", "Area", "Target", "Last update", "Said it would do next",
        "Status", "Date", "What was done", "Evidence", "Next step", "Needs attention",
    ),
    "zh-Hant": (
        "編號", "議定內容", "範疇", "目標日期", "最近更新", "上次所述的下一步",
        "狀況", "日期", "已做的工作", "佐證材料", "下一步", "須關注事項",
    ),
    "zh-Hans": (
        "编号", "议定内容", "范畴", "目标日期", "最近更新", "上次所述的下一步",
        "状况", "日期", "已做的工作", "佐证材料", "下一步", "须关注事项",
    ),
}  # fmt: skip
PHRASES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Hong Kong/Shanghai Co-operation Conference: return form",
        "for": "For",
        "round": "Round",
        "due": "please return by",
        "drawn": "Drawn on",
        "entries": "from entries",
        "fingerprint": "fingerprint",
        "status": "Status",
        "meaning": "Choose it when",
        "implied": "implied",
        "record": "public record",
        "choose": "Choose a status from the list, or leave the cell empty.",
        "date": "The day it happened, as 2026-10-15, 15 Oct 2026 or Oct 2026. Empty: the day the form is received.",
        "evidence": "A link or a document's reference, one on each line.",
    },
    "zh-Hant": {
        "title": "滬港合作會議：回覆表格",
        "for": "回覆單位",
        "round": "匯報期",
        "due": "請於以下日期前交回",
        "drawn": "製表日期",
        "entries": "根據登記冊紀錄",
        "fingerprint": "指紋",
        "status": "狀況",
        "meaning": "何時選用",
        "implied": "推定",
        "record": "公開資料",
        "choose": "請從清單選取狀況，或留空。",
        "date": "實際日期，例如 2026-10-15、2026年10月15日或2026年10月；留空即以收表當日計。",
        "evidence": "連結或文件編號，每行一項。",
    },
    "zh-Hans": {
        "title": "沪港合作会议：回复表格",
        "for": "回复单位",
        "round": "汇报期",
        "due": "请于以下日期前交回",
        "drawn": "制表日期",
        "entries": "根据登记册记录",
        "fingerprint": "指纹",
        "status": "状况",
        "meaning": "何时选用",
        "implied": "推定",
        "record": "公开资料",
        "choose": "请从清单选取状况，或留空。",
        "date": "实际日期，例如 2026-10-15、2026年10月15日或2026年10月；留空即以收表当日计。",
        "evidence": "链接或文件编号，每行一项。",
    },
}
ADVICE: Mapping[str, Sequence[str]] = {
    "en": (
        "1. Fill in the white cells of the sheet 'Return'. Grey cells are locked: they say which measure is meant.",
        "2. Leave a row empty where you have nothing to say. An empty cell says nothing; it does not erase anything.",
        "3. Judge the status by the wording of the measure, not by the intention.",
        "4. The date is the day it happened, as 2026-10-15 or Oct 2026. Empty: the day this form is received.",
        "5. Evidence is a link or a document's reference, one on each line.",
        "6. Save as an Excel workbook (.xlsx) and send it back. Add no sheets or columns.",
    ),
    "zh-Hant": (
        "1. 請填寫「回覆」工作表的白色儲存格。灰色儲存格已鎖定，用以識別措施。",
        "2. 如無補充，請把該行留空。留空即表示沒有更新，不會刪去任何紀錄。",
        "3. 請按措施的字句判斷狀況，而非按其用意。",
        "4. 請填寫實際日期，例如 2026-10-15 或 2026年10月；留空即以收表當日計。",
        "5. 佐證材料為連結或文件編號，每行一項。",
        "6. 請存為 Excel 活頁簿（.xlsx）交回，不要增加工作表或欄。",
    ),
    "zh-Hans": (
        "1. 请填写“回复”工作表的白色单元格。灰色单元格已锁定，用以识别措施。",
        "2. 如无补充，请把该行留空。留空即表示没有更新，不会删去任何记录。",
        "3. 请按措施的字句判断状况，而非按其用意。",
        "4. 请填写实际日期，例如 2026-10-15 或 2026年10月；留空即以收表当日计。",
        "5. 佐证材料为链接或文件编号，每行一项。",
        "6. 请存为 Excel 工作簿（.xlsx）交回，不要增加工作表或列。",
    ),
}
MEANINGS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "not-started": "No step has been taken.",
        "in-progress": "A concrete step beyond announcement was taken; what the wording promises is not yet in place.",
        "continuing": "Action of the promised sort took place and has no end point. Only for measures that continue or"
        " explore.",
        "modified": "Closed with something substantially different. Needs evidence, and what differs in 'What was"
        " done'.",
        "completed": "What the wording promises is in place. Needs evidence.",
        "not-pursued": "Your side has dropped it. Needs the reason in 'What was done'.",
    },
    "zh-Hant": {
        "not-started": "尚未採取任何步驟。",
        "in-progress": "除宣布外已有具體步驟，但所承諾的事項尚未落實。",
        "continuing": "已按承諾展開工作，而工作並無終點。只適用於持續或探討性質的措施。",
        "modified": "以大為不同的形式完成。須填佐證材料，並在「已做的工作」說明差異。",
        "completed": "所承諾的事項已經落實。須填佐證材料。",
        "not-pursued": "貴方已決定不再推行。須在「已做的工作」說明理由。",
    },
    "zh-Hans": {
        "not-started": "尚未采取任何步骤。",
        "in-progress": "除宣布外已有具体步骤，但所承诺的事项尚未落实。",
        "continuing": "已按承诺展开工作，而工作并无终点。只适用于持续或探讨性质的措施。",
        "modified": "以大为不同的形式完成。须填佐证材料，并在“已做的工作”说明差异。",
        "completed": "所承诺的事项已经落实。须填佐证材料。",
        "not-pursued": "贵方已决定不再推行。须在“已做的工作”说明理由。",
    },
}


class Line(NamedTuple):
    """A row of a form: the measure where it stands, and the texts of its locked cells."""

    standing: Standing
    locked: Sequence[str]


def lines(register: Register, body: Body, day: str, lang: str) -> list[Line]:
    """Return a form's rows: the measures that a body answers for, in the register's order."""
    found = []
    for measure in register.measures(day):
        standing = register.standing(measure, day)
        if any(owner["body"] == body.code for owner in standing.owners):
            found.append(Line(standing, _locked(standing, register, body, lang)))
    return found


def cover_words(lang: str) -> frozenset[str]:
    """Return all that stands on the cover, but for whom, which round and from what it was drawn."""
    statuses = [labels(status)[lang] or "" for status in TYPED]
    return frozenset((*PHRASES[lang].values(), *ADVICE[lang], *statuses, *MEANINGS[lang].values()))


def legal(kind: str) -> list[Status]:
    """Return the statuses that a measure of a kind may have."""
    return [status for status in TYPED if status != Status.CONTINUING or kind != Kind.DELIVERABLE]


def _locked(standing: Standing, register: Register, body: Body, lang: str) -> list[str]:
    measure = standing.measure
    wording = inert(in_language(measure.title, lang))
    if measure.summary and lang == "en":  # summaries are kept in English alone
        wording += f"\n{inert(measure.summary)}"
    area = register.areas.get(measure.area)
    return [
        measure.ref,
        wording,
        inert(in_language(area.name, lang) if area else measure.area),
        _target(standing, lang),
        inert(last_update(standing, body.side, lang)),
        inert(standing.next_of(body, register.bodies) or ""),
    ]


def _target(standing: Standing, lang: str) -> str:
    if standing.target is None:
        return ""
    day = in_words(standing.target["date"], standing.target["precision"])
    return f"{day} ({PHRASES[lang]['implied']})" if standing.target["basis"] == "implied" else day


def last_entry(standing: Standing, side: str) -> Entry | None:
    """Return the last entry that is a word for a side: any return, or a finding that supports a status."""
    words = (
        entry
        for entry in reversed(standing.events)
        if side in sides_of(entry) and (entry.by or (entry.event == Event.FINDING and entry.status))
    )
    return next(words, None)


def last_update(standing: Standing, side: str, lang: str) -> str:
    """Return a side's last word in a line: status, day, who says so, what was done."""
    entry = last_entry(standing, side)
    said = _dated(label(standing.word_of(side).status), entry, lang)
    return f"{said}: {done(entry)}" if entry and done(entry) else said


def _dated(said: str, entry: Entry | None, lang: str = "en") -> str:
    if entry is None:
        return said
    day = in_words(entry.on or "", entry.precision or "day")
    return f"{said}, {day}, {entry.by or PHRASES[lang]['record']}"


def done(entry: Entry) -> str:
    """Return what an entry says was done; a reason where it has no remark."""
    return entry.remark or entry.reason or ""


def stands(standing: Standing, register: Register, body: Body) -> dict[str, str]:
    """Return what the register says of each thing that a form asks for, for the body's side; a status with its day."""
    entry = last_entry(standing, body.side)
    heard = (other for other in reversed(standing.events) if body.side in sides_of(other))
    return {
        "status": _dated(short_label(standing.word_of(body.side).status), entry),
        "done": done(entry) if entry else "",
        "next": standing.next_of(body, register.bodies) or "",
        "attention": next((other.attention for other in heard if other.attention), ""),
    }
