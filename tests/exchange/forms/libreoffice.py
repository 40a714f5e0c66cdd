"""Makes the form that LibreOffice saved anew, which the tests read: ``python -m tests.exchange.forms.libreoffice``.

It needs ``soffice`` (in Debian: apt-get install libreoffice-calc-nogui). The file in the repository was saved by 7.4.7.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

from tests import nasty
from tests.exchange.forms.bureau import LINK, REF, fill, issue, merge

SAVED = Path(__file__).with_suffix(".xlsx")
ANSWER = {"status": "Completed", "on": 46310, "done": "It flies\nand lands, 沙田 & <more>", "evidence": LINK}


def main() -> None:
    """Draw a form, fill it in, let LibreOffice save it, and see that it is merged as it was filled in."""
    with tempfile.TemporaryDirectory() as folder:
        store = nasty.write(Path(folder, "register.json"))
        filled = fill(issue(store), {REF: ANSWER}, "filled.xlsx")
        out = Path(folder, "out")
        kind = "xlsx:Calc MS Excel 2007 XML"
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
             "--convert-to", kind, "--outdir", out, filled],
            check=True, capture_output=True, timeout=300,
        )  # fmt: skip
        ran = merge(store, out / filled.name)
        assert ran.lines[0] == "1 return to record, 6 unchanged, 0 conflicts, 0 refused", ran
        shutil.copyfile(out / filled.name, SAVED)


if __name__ == "__main__":
    main()
