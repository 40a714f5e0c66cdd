"""Which commands there are: data alone, for the parser, the help, the man page and the modules named in it."""

from typing import NamedTuple


class Command(NamedTuple):
    """A command: the panel of the help that it stands in, where its function is, and an example."""

    panel: str
    module: str
    function: str
    example: str


COMMANDS = {
    "list": Command("Read", "query", "list_measures", "hkshcc list --area finance"),
    "show": Command("Read", "query", "show", "hkshcc show 5-FIN-3c"),
    "report": Command("Read", "query", "report", "hkshcc report --group owner"),
    "history": Command("Read", "query", "history", "hkshcc history 5-FIN-3c"),
    "changes": Command("Read", "tracking", "changes", "hkshcc changes --since 5th-plenary"),
    "chase": Command("Read", "tracking", "chase", "hkshcc chase --owner FSTB"),
    "areas": Command("Read", "query", "areas", "hkshcc areas"),
    "bodies": Command("Read", "admin", "bodies", "hkshcc bodies add XYZ --side hk --name Example"),
    "plenary": Command("Read", "admin", "plenary", "hkshcc plenary show 5"),
    "instruments": Command("Read", "query", "instruments", "hkshcc instruments"),
    "update": Command("Write", "edit", "update", "hkshcc update 5-LAW-2b --status in-progress --by DoJ"),
    "done": Command("Write", "edit", "done", "hkshcc done 5-FIN-3c --evidence https://example.org/notice"),
    "note": Command("Write", "edit", "note", 'hkshcc note 5-FIN-1 "Agenda asked for"'),
    "assign": Command("Write", "edit", "assign", 'hkshcc assign 5-EDU-1a CMAB --reason "Named in reply"'),
    "retarget": Command("Write", "edit", "retarget", 'hkshcc retarget 5-HEA-2b 2027-Q2 --reason "Extended"'),
    "add": Command("Write", "edit", "add", 'hkshcc add --plenary 6 --area finance --title "A measure"'),
    "undo": Command("Write", "edit", "undo", "hkshcc undo"),
    "form": Command("Exchange", "forms", "form", "hkshcc form --owner FSTB -o FSTB.xlsx"),
    "merge": Command("Exchange", "forms", "merge", "hkshcc merge FSTB.xlsx --apply"),
    "export": Command("Exchange", "exchange", "export", "hkshcc export -o register.xlsx"),
    "import": Command("Exchange", "exchange", "imports", "hkshcc import release FILE"),
    "round": Command("Register", "admin", "rounds", "hkshcc round open 2026H2 --due 2026-12-31"),
    "init": Command("Register", "admin", "init", "hkshcc init"),
    "check": Command("Register", "admin", "check", "hkshcc check"),
}
# What people type who know other tools, and what it is called here.
SYNONYMS = {
    "ls": "list",
    "search": "list --search TEXT",
    "find": "list --search TEXT",
    "status": "report",
    "mark": "done REF",
    "close": "done REF",
    "complete": "done REF",
    "verify": "check",
    "help": "--help",
}
GLOBAL_OPTIONS = "--store PATH, --lang, --color and --no-pager may stand anywhere; hkshcc --help tells of them."
