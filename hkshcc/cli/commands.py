"""Which commands there are: data alone, for the parser, the help, the man page and the modules named in it."""

from typing import NamedTuple

from hkshcc.language import N_


class Command(NamedTuple):
    """A command: its panel and its line in the help of all, where its function is, its own help, and examples."""

    panel: str
    module: str
    function: str
    short: str  # at most 28 columns, that two panels stand side by side
    about: str
    examples: tuple[str, ...]


READ, WRITE, EXCHANGE, REGISTER = N_("Read"), N_("Write"), N_("Exchange"), N_("Register")
COMMANDS = {
    "list": Command(
        READ, "query", "list_measures",
        N_("list measures"), N_("List measures, one per line."),
        (
            "hkshcc list finance", "hkshcc list --silent --owner DoJ",
            "hkshcc list --due-within 30d", "hkshcc list --as-of 2022-08-30",
            "hkshcc list --area finance --format csv -o finance.csv",
        ),
    ),
    "show": Command(
        READ, "query", "show",
        N_("show a measure in full"), N_("Show everything recorded about a measure, or about a document signed."),
        ("hkshcc show 5-FIN-3c", "hkshcc show fin-3c law-2b", "hkshcc show 5-FIN-3c --as-of 2022-08-30",
         "hkshcc show 5-DOC-2"),
    ),
    "report": Command(
        READ, "report", "report",
        N_("report overall progress"), N_("Report the progress of all measures, and what needs attention."),
        ("hkshcc report", "hkshcc report finance", "hkshcc report --group owner",
         "hkshcc report --as-of 2022-08-30 -o report.md", "hkshcc report -o paper.docx"),
    ),
    "timeline": Command(
        READ, "pictures", "timeline",
        N_("show measures over time"),
        N_("Show each measure over time: its status, a sign for each piece of evidence, its target date."),
        ("hkshcc timeline", "hkshcc timeline finance", "hkshcc timeline --status in-progress -o timeline.svg"),
    ),
    "history": Command(
        READ, "query", "history",
        N_("show every entry"), N_("Show every entry, oldest first, including those withdrawn."),
        (
            "hkshcc history 5-FIN-3c",
            "hkshcc history fin-3c --as-of 2024-12-31",
            "hkshcc history --format csv",
        ),
    ),
    "changes": Command(
        READ, "tracking", "changes",
        N_("show changes since a day"),
        N_("Show what changed since a day: completed, moved, postponed, first reported, still silent."),
        ("hkshcc changes --since 5th-plenary", "hkshcc changes --since 90d",
         "hkshcc changes --since 2024-01-01 --until 2024-12-31"),
    ),
    "todo": Command(
        READ, "tracking", "todo",
        N_("show what to do next"),
        N_("Show on which measures something is to be done, most pressing first, with the reasons."),
        ("hkshcc todo", "hkshcc todo --owner FSTB", "hkshcc todo finance --format csv"),
    ),
    "chase": Command(
        READ, "tracking", "chase",
        N_("show who owes returns"),
        N_("Show what each body owes: the last update, its age, and what it said it would do. Nothing is sent."),
        (
            "hkshcc chase FSTB",
            "hkshcc chase",
            "hkshcc chase DoJ --lang zh-Hant",
            "hkshcc chase --out letters --format docx --return-to office@example.org",
        ),
    ),
    "evidence": Command(
        READ, "evidence", "evidence",
        N_("list evidence, keep copies"),
        N_("List the evidence on measures, a row a piece; `hkshcc evidence keep` keeps a copy of one."),
        ("hkshcc evidence 5-FIN-3c", "hkshcc evidence finance --format csv",
         N_("hkshcc evidence keep 5-FIN-3c 1 notice.pdf")),
    ),
    "areas": Command(
        READ, "query", "areas",
        N_("list areas"), N_("List the areas of co-operation, with the number of measures in each."),
        (
            "hkshcc areas",
            "hkshcc areas --as-of 2022-08-30",
            "hkshcc areas --format csv -o areas.csv",
        ),
    ),
    "bodies": Command(
        READ, "bodies", "bodies",
        N_("list or add bodies"), N_("List the bodies of both sides and the measures of each, or add a body."),
        (
            "hkshcc bodies",
            N_("hkshcc bodies add XYZ --side hk --name Example"),
            "hkshcc bodies --format csv -o bodies.csv",
        ),
    ),
    "plenary": Command(
        READ, "plenaries", "plenary",
        N_("list or add plenaries"), N_("List the plenaries, show one, or add one."),
        (
            "hkshcc plenary show 5",
            "hkshcc plenary",
            N_("hkshcc plenary add 7 --date 2026-11-20 --place Shanghai"),
        ),
    ),
    "instruments": Command(
        READ, "query", "instruments",
        N_("list documents signed"), N_("List the documents signed, and the progress of the measures under them."),
        (
            "hkshcc instruments",
            "hkshcc instruments --by year",
            "hkshcc instruments --format csv -o documents.csv",
        ),
    ),
    "update": Command(
        WRITE, "updates", "update",
        N_("record a report or finding"), N_("Record what an owner reports (--by), or what public sources show."),
        (
            "hkshcc update 5-LAW-2b --status in-progress --by DoJ",
            N_('hkshcc update 5-FIN-1 --by FSTB --next "Meet again" --next-by "May 2027"'),
            "hkshcc update fin-3c law-2b --status in-progress --on 2026-10-15 --dry-run",
            "hkshcc update 5-FIN-1 5-FIN-2a --by FSTB --nil",
        ),
    ),
    "done": Command(
        WRITE, "updates", "done",
        N_("mark measures completed"), N_("Mark measures completed, with the evidence for it."),
        (
            "hkshcc done 5-FIN-3c --evidence https://example.org/notice",
            "hkshcc done 5-FIN-3c --by HKEX --evidence https://example.org/notice",
            N_('hkshcc done fin-3c law-2b --evidence "Letter of 3 May" --dry-run'),
        ),
    ),
    "accept": Command(
        WRITE, "updates", "accept",
        N_("record an acceptance"),
        N_("Record that the conference accepted closed measures as closed, at a plenary or on a day."),
        (
            "hkshcc accept 5-TEC-1a --at 6th-plenary",
            "hkshcc accept 5-MKT-1c 5-EDU-2b --at 2026-10-15",
            "hkshcc accept cul-1b --at 6th-plenary --dry-run",
        ),
    ),
    "note": Command(
        WRITE, "updates", "note",
        N_("add a note to a measure"), N_("Add a note to a measure, which says nothing about its status."),
        (
            N_('hkshcc note 5-FIN-1 "Agenda asked for"'),
            N_('hkshcc note fin-1 "Agenda received" --on 2026-10-15'),
            N_('hkshcc note fin-1 "Not yet sent" --dry-run'),
        ),
    ),
    "assign": Command(
        WRITE, "measures", "assign",
        N_("add an owner"), N_("Add an owner to a measure, with the reason."),
        (
            N_('hkshcc assign 5-EDU-1a CMAB --reason "Named in reply"'),
            N_('hkshcc assign edu-1a LCSD --instead-of EDB --reason "Moved"'),
            N_('hkshcc assign fin-1 CMAB --reason "To be confirmed" --dry-run'),
        ),
    ),
    "retarget": Command(
        WRITE, "measures", "retarget",
        N_("move a target date"),
        N_("Move a measure's target date, with the reason; the original date stays on record."),
        (
            N_('hkshcc retarget 5-HEA-2b 2027-Q2 --reason "Extended"'),
            N_('hkshcc retarget hea-2b "H2 2027" --reason "Extended again"'),
            N_('hkshcc retarget hea-2b "31 Mar 2028" --reason "Proposed" --dry-run'),
        ),
    ),
    "add": Command(
        WRITE, "measures", "add",
        N_("add a measure"), N_("Add a measure; the answer begins with its ref."),
        (
            N_('hkshcc add --plenary 6 --area finance --title "A measure"'),
            N_('hkshcc add --area finance --title "Another" --owner FSTB --target 2027'),
            N_('hkshcc add --plenary 6 --area legal --title "A third measure" --dry-run'),
        ),
    ),
    "criteria": Command(
        WRITE, "measures", "criteria",
        N_("say what would count"),
        N_("Say when a measure is fulfilled, before it is reported; what is not given stays as it was."),
        (
            N_('hkshcc criteria 5-FIN-3c --done-when "Bonds trade both ways"'),
            "hkshcc criteria 5-FIN-3c --agreed-by both",
            "hkshcc criteria fin-3c --agreed-by hk --dry-run",
        ),
    ),
    "amend": Command(
        WRITE, "updates", "amend",
        N_("correct the last update"),
        N_("Correct the last update or note, or a given entry: it is withdrawn and recorded anew, as one change."),
        (
            N_('hkshcc amend --remark "Met three times"'),
            "hkshcc amend 5-FIN-1 --on 2026-10-15",
            N_('hkshcc amend fin-1 --remark "Met four times" --dry-run'),
        ),
    ),
    "undo": Command(
        WRITE, "undo", "undo",
        N_("undo a change"), N_("Undo the last change, or a given entry. An undo can itself be undone."),
        (
            "hkshcc undo",
            N_('hkshcc undo --reason "Wrong measure"'),
            "hkshcc undo 5-FIN-3c",
        ),
    ),
    "form": Command(
        EXCHANGE, "forms", "form",
        N_("create return forms"), N_("Create a return form in Excel for a body: a row for each measure that it owns."),
        (
            "hkshcc form FSTB -o FSTB.xlsx",
            "hkshcc form SH-Finance -o SH-Finance.xlsx --lang zh-Hans",
            "hkshcc form FSTB DoJ --out forms",
        ),
    ),
    "merge": Command(
        EXCHANGE, "forms", "merge",
        N_("read returned forms"),
        N_("Read returned forms and compare each row with the register; --apply records them."),
        (
            "hkshcc merge FSTB.xlsx",
            "hkshcc merge FSTB.xlsx --apply",
            "hkshcc merge FSTB.xlsx --take theirs 5-FIN-1 --apply",
        ),
    ),
    "export": Command(
        EXCHANGE, "export", "export",
        N_("export to Excel, CSV, JSON"),
        N_(
            "Export to Excel, CSV, Markdown or a calendar; to JSON, a complete copy of the register; or to a folder to"
            " publish."
        ),
        ("hkshcc export -o register.xlsx", "hkshcc export finance -o finance.csv", "hkshcc export -o copy.json",
         "hkshcc export --site public --public"),
    ),
    "picture": Command(
        EXCHANGE, "pictures", "picture",
        N_("draw a picture (SVG)"),
        N_("Draw a picture for a paper or a page: steps, lanes or matrix."),
        (
            "hkshcc picture steps -o steps.svg", "hkshcc picture lanes finance -o finance.svg",
            "hkshcc picture matrix -o matrix.svg",
        ),
    ),
    "import": Command(
        EXCHANGE, "imports", "imports",
        N_("import releases or copies"),
        N_("Import a press release, an edited sheet, or another copy of the register."),
        (
            N_("hkshcc import release FILE"),
            N_("hkshcc import measures FILE"),
            N_("hkshcc import register FILE"),
        ),
    ),
    "schema": Command(
        EXCHANGE, "schema", "schema",
        N_("show a JSON Schema"), N_("Show the JSON Schema of what a command prints for programs, or list them all."),
        ("hkshcc schema", "hkshcc schema list", "hkshcc schema hkshcc.show/1 -o show.schema.json"),
    ),
    "round": Command(
        REGISTER, "rounds", "rounds",
        N_("open or close a round"), N_("Open, close and list reporting rounds."),
        (
            "hkshcc round open 2026H2 --due 2026-12-31",
            "hkshcc round",
            "hkshcc round close 2026H2",
        ),
    ),
    "init": Command(
        REGISTER, "init", "init",
        N_("create the store"), N_("Create the store, your register file, from the register that ships."),
        ("hkshcc init", "hkshcc init --refresh", "hkshcc init --origin HK", "hkshcc init --empty --store empty.json"),
    ),
    "check": Command(
        REGISTER, "check", "check",
        N_("verify the register"), N_("Verify the whole register, and say what is wrong, if anything."),
        (
            "hkshcc check",
            "hkshcc check --report report.md",
            "hkshcc check --format json",
        ),
    ),
    "merge-driver": Command(
        REGISTER, "merge_driver", "merge_driver",
        N_("merge stores for git"),
        N_("Merge two stores that went on from one, as git asks for it: the second is written."),
        (
            "hkshcc merge-driver %O %A %B",
            'git config merge.hkshcc.driver "hkshcc merge-driver %O %A %B"',
            "echo 'register.json merge=hkshcc' >> .gitattributes",
        ),
    ),
}  # fmt: skip
# What people type who know other tools, and what it is called here.
SYNONYMS = {
    "ls": "list",
    "search": N_("list --search TEXT"),
    "find": N_("list --search TEXT"),
    "status": "report",
    "mark": N_("done REF"),
    "close": N_("done REF"),
    "complete": N_("done REF"),
    "verify": "check",
    "edit": "amend",
    "correct": "amend",
    "log": "history",
    "diff": N_("changes --since WHEN"),
    "delete": "undo",
    "remove": "undo",
    "rm": "undo",
    "version": "--version",
}
# Options of one command that people try on others.
ELSEWHERE = {"--since": "changes --since", "--until": "changes --until"}
