"""Words in the names of files that no tool's habit explains, in the languages of the customers.

All are searched in the lower-case name; the first row that stands in it decides.
"""

import re

from portal.board.design import FileRole, Side
from portal.intake.habit import BOTTOM, COPPER, DRAWING, DRILL, LEGEND, MASK, OUTLINE, PASTE, PURPOSE, TOP

AT_END = r"(?:[-_. ](?:top|bottom|bot|front|back))?\.\w+$"
WORDS: tuple[tuple[str, FileRole], ...] = (
    # drawings first: a drill map and an assembly drawing also name a layer
    (r"drill[-_ ]?(?:map|draw|guide|chart|legend|table|ident|symbol|plan)|hole[-_ ]?(?:chart|table)|bohrplan", DRAWING),
    (
        r"assembly|assy|courtyard|crtyd|placement|fab(?!ri)|drawing|zeichnung|best(?:ü|ue)ckung(?!sdruck|sseite)|dokument|comment",
        DRAWING,
    ),
    (r"glue|adhes|kleber|carbon|peel|stack-?up|(?<!un)title|notes?(?![a-z])|v-?score|v-?cut|3d[-_ ]?body", DRAWING),
    (r"(?:component|part|package|body)[-_ ]?outline|designators|pick[-_ ]?(?:and|n|&)[-_ ]?place", DRAWING),
    # only at the end: a board may be called "gold sensor"
    (r"(?:test[-_ ]?points?|stiffeners?|heat[-_ ]?sink|dimensions|bend[-_ ]?area|height|impedance)" + AT_END, DRAWING),
    (r"(?:(?:via[-_ ]?)?(?:plug(?:ging|ged)?|fill(?:ing|ed))|gold|fingers)" + AT_END, DRAWING),
    (r"keep[-_ ]?out|keep[-_ ]?in|mechanical|装配|标注|禁止布线|図面", DRAWING),
    (r"paste|stencil|cream|sm[dt][-_ ]?mas[ck]|pasta|solderpaste|lotpaste|metal[-_ ]?mask", PASTE),
    (r"焊膏|钢网|锡膏|助焊|メタルマスク|クリーム|(?<![a-z])pst(?![a-z])|cr[eè]me|pochoir|паст|трафарет", PASTE),
    (
        r"resist|mask|sold(?:er)?stop|l(?:ö|oe)tstop|vernis|mascara|maschera|masque|stopp|阻焊|防焊|レジスト|паяльн",
        MASK,
    ),
    (r"маск|stop(?:lack|mask)|[eé]pargne|(?<![a-z])msk(?![a-z])", MASK),
    # Altium's layer "Top Solder"; the solder side is another thing
    (r"(?:top|bottom|bot)[-_ ]?solder(?![-_ ]?side)|solder[-_ ]?(?:top|bottom|bot)|(?<![a-z])[tb]stop(?![a-z])", MASK),
    (
        r"silk|legend|overlay|s[eé]rigra|(?<![a-z])[tb](?:place|names)(?![a-z])|文字|best(?:ü|ue)ckungsdruck|丝印|シルク|marking|шелк",
        LEGEND,
    ),
    (r"字符|маркиров|siebdruck|beschriftung|kennzeichnung|(?<![a-z])(?:slk|ident)(?![a-z])", LEGEND),
    (
        r"outline|profile|contour|kontur|umriss|contorno|dimension|edge|border|milling|fr(?:ä|ae)s|(?<!un)rout(?:e|ing)",
        OUTLINE,
    ),
    (r"^brd\.\w+$", OUTLINE),
    (r"外形|边框|板框|基板外形|обрез|контур", OUTLINE),
    (
        r"drill|^drl\.|bohrung|per[cç]age|taladro|foratura|钻孔|ドリル|сверл|\.(?:drl|xln|exc|ncd|nc|cnc|tap|drd)$",
        DRILL,
    ),
    (r"copper|signal|plane|kupfer|cuivre|cobre|rame(?![a-z])|elec(?:trical)?(?![a-z])|etch|conductor|медь", COPPER),
    (r"(?:^|[-_. ])(?:inner|internal|mid)[-_ ]?(?:layer)?[-_ ]?\d|(?:^|[-_. ])layer[-_ ]?\d", COPPER),
    (r"(?:^|[-_. ])(?:gnd|vcc|vdd|pwr|power|ground)\d*(?=[-_. ])", COPPER),
    (r"顶层|底层|内层|内電層|内电层|内層|部品面|半田面|パターン|线路|線路|leiterb(?:ahn|ild)|innenlage|wiring", COPPER),
)
SIDES: tuple[tuple[str, Side], ...] = (
    (r"bottom|(?<!ro)bot(?![a-z])|bot(?=mask|silk|paste|layer|copper|solder|sold|over)|back(?!up)|dolje", BOTTOM),
    (r"(?<![a-z])b(?=stop|place|names|cream|copper)", BOTTOM),
    (r"unten|unterseite|l(?:ö|oe)tseite|dessous|soudure|inferior|saldature|solder[-_ ]?side", BOTTOM),
    (r"底|背面|半田面|裏|ниж|(?:^|[-_. ])низ(?=[-_. ])", BOTTOM),
    (r"(?<!s)(?<!lap)(?<!desk)top|front|(?:^|[-_. ])comp(?=[-_. ])|oben|dessus|superior|gore", TOP),
    (r"(?<![a-z])t(?=stop|place|names|cream|copper)", TOP),
    (r"oberseite|best(?:ü|ue)ckungsseite|composants?(?![a-z])|componenti(?![a-z])", TOP),
    (r"component[-_ ]?side|顶|正面|部品面|表|верх", TOP),
)
INNER_NUMBER = re.compile(r"(?:inner|internal|mid|innenlage|内层|内層|内电层)[-_ ]?(?:layer)?[-_ ]?(?P<n>\d{1,2})")
NAMED_LAYER = re.compile(r"(?:^|[-_. ])(?:layer|l)[-_ ]?(?P<n>\d{1,2})(?=[-_. ])")
SIDE_ALONE = re.compile(
    PURPOSE
    + r"(?:^|[-_. ])(?:(?:top|bottom|bot|front|back)(?:[-_ ]?(?:layer|side|cu))?|oben|unten|oberseite|unterseite"
    r"|dessus|dessous|верх|низ|正面|背面|表面|裏面)\.\w+$"
)
NOT_PLATED = re.compile(r"npth|non[-_ ]?plated|unplated|nicht[-_ ]?durchkontaktiert")
PLATED = re.compile(r"(?<![a-z])pth(?![a-z])|(?<![a-z])plated")
# 1-6.drl, drill_1_16.xln, .drd.0102, _L1-L2: the layers between which holes go
SPAN = re.compile(
    r"[-_ ]l?(\d{1,2})[-_]l?(\d{1,2})(?:[-_]?n?pth|[-_]?(?:non)?plated)?\.(?:drl|xln|gbr|txt|exc|nc|tap|rou)$"
    r"|\.drd\.(\d\d)(\d\d)$"
)
DRILL_FILM = re.compile(r"(?:drill|(?<![a-z])drl(?![a-z]))(?![-_ ]?(?:map|draw|guide|chart|legend|table|ident|symbol))")
EDGE_TOO = re.compile(r"keep[-_ ]?out|mechanical|\.gm\d*$|\.gml$|\.gme$|margin|[-_ ]rout")
LITTER = re.compile(r"(?:^|/)(?:__macosx/|\._|\.ds_store$|thumbs\.db$|desktop\.ini$|\.~lock\.|~\$|__previews/|\.git/)")
DOCUMENTS = (
    ".pdf",
    ".png",
    ".jpg",
    ".jpeg",
    ".gif",
    ".svg",
    ".html",
    ".htm",
    ".md",
    ".rtf",
    ".doc",
    ".docx",
    ".dxf",
    ".step",
    ".stp",
    ".log",
    ".jrl",
)
# Allegro's list of what changed names parts, places and packages, as does what people are to read: none is built from
REPORTS = re.compile(r"(?:^|/)(?:eco|read[-_ ]?me)\.txt$")
