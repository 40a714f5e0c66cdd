"""How a page in HTML looks: on a screen, light or dark, however narrow, and on paper."""

from functools import reduce

from hkshcc.render.looks import COLOURS, LOOKS

# Each can be read on the page and the page's own colour on each (contrast 4.5), in the light and in the dark.
LIGHT = {
    "red": "#b42318", "grey": "#5d646e", "purple": "#7a3ea1", "amber": "#8f5200", "blue": "#1a5fb4", "pale": "#53748c",
    "olive": "#566800", "green": "#1d6b38",
}  # fmt: skip
DARK = {
    "red": "#ff9a91", "grey": "#a5adb8", "purple": "#d5b0f5", "amber": "#e5b454", "blue": "#8cbcf5", "pale": "#a3bed2",
    "olive": "#bdcf6a", "green": "#83cf97",
}  # fmt: skip
_ROLES = "".join(f".{role}{{--c:var(--{look})}}" for role, look in LOOKS.items() if look in COLOURS)


def _colours(colours: dict[str, str], page: str, ink: str, dim: str, rule: str, link: str) -> str:
    own = {"page": page, "ink": ink, "dim": dim, "rule": rule, "link": link}
    return ";".join(f"--{name}:{value}" for name, value in (own | colours).items())


_LIGHT = _colours(LIGHT, "#fff", "#16191d", "#565c64", "#d9dce1", "#14507f")
_DARK = _colours(DARK, "#14171b", "#e9ebee", "#a3a9b1", "#343a42", "#94c4f2")

