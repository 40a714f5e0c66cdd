"""The words of the register that have a fixed set of values, and their labels."""

from enum import StrEnum

from hkshcc.language import N_, _, current, in_every_language


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
    """The kinds of entries; the last eight are the register's own."""

    AGREED = "agreed"
    FINDING = "finding"
    RETURN = "return"
    REVISION = "revision"
    NOTE = "note"
    ACCEPTANCE = "acceptance"
    CRITERIA = "criteria"
    RETRACTION = "retraction"
    PLENARY = "plenary"
    AREA = "area"
    BODY = "body"
    INSTRUMENT = "instrument"
    ROUND = "round"
    EXCHANGE = "exchange"
    ORIGIN = "origin"
    KEY = "key"


CONFERENCE = {
    "en": "Hong Kong/Shanghai Co-operation Conference",
    "zh-Hant": "滬港合作會議",
    "zh-Hans": "沪港合作会议",
}
# What the conference's names call the place that Hong Kong meets.
PARTNER = frozenset({"Shanghai", "上海", "滬", "沪"})
SIDES = ("hk", "sh")
PRECISIONS = ("day", "month", "quarter", "half", "year")
UNCLASSIFIED = "unclassified"  # the kind of evidence whose kind nobody said
EVIDENCE_KINDS = ("record", "official", "institution", "professional", "press", "return", UNCLASSIFIED)

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
ACTING = FULFILLED | {Status.IN_PROGRESS, Status.CONTINUING}

# What has neither an update nor evidence for more than this many days is stale, unless a command is told another
# number; a continuing measure has lapsed then.
STALE_AFTER_DAYS = 365
# In progress with neither for more than this many days is stalled.
STALLED_AFTER_DAYS = 540

# What is to be done within so many days is due soon.
DUE_SOON_DAYS = 30

LABELS = {
    "unknown": N_("Status not established"),
    "not-started": N_("Not started"),
    "in-progress": N_("In progress"),
    "continuing": N_("Continuing"),
    "completed": N_("Completed"),
    "modified": N_("Completed in modified form"),
    "not-pursued": N_("Not pursued"),
    "hk": N_("Hong Kong"),
    "sh": N_("Shanghai"),
}
_SHORT = {
    "unknown": N_("not established"),
    "not-started": N_("not started"),
    "in-progress": N_("in progress"),
    "continuing": N_("continuing"),
    "completed": N_("completed"),
    "modified": N_("modified form"),
    "not-pursued": N_("not pursued"),
}


def label(word: str) -> str:
    """Return the label of a status or side, in the current language."""
    return _(LABELS[word]) if word in LABELS else word


def short_label(word: str) -> str:
    """Return the label as it stands inside a line or a table: short, and in English in lower case."""
    return _(_SHORT[word]) if word in _SHORT else label(word)


_KINDS = {
    "deliverable": N_("deliverable"),
    "continuing": N_("continuing (kind)"),
    "exploratory": N_("exploratory"),
}


def kind_label(kind: str) -> str:
    """Return what a kind of measure is called, in the current language."""
    return kind_labels(kind)[current()] or kind


def kind_labels(kind: str) -> dict[str, str | None]:
    """Return what a kind of measure is called by language; in English its own name."""
    return {**in_every_language(_KINDS[kind]), "en": kind} if kind in _KINDS else {"en": kind}


_EVIDENCE = {
    "return": N_("reported by the owner"),
    "record": N_("official record"),
    "official": N_("official statement"),
    "institution": N_("institution"),
    "professional": N_("professional source"),
    "press": N_("press"),
    "unclassified": N_("unclassified"),
}


def evidence_label(kind: str) -> str:
    """Return what a kind of evidence is called, in the current language."""
    return _(_EVIDENCE[kind]) if kind in _EVIDENCE else kind


def with_label(word: str, label: str) -> str:
    """Return a word to type with its label before it, where the word alone says nothing to a reader of Chinese."""
    return word if current() == "en" or label == word else _("{label} ({word})", label=label, word=word)


_NAMES = {
    "measure": N_("measure"),
    "plenary": N_("plenary"),
    "area": N_("area"),
    "area code": N_("area code"),
    "body": N_("body"),
    "instrument": N_("document"),
    "round": N_("round"),
}


def name_label(kind: str) -> str:
    """Return what a kind of thing that entries name is called, in the current language."""
    return _(_NAMES[kind]) if kind in _NAMES else kind


def labels(word: str) -> dict[str, str | None]:
    """Return the label of a status or side by language."""
    return dict(in_every_language(LABELS[word]))


def every_label(status: str) -> set[str]:
    """Return all that a status is called on a screen, long and short, in every language."""
    return {*in_every_language(LABELS[status]).values(), *in_every_language(_SHORT[status]).values()}


def in_language(name: dict[str, str | None], lang: str) -> str:
    """Return a name in a language, or in the first language that it has."""
    return name.get(lang) or name.get("en") or next((text for text in name.values() if text), "")
