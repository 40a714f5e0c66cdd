"""The words of the register that have a fixed set of values, and their labels in three scripts."""

from enum import StrEnum


class Status(StrEnum):
    """Where a measure stands, judged by its wording. In the order of their counting: the unknown first."""

    UNKNOWN = "unknown"
    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    CONTINUING = "continuing"
    MODIFIED = "modified"
    COMPLETED = "completed"
    NOT_PURSUED = "not-pursued"


class Kind(StrEnum):
    """What sort of commitment a measure is."""

    DELIVERABLE = "deliverable"
    CONTINUING = "continuing"
    EXPLORATORY = "exploratory"


class Event(StrEnum):
    """The kinds of entries; the last six are the register's own."""

    AGREED = "agreed"
    FINDING = "finding"
    RETURN = "return"
    REVISION = "revision"
    NOTE = "note"
    RETRACTION = "retraction"
    PLENARY = "plenary"
    AREA = "area"
    BODY = "body"
    INSTRUMENT = "instrument"
    ROUND = "round"
    EXCHANGE = "exchange"


LANGUAGES = ("en", "zh-Hant", "zh-Hans")
CONFERENCE = {
    "en": "Hong Kong/Shanghai Co-operation Conference",
    "zh-Hant": "滬港合作會議",
    "zh-Hans": "沪港合作会议",
}
# What the conference's names call the place that Hong Kong meets.
PARTNER = frozenset({"Shanghai", "上海", "滬", "沪"})
SIDES = ("hk", "sh")
PRECISIONS = ("day", "month", "quarter", "year")
EVIDENCE_KINDS = ("record", "official", "institution", "professional", "press", "return")

# What stands for a body where a measure has no owner, in a file's name too: no body is called so.
NO_OWNER = "no-owner"

# From least to most advanced; unknown is left out, it says nothing.
RANK = {
    Status.NOT_PURSUED: 0,
    Status.NOT_STARTED: 1,
    Status.IN_PROGRESS: 2,
    Status.CONTINUING: 3,
    Status.MODIFIED: 4,
    Status.COMPLETED: 5,
}
FULFILLED = frozenset({Status.COMPLETED, Status.MODIFIED})
CLOSED = FULFILLED | {Status.NOT_PURSUED}

# A last word older than this many days is stale, unless a command is told another number.
STALE_AFTER_DAYS = 365
# In progress with a last word older than this many days is stalled.
STALLED_AFTER_DAYS = 540

LABELS: dict[str, dict[str, str]] = {
    "en": {
        "unknown": "Nothing known yet",
        "not-started": "Not started",
        "in-progress": "In progress",
        "continuing": "Continuing",
        "completed": "Completed",
        "modified": "Completed in modified form",
        "not-pursued": "Not pursued",
        "hk": "Hong Kong",
        "sh": "Shanghai",
    },
    "zh-Hant": {
        "unknown": "未有資料",
        "not-started": "未開展",
        "in-progress": "推進中",
        "continuing": "持續推行",
        "completed": "已完成",
        "modified": "以調整形式完成",
        "not-pursued": "不再推行",
        "hk": "香港",
        "sh": "上海",
    },
    "zh-Hans": {
        "unknown": "未有资料",
        "not-started": "未开展",
        "in-progress": "推进中",
        "continuing": "持续推行",
        "completed": "已完成",
        "modified": "以调整形式完成",
        "not-pursued": "不再推行",
        "hk": "香港",
        "sh": "上海",
    },
}
_SHORT = {"unknown": "nothing known", "modified": "modified form"}


def label(word: str, lang: str = "en") -> str:
    """Return the label of a status or side in a language (``en``, ``zh-Hant``, ``zh-Hans``)."""
    return LABELS[lang].get(word, word)


def short_label(word: str, lang: str = "en") -> str:
    """Return the label as it stands inside a line or a table: English in lower case and short."""
    return _SHORT.get(word, label(word).lower()) if lang == "en" else label(word, lang)


def in_language(name: dict[str, str | None], lang: str) -> str:
    """Return a name in a language, or in the first language that it has."""
    return name.get(lang) or name.get("en") or next((text for text in name.values() if text), "")