_SCREEN = """
:root{color-scheme:light dark;%LIGHT%}
@media(prefers-color-scheme:dark){:root{%DARK%}}
%ROLES%
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0 auto;max-width:60rem;padding:1.5rem 1.25rem 3rem;background:var(--page);color:var(--ink);
font:1.0625rem/1.6 -apple-system,"Segoe UI",Roboto,"Noto Sans",system-ui,"Helvetica Neue",Arial,sans-serif;
overflow-wrap:anywhere}
:lang(zh-Hant){font-family:"PingFang HK","Microsoft JhengHei","Noto Sans HK","Noto Sans CJK HK","Noto Sans CJK TC",
system-ui,sans-serif}
:lang(zh-Hans){font-family:"PingFang SC","Microsoft YaHei","Noto Sans SC","Noto Sans CJK SC",system-ui,sans-serif}
h1,h2,h3,.figures dt{font-family:"Iowan Old Style",Charter,"Bitstream Charter","Sitka Heading",Cambria,Georgia,
"Noto Serif","Liberation Serif",serif}
:lang(zh-Hant) :is(h1,h2,h3),:lang(zh-Hans) :is(h1,h2,h3){font-family:inherit;letter-spacing:0}
h1{font-size:clamp(1.65rem,1.15rem + 1.9vw,2.35rem);line-height:1.18;font-weight:700;letter-spacing:-.01em;
margin:.2em 0 .4em;text-wrap:balance;max-width:44rem}
:lang(zh-Hant) h1,:lang(zh-Hans) h1{font-size:clamp(1.5rem,1.1rem + 1.5vw,2rem);line-height:1.3}
.whole-word{white-space:nowrap}
h2{font-size:1.4rem;line-height:1.3;margin:2.4em 0 .6em;padding-top:.55em;border-top:3px solid var(--ink);
text-wrap:balance}
h3{font-size:1.15rem;line-height:1.35;margin:1.8em 0 .5em}
h1+p{font-size:1.15rem;color:var(--dim);margin-top:0}
p,dl,ul,table{margin:0 0 1rem}
p,dd{max-width:44rem}
.next{margin-top:-.75rem}
a{color:var(--link);text-decoration-thickness:.06em;text-underline-offset:.18em}
.self{color:inherit;text-decoration:none}
a:hover{text-decoration-line:underline;text-decoration-thickness:.12em}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}
:target{background:color-mix(in srgb,var(--amber) 14%,transparent)}
.ref{font-weight:600;white-space:nowrap;font-variant-numeric:tabular-nums;font-family:inherit}
h1 .ref,h2 .ref{display:block;font:600 .95rem/1.4 -apple-system,"Segoe UI",Roboto,"Noto Sans",system-ui,Arial,
sans-serif;color:var(--dim);letter-spacing:.02em}
.long{white-space:normal}
.dim,s{color:var(--dim)}
.bad{color:var(--red);font-weight:600}
.status,.count{color:var(--c);font-weight:600;overflow-wrap:break-word;word-break:keep-all}
.signs{color:var(--c);font-family:ui-monospace,"Noto Sans Mono",Menlo,Consolas,monospace}
.status::before{content:"●\\a0";content:"●\\a0" / "";font:1.2em/0 Arial,Helvetica,sans-serif;vertical-align:-.05em}
.top{display:flex;flex-wrap:wrap;gap:.3rem 1.5rem;justify-content:space-between;align-items:baseline;
border-bottom:1px solid var(--rule);padding-bottom:.6rem;margin-bottom:1.6rem;font-size:.9rem;color:var(--dim)}
.top p{margin:0;font-weight:600;letter-spacing:.01em}
.top ol,.top ul,footer ul{display:flex;flex-wrap:wrap;gap:.1rem .9rem;list-style:none;margin:0;padding:0}
.top ol li+li::before{content:"/";margin-inline-end:.9rem;color:var(--rule)}
.whole{margin:1.2rem 0 1.4rem}
.whole .bar{height:1.1rem}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:1.4rem 1.6rem;margin:0 0 1.8rem}
.figures div{border-top:3px solid var(--c,var(--ink));padding-top:.5rem}
.figures dt{font-size:2.9rem;line-height:1.05;font-weight:700;color:var(--c,var(--ink));
font-variant-numeric:lining-nums}
.figures dd{margin:.35rem 0 0;font-size:.95rem;line-height:1.4}
.values div{display:grid;grid-template-columns:minmax(7.5rem,11rem) 1fr;gap:0 1.2rem;padding:.4rem 0;
border-top:1px solid var(--rule)}
.values dt{color:var(--dim)}
.values dd{margin:0}
table{border-collapse:collapse;width:100%;font-size:.97rem;line-height:1.45;font-variant-numeric:tabular-nums}
th,td{text-align:start;vertical-align:top;padding:.5rem 1.1rem .5rem 0;font-weight:400}
th:last-child,td:last-child{padding-inline-end:0}
thead th{font-size:.85rem;color:var(--dim);border-bottom:2px solid var(--ink);vertical-align:bottom;padding-block:.3rem}
tbody tr{border-bottom:1px solid var(--rule)}
.right{text-align:end}
.level1>:first-child{padding-inline-start:1.2rem}
.level2>:first-child{padding-inline-start:2.4rem}
.numbers td,thead th{overflow-wrap:normal}
.many thead .right{writing-mode:vertical-rl;white-space:nowrap;text-align:end}
.many :is(th,td){padding-inline-end:.6rem}
.many tbody th{overflow-wrap:normal}
.rows tbody th{min-width:6.4em}
.full td{min-width:4.5em}
.numbers th:first-child{min-width:7.5rem}
.numbers td,.numbers thead .right{white-space:nowrap}
.bars th:first-child{width:38%}
.bars td:last-child{width:45%}
.bar{display:block;width:100%;height:1.45rem;overflow:visible;forced-color-adjust:none}
.bar rect{fill:var(--c);stroke:var(--page);stroke-width:1.5px}
.bar text{fill:var(--page);font-size:.8rem;font-weight:600;text-anchor:middle}
td>.total{display:inline-block;min-width:1.6em}
td>.total+.bar{height:.6rem;width:calc(100% - 1rem);margin-top:.2rem}
td>.total+.bar text{display:none}
.words{display:block;font-size:.85rem;color:var(--dim);margin-top:.15rem}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;list-style:none;padding:0;font-size:.88rem;color:var(--dim)}
.legend i{display:inline-block;margin-inline-end:.4em;border:.375em solid var(--c)}
.details{list-style:none;margin:.15rem 0 0;padding:0;font-size:.93rem;color:var(--dim);line-height:1.45}
.details .status{font-weight:400}
.items{list-style:none;padding:0;display:grid;column-gap:1.3rem}
.items>li{display:grid;grid-column:1/-1;grid-template-columns:subgrid;padding:.55rem 0;
border-bottom:1px solid var(--rule);line-height:1.5}
.c1{grid-template-columns:1fr}.c2{grid-template-columns:max-content 1fr}
.c3{grid-template-columns:max-content max-content 1fr}
.c4{grid-template-columns:max-content 1fr max-content max-content}
figure{margin:1.2rem 0 1.6rem;overflow-x:auto}
figure :is(svg,img){display:block;width:100%;min-width:38rem;height:auto}
.main{min-width:0;max-width:44rem}
footer{margin-top:3rem;padding-top:.8rem;border-top:1px solid var(--rule);font-size:.88rem;color:var(--dim)}
footer p{margin:0 0 .15rem}
%BLOCKS%
"""
# A row as a block of its own, where its columns have no room beside one another.
_STACKED = """
%T% thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
%T%,%T% tbody{display:block}
%T% tr{display:flex;flex-wrap:wrap;gap:.1rem 1.1rem;padding:.6rem 0}
%T% :is(th,td){padding:0;text-align:start}
%T% :is(th:not(.right),.main){flex-basis:100%}
%T% :is(th,td).none{display:none}
%T% td[data-label]::before{content:attr(data-label) ": ";color:var(--dim);font-size:.88rem}
%T%:lang(zh) td[data-label]::before{content:attr(data-label) "："}
%T% td>.total+.bar{display:none}
""".strip()
_NARROW = """
@media(max-width:40rem){
figure :is(svg,img){min-width:60rem}
body{font-size:1rem;padding:1rem .9rem 2rem}
.figures{grid-template-columns:repeat(auto-fill,minmax(8rem,1fr));gap:1.1rem 1rem}
.figures dt{font-size:2.3rem}
.values div{grid-template-columns:1fr}
.items>li,.items{display:block}
.items>li>*{margin-inline-end:.6rem}
.items>li>.main{display:block;margin:0}
.bars thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.bars,.bars tbody{display:block}
%ROWS%
.bars tr{display:grid;grid-template-columns:1fr auto;padding:.5rem 0;column-gap:1rem}
.bars :is(th,td){padding:0;width:auto!important}
.bars :is(td,th):last-child{grid-column:1/-1;padding-top:.25rem}
.numbers{font-size:.9rem}
.numbers :is(th,td){padding-inline-end:.5rem}
.numbers thead .right{white-space:normal}
.level1>:first-child{padding-inline-start:.6rem}
.level2>:first-child{padding-inline-start:1.2rem}
}
"""
_MEDIUM = """
@media screen and (max-width:62rem){
%FULL%
}
"""
_PAPER = """
@page{size:A4;margin:18mm 16mm 20mm}
@media print{
:root{color-scheme:light;%LIGHT%}
html{font-size:9.5pt}
body{max-width:none;padding:0;font-size:1rem;line-height:1.45}
h1{font-size:2rem}
.figures{grid-template-columns:repeat(4,1fr);gap:4mm}
tr>*{padding-block:.3rem}
.bar{height:1.2rem}
footer{margin-top:1rem}
h2{margin-top:1.5em}
.whole,.figures,.legend{margin-block:.8rem}
.bars tr>*{padding-block:.2rem}
h1,h2,h3,thead,.legend{break-after:avoid}
tr,.items>li,.values div,.figures div,.bar{break-inside:avoid}
thead{display:table-header-group}
a{color:inherit;text-decoration:none}
a[href^=http]::after{content:attr(href);color:var(--dim)}
.short,.languages,footer nav{display:none}
}
"""
_NAMED = {
    "%ROWS%": _STACKED.replace("%T%", ".rows"),
    "%FULL%": _STACKED.replace("%T%", ".full"),
    "%BLOCKS%": _STACKED.replace("%T%", ".blocks"),
    "%ROLES%": _ROLES,
    "%LIGHT%": _LIGHT,
    "%DARK%": _DARK,
}
STYLE = reduce(lambda sheet, name: sheet.replace(name, _NAMED[name]), _NAMED, _SCREEN + _MEDIUM + _NARROW + _PAPER)
