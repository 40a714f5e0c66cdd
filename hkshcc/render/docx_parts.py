"""What a Word file is made of beside its text: a zip of parts, styles, settings, and what says which part is what.

Written by hand from ECMA-376 (transitional): only what the pages need, in the order that the schema wants, and always
the same bytes for the same content.
"""

import zipfile
from collections.abc import Sequence
from html import escape
from io import BytesIO

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = {
    "word/document.xml": f"{_WORD}.document.main+xml",
    "word/styles.xml": f"{_WORD}.styles+xml",
    "word/settings.xml": f"{_WORD}.settings+xml",
    "word/footer1.xml": f"{_WORD}.footer+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
}
FOOTER = "rId3"  # the footer's relationship; those of links follow it
_FIRST_LINK = 4

# Fonts that each system with Word has; Chinese is set in the script's own.
FONTS = {"en": "Microsoft JhengHei", "zh-Hant": "Microsoft JhengHei", "zh-Hans": "Microsoft YaHei"}
LATIN = "Calibri"
EAST_ASIAN = {"en": "zh-HK", "zh-Hant": "zh-HK", "zh-Hans": "zh-CN"}


def run_look(lang: str) -> tuple[str, str]:
    """Return the fonts and the language of a run: where its properties begin, and where they end."""
    fonts = f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{FONTS[lang]}" w:cs="{LATIN}"/>'
    return fonts, f'<w:lang w:val="en-GB" w:eastAsia="{EAST_ASIAN[lang]}" w:bidi="ar-SA"/>'


def packed(body: str, footer: str, links: Sequence[str], *, lang: str, title: str, day: str) -> bytes:
    """Return a Word file of a body and a footer; ``links`` are the addresses that the body leads to, in their order.

    ``title`` is escaped already; ``day`` (ISO) is when it says that it was made.
    """
    names = f'xmlns:w="{_W}" xmlns:r="{_R}"'
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships([
            ("rId1", f"{_R}/officeDocument", "word/document.xml"),
            ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ("rId3", f"{_R}/extended-properties", "docProps/app.xml"),
        ]),
        "word/document.xml": f"{_HEAD}<w:document {names}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"{_HEAD}<w:styles {names}>{_styles(lang)}</w:styles>",
        "word/settings.xml": f"{_HEAD}<w:settings {names}>{_settings(lang)}</w:settings>",
        "word/footer1.xml": f"{_HEAD}<w:ftr {names}>{footer}</w:ftr>",
        "word/_rels/document.xml.rels": _relationships(
            [
                ("rId1", f"{_R}/styles", "styles.xml"),
                ("rId2", f"{_R}/settings", "settings.xml"),
                (FOOTER, f"{_R}/footer", "footer1.xml"),
            ],
            links,
        ),
        "docProps/core.xml": _core(title, lang, day),
        "docProps/app.xml": _app(),
    }  # fmt: skip
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            # The earliest moment that a zip can say: when it was really made is nobody's business.
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def link_id(place: int) -> str:
    """Return the name of the relationship of a link, by its place among the links."""
    return f"rId{_FIRST_LINK + place}"


def _content_types() -> str:
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in _PARTS.items())
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relationships(parts: Sequence[tuple[str, str, str]], links: Sequence[str] = ()) -> str:
    own = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, kind, target in parts)
    outside = "".join(
        f'<Relationship Id="{link_id(place)}" Type="{_R}/hyperlink" Target="{escape(link)}" TargetMode="External"/>'
        for place, link in enumerate(links)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{own}{outside}</Relationships>'


def _core(title: str, lang: str, day: str) -> str:
    moment = f'xsi:type="dcterms:W3CDTF">{day}T00:00:00Z'
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:creator>hkshcc</dc:creator><dc:language>{lang}</dc:language>"
        f"<cp:lastModifiedBy>hkshcc</cp:lastModifiedBy><dcterms:created {moment}</dcterms:created>"
        f"<dcterms:modified {moment}</dcterms:modified></cp:coreProperties>"
    )


def _app() -> str:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'{_HEAD}<Properties xmlns="{kind}"><Application>hkshcc</Application></Properties>'


def _settings(lang: str) -> str:
    return (
        '<w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        f'</w:compat><w:themeFontLang w:val="en-GB" w:eastAsia="{EAST_ASIAN[lang]}"/>'
    )


def _styles(lang: str) -> str:
    fonts, language = run_look(lang)
    normal = '<w:spacing w:after="120" w:line="264" w:lineRule="auto"/>'
    return (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="21"/><w:szCs w:val="21"/>{language}</w:rPr>'
        f"</w:rPrDefault><w:pPrDefault><w:pPr>{normal}</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        f"{_heading(1, 32, before=0)}{_heading(2, 26, before=320)}{_heading(3, 23, before=240)}"
        '<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/>'
        '<w:uiPriority w:val="99"/><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
        '<w:rPr><w:color w:val="4A5560"/><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Cell"><w:name w:val="Cell"/>'
        '<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:before="20" w:after="20" w:line="240"'
        ' w:lineRule="auto"/></w:pPr><w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>'
    )


def _heading(level: int, size: int, before: int) -> str:
    """Return the style of a heading; its size is in half points, the room before it in twentieths of a point."""
    return (
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:uiPriority w:val="9"/><w:qFormat/><w:pPr><w:keepNext/>'
        f'<w:keepLines/><w:spacing w:before="{before}" w:after="120" w:line="240" w:lineRule="auto"/>'
        f'<w:outlineLvl w:val="{level - 1}"/></w:pPr><w:rPr><w:b/><w:bCs/><w:color w:val="1F3864"/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )
