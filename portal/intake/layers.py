"""How each CAD tool names its files: one row for each habit. The rules that read this table are in roles.py.

A pattern is searched in the lower-case file name, anchored at its end; what stands before it is the board's own name.
`layer` is a copper layer from 1, or INNER / NUMBERED when the pattern's group `n` gives the inner layer (1 is the one
below the top) or the layer itself. LAST is the bottom, whatever its number will be.
"""

import re
from dataclasses import dataclass
from functools import cache

from portal.board.design import FileRole, Side

INNER, NUMBERED, LAST = -1, -2, -3
PLOT = r"\.(?:gbr|ger|gb[a-z]?|g[a-z0-9]{1,3}|pho|art|txt)$"

# Before a bare side: "mask_top" is not copper.
PURPOSE = "".join(
    f"(?<!{word})"
    for word in ("mask", "stop", "resist", "paste", "silk", "screen", "legend", "overlay", "assy", "assembly")
)

COPPER, MASK, PASTE, LEGEND = FileRole.COPPER, FileRole.MASK, FileRole.PASTE, FileRole.LEGEND
OUTLINE, DRILL, DRAWING = FileRole.OUTLINE, FileRole.DRILL, FileRole.DRAWING
TOP, BOTTOM = Side.TOP, Side.BOTTOM


@dataclass(frozen=True, slots=True)
class Habit:
    tool: str
    pattern: str
    role: FileRole
    side: Side | None = None
    layer: int | None = None
    plated: bool | None = None


def both(tool: str, pattern: str, role: FileRole, *, top: str, bottom: str) -> tuple[Habit, Habit]:
    """A pair of rows; {} in the pattern is the tool's word for the side."""
    first, last = (1, LAST) if role is COPPER else (None, None)
    return (
        Habit(tool, pattern.format(top), role, TOP, first),
        Habit(tool, pattern.format(bottom), role, BOTTOM, last),
    )


HABITS: tuple[Habit, ...] = (
    # KiCad, all versions; user layers and drill maps are drawings
    Habit("KiCad", r"[-_.]n?pth[-_]drl_map\.\w+$|[-_]drl_map\.\w+$", DRAWING),
    *both("KiCad", r"[-_.]{}[._]cu(?:-l\d+)?(?:\.\w+)?$", COPPER, top="f", bottom="b"),
    Habit("KiCad", r"[-_.]in(?P<n>\d+)[._]cu(?:\.\w+)?$", COPPER, None, INNER),
    *both("KiCad", r"[-_.]{}[._]mask(?:\.\w+)?$", MASK, top="f", bottom="b"),
    *both("KiCad", r"[-_.]{}[._]paste(?:\.\w+)?$", PASTE, top="f", bottom="b"),
    *both("KiCad", r"[-_.]{}[._]silk(?:s|screen)?(?:\.\w+)?$", LEGEND, top="f", bottom="b"),
    Habit("KiCad", r"[-_.]edge[._]cuts(?:\.\w+)?$", OUTLINE),
    Habit(
        "KiCad",
        r"[-_.](?:[fb][._](?:fab|crtyd|courtyard|adhes|adhesive)|margin|dwgs[._]user|user[._]\w+|cmts[._]user"
        r"|eco\d[._]user|vscore)(?:\.\w+)?$",
        DRAWING,
    ),
    Habit("KiCad", r"[-_.]npth\.drl$", DRILL, plated=False),
    Habit("KiCad", r"[-_.]pth\.drl$", DRILL, plated=True),
    # KiCad with the JLC plug-in
    *both("KiCad JLC", r"-cu{}\.gbr$", COPPER, top="top", bottom="bottom"),
    Habit("KiCad JLC", r"-cuin(?P<n>\d+)\.gbr$", COPPER, None, INNER),
    *both("KiCad JLC", r"-mask{}\.gbr$", MASK, top="top", bottom="bottom"),
    *both("KiCad JLC", r"-paste{}\.gbr$", PASTE, top="top", bottom="bottom"),
    *both("KiCad JLC", r"-silk{}\.gbr$", LEGEND, top="top", bottom="bottom"),
    Habit("KiCad JLC", r"-edgecuts\.gbr$", OUTLINE),
    Habit("KiCad JLC", r"-vscore\.gbr$", DRAWING),
    # EasyEDA, standard and professional: the same names for every board
    *both("EasyEDA", r"gerber_{}layer\.g[tb]l$", COPPER, top="top", bottom="bottom"),
    Habit("EasyEDA", r"gerber_innerlayer(?P<n>\d+)\.g\d+l?$", COPPER, None, INNER),
    *both("EasyEDA", r"gerber_{}soldermasklayer\.g[tb]s$", MASK, top="top", bottom="bottom"),
    *both("EasyEDA", r"gerber_{}pastemasklayer\.g[tb]p$", PASTE, top="top", bottom="bottom"),
    *both("EasyEDA", r"gerber_{}silk(?:screen)?layer\.g[tb]o$", LEGEND, top="top", bottom="bottom"),
    Habit("EasyEDA", r"gerber_boardoutline(?:layer)?\.gko$", OUTLINE),
    Habit("EasyEDA", r"gerber_(?:document|drilldrawing|mechanical|topassembly|bottomassembly)layer\.\w+$", DRAWING),
    Habit("EasyEDA", r"drill_npth\w*\.drl$", DRILL, plated=False),
    Habit("EasyEDA", r"drill_pth\w*\.drl$", DRILL, plated=True),
    # Eagle 8/9 and Fusion
    *both("Eagle 9", r"copper_{}(?:_l\d+)?\.g\w+$", COPPER, top="top", bottom="bottom"),
    Habit("Eagle 9", r"copper_inner_l(?P<n>\d+)\.g\w+$", COPPER, None, NUMBERED),
    *both("Eagle 9", r"soldermask_{}\.g\w+$", MASK, top="top", bottom="bottom"),
    *both("Eagle 9", r"solderpaste_{}\.g\w+$", PASTE, top="top", bottom="bottom"),
    *both("Eagle 9", r"silkscreen_{}\.g\w+$", LEGEND, top="top", bottom="bottom"),
    Habit("Eagle 9", r"profile\.g\w+$", OUTLINE),
    Habit("Eagle 9", r"drills?(?:_\d+_\d+)?\.xln$", DRILL),
    # Eagle 4-6
    Habit("Eagle", r"\.cmp$", COPPER, TOP, 1),
    Habit("Eagle", r"\.sol$", COPPER, BOTTOM, LAST),
    Habit("Eagle", r"\.ly?(?P<n>\d+)$", COPPER, None, NUMBERED),
    Habit("Eagle", r"\.stc$", MASK, TOP),
    Habit("Eagle", r"\.sts$", MASK, BOTTOM),
    Habit("Eagle", r"\.plc$", LEGEND, TOP),
    Habit("Eagle", r"\.pls$", LEGEND, BOTTOM),
    Habit("Eagle", r"\.crc$", PASTE, TOP),
    Habit("Eagle", r"\.crs$", PASTE, BOTTOM),
    Habit("Eagle", r"\.drd(?:\.\d{4})?$", DRILL),
    # LibrePCB
    *both("LibrePCB", r"_copper-{}\.gbr$", COPPER, top="top", bottom="bottom"),
    Habit("LibrePCB", r"_copper-in(?P<n>\d+)\.gbr$", COPPER, None, INNER),
    *both("LibrePCB", r"_soldermask-{}\.gbr$", MASK, top="top", bottom="bottom"),
    *both("LibrePCB", r"_solderpaste-{}\.gbr$", PASTE, top="top", bottom="bottom"),
    *both("LibrePCB", r"_silkscreen-{}\.gbr$", LEGEND, top="top", bottom="bottom"),
    Habit("LibrePCB", r"_outlines\.gbr$", OUTLINE),
    Habit("LibrePCB", r"_(?:glue|assembly)-\w+\.gbr$", DRAWING),
    # Fritzing
    *both("Fritzing", r"_copper{}\.g[tb]l$", COPPER, top="top", bottom="bottom"),
    *both("Fritzing", r"_mask{}\.g[tb]s$", MASK, top="top", bottom="bottom"),
    *both("Fritzing", r"_pastemask{}\.g[tb]p$", PASTE, top="top", bottom="bottom"),
    *both("Fritzing", r"_silk{}\.g[tb]o$", LEGEND, top="top", bottom="bottom"),
    Habit("Fritzing", r"_contour\.gm1$", OUTLINE),
    # DesignSpark and Pulsonix: "(Resist)" is the mask, the drill ident is a drawing
    Habit("DesignSpark", r" ?- drill ident drawing.*$", DRAWING),
    Habit("DesignSpark", r" ?- documentation.*$", DRAWING),
    *both("DesignSpark", r" ?- {} copper \(resist\)\.\w+$", MASK, top="top", bottom="bottom"),
    *both("DesignSpark", r" ?- {} copper \(paste\)\.\w+$", PASTE, top="top", bottom="bottom"),
    *both("DesignSpark", r" ?- {} copper\.\w+$", COPPER, top="top", bottom="bottom"),
    Habit("DesignSpark", r" ?- [^-]*\(powerplane\)\.\w+$", COPPER),
    *both("DesignSpark", r" ?- {} silkscreen\.\w+$", LEGEND, top="top", bottom="bottom"),
    Habit("DesignSpark", r" ?- board outline\.\w+$", OUTLINE),
    Habit("DesignSpark", r" ?- drill data - \[.*\] \(unplated\)\.\w+$", DRILL, plated=False),
    Habit("DesignSpark", r" ?- drill data - \[.*\]\.\w+$", DRILL, plated=True),
    # Proteus
    *both("Proteus", r" ?- cadcam {} copper\.\w+$", COPPER, top="top", bottom="bottom"),
    Habit("Proteus", r" ?- cadcam inner (?P<n>\d+)\.\w+$", COPPER, None, INNER),
    *both("Proteus", r" ?- cadcam {} solder resist\.\w+$", MASK, top="top", bottom="bottom"),
    *both("Proteus", r" ?- cadcam {} smt paste\.\w+$", PASTE, top="top", bottom="bottom"),
    *both("Proteus", r" ?- cadcam {} silk screen\.\w+$", LEGEND, top="top", bottom="bottom"),
    *both("Proteus", r" ?- cadcam {} assembly\.\w+$", DRAWING, top="top", bottom="bottom"),
    Habit("Proteus", r" ?- cadcam mechanical 1\.\w+$", OUTLINE),
    # gEDA pcb and pcb-rnd
    *both("gEDA", r"\.{}\.gbr$", COPPER, top="(?:top|front)", bottom="(?:bottom|back)"),
    Habit("gEDA", r"\.group(?P<n>\d+)\.gbr$", COPPER, None, INNER),
    *both("gEDA", r"\.{}mask\.gbr$", MASK, top="(?:top|front)", bottom="(?:bottom|back)"),
    *both("gEDA", r"\.{}paste\.gbr$", PASTE, top="(?:top|front)", bottom="(?:bottom|back)"),
    *both("gEDA", r"\.{}silk\.gbr$", LEGEND, top="(?:top|front)", bottom="(?:bottom|back)"),
    Habit("gEDA", r"\.outline\.gbr$", OUTLINE),
    Habit("gEDA", r"\.fab\.gbr$", DRAWING),
    Habit("gEDA", r"\.unplated-drill\.cnc$", DRILL, plated=False),
    Habit("gEDA", r"\.plated-drill\.cnc$", DRILL, plated=True),
    # DipTrace: a board's name only where the user gave one
    *both("DipTrace", PURPOSE + r"(?:^|_){}\.gbr$", COPPER, top="top", bottom="bottom"),
    Habit("DipTrace", r"(?:^|_)inner(?P<n>\d+)\.gbr$", COPPER, None, INNER),
    *both("DipTrace", r"(?:^|_){}mask\.gbr$", MASK, top="top", bottom="bottom"),
    *both("DipTrace", r"(?:^|_){}paste\.gbr$", PASTE, top="top", bottom="bottom"),
    *both("DipTrace", r"(?:^|_){}silk\.gbr$", LEGEND, top="top", bottom="bottom"),
    Habit("DipTrace", r"(?:^|_)(?:top|bottom)(?:assy|dimension)\.gbr$", DRAWING),
    Habit("DipTrace", r"(?:^|_)boardoutline\.gbr$", OUTLINE),
    # Xpedition and Expedition
    *both("Xpedition", r"etchlayer{}\.gdo$", COPPER, top="top", bottom="bottom"),
    Habit("Xpedition", r"etchlayer(?P<n>\d+)(?:\w*)\.gdo$", COPPER, None, NUMBERED),
    Habit("Xpedition", r"(?:^|_)l0*(?P<n>\d+)(?:_\w+)?\.gdo$", COPPER, None, NUMBERED),
    *both("Xpedition", r"soldermask{}\.gdo$", MASK, top="top", bottom="bottom"),
    *both("Xpedition", r"solderpaste{}\.gdo$", PASTE, top="top", bottom="bottom"),
    *both("Xpedition", r"silkscreen{}\.gdo$", LEGEND, top="top", bottom="bottom"),
    Habit("Xpedition", r"boardoutl+ine\.gdo$", OUTLINE),
    Habit("Xpedition", r"drilldrawing\w*\.gdo$", DRAWING),
    Habit("Xpedition", r"nonplated\.ncd$", DRILL, plated=False),
    Habit("Xpedition", r"(?<!non)plated\.ncd$", DRILL, plated=True),
    # Target 3001: suffixes are words
    *both("Target 3001", r"\.{}$", COPPER, top="top", bottom="bot"),
    *both("Target 3001", r"\.stop{}$", MASK, top="top", bottom="bot"),
    *both("Target 3001", r"\.paste{}$", PASTE, top="top", bottom="bot"),
    *both("Target 3001", r"\.posi{}$", LEGEND, top="top", bottom="bot"),
    Habit("Target 3001", r"\.outline$", OUTLINE),
    Habit("Target 3001", r"\.drill$", DRILL),
    # PADS and the house style L1, SMPR, SLPR of Indian bureaus
    Habit("PADS", r"(?:^|_)l(?P<n>\d+)[ps]?(?:[-_]\w+)?\.(?:gbr|art|pho)$", COPPER, None, NUMBERED),
    *both("PADS", r"(?:^|_)sm{}\.gbr$", MASK, top="pr", bottom="se"),
    *both("PADS", r"(?:^|_)sp{}\.gbr$", PASTE, top="pr", bottom="se"),
    *both("PADS", r"(?:^|_)sl{}\.gbr$", LEGEND, top="pr", bottom="se"),
    Habit("PADS", r"(?:^|_)rout\.gbr$", OUTLINE),
    *both("PADS", PURPOSE + r"(?:^|_){}\.pho$", COPPER, top="top", bottom="bottom"),
    Habit("PADS", r"(?:^|_)layer_?(?P<n>\d+)\.pho$", COPPER, None, NUMBERED),
    *both("PADS", r"(?:^|_)sm{}\.pho$", MASK, top="t", bottom="b"),
    *both("PADS", r"(?:^|_)ss{}\.pho$", LEGEND, top="t", bottom="b"),
    Habit("PADS", r"\.f(?P<n>\d)$", COPPER, None, NUMBERED),
    Habit("PADS", r"\.m1$", MASK, TOP),
    Habit("PADS", r"\.m2$", MASK, BOTTOM),
    Habit("PADS", r"\.p1$", PASTE, TOP),
    Habit("PADS", r"\.p2$", PASTE, BOTTOM),
    Habit("PADS", r"\.s1$", LEGEND, TOP),
    Habit("PADS", r"\.s2$", LEGEND, BOTTOM),
    Habit("PADS", r"\.o1$", OUTLINE),
    Habit("PADS", r"\.[ad]\d$", DRAWING),
    # Allegro and OrCAD: free film names. SOLDTOP is mask, PASTTOP paste, FAB never a size; a film called TOP comes last
    Habit(
        "Allegro",
        r"(?:^|[-_ ])(?:fab\w*|as[tb]|ad[tb]|ass\w*|drill[-\w]*|dimension\w*|panel\w*)\.(?:art|gbr)$",
        DRAWING,
    ),
    *both(
        "Allegro",
        r"(?:^|[-_ ])(?:sold(?:er)?(?:mask)?_?{0}|mask_?{0}|sm_?{0}|{0}_?(?:solder)?mask)(?:_\w+)?\.(?:art|gbr)$",
        MASK,
        top="(?:top|t|c)",
        bottom="(?:bottom|botm?|b|s|m)",
    ),
    *both(
        "Allegro",
        r"(?:^|[-_ ])(?:(?:solder)?paste?_?{0}|pm{0}|sp{0}|{0}_?paste)(?:_\w+)?\.(?:art|gbr)$",
        PASTE,
        top="(?:top|t|c)",
        bottom="(?:bottom|botm?|b|s)",
    ),
    *both(
        "Allegro",
        r"(?:^|[-_ ])(?:silk(?:screen)?_?{0}|ss_?{0}|{0}_?silk(?:screen)?|{0}slk)(?:_\w+)?\.(?:art|gbr)$",
        LEGEND,
        top="(?:top|t|c)",
        bottom="(?:bottom|botm?|b|s)",
    ),
    Habit("Allegro", r"(?:^|[-_ ])(?:outline|board_?outline|profile|mechanical)\.(?:art|gbr)$", OUTLINE),
    Habit(
        "Allegro", r"(?:^|[-_ ])(?:l|lyr|layer|art|pgp)_?0*(?P<n>\d+)(?:[-_]\w+)?\.(?:art|gbr)$", COPPER, None, NUMBERED
    ),
    *both(
        "Allegro",
        PURPOSE + r"(?:^|[-_ ]){}\.(?:art|gbr)$",
        COPPER,
        top="(?:top|primary)",
        bottom="(?:bottom|bot|secondary)",
    ),
    Habit("Allegro", r"-\d+-\d+\.drl$", DRILL, plated=True),
    Habit("Allegro", r"\.rou$", DRILL),
    # FAB 3000: two letters and no suffix; the drill is flashed
    *both("FAB 3000", r"^{}l$", COPPER, top="t", bottom="b"),
    *both("FAB 3000", r"^{}s$", MASK, top="t", bottom="b"),
    *both("FAB 3000", r"^{}o$", LEGEND, top="t", bottom="b"),
    Habit("FAB 3000", r"^ko$", OUTLINE),
    Habit("FAB 3000", r"^drl$", DRILL),
    # GC-Prevue and others that write words before Protel's suffixes; the words are right, the suffix may lie
    Habit("GC-Prevue", r"^board outline\.g\w\w$", OUTLINE),
    *both("GC-Prevue", r"^{} layer\.g[tb]l$", COPPER, top="top", bottom="bottom"),
    *both("GC-Prevue", r"^{} solder mask\.g[tb]s$", MASK, top="top", bottom="bottom"),
    *both("GC-Prevue", r"^{} paste mask\.g[tb]p$", PASTE, top="top", bottom="bottom"),
    *both("GC-Prevue", r"^{} overlay\.g[tb]o$", LEGEND, top="top", bottom="bottom"),
    Habit("GC-Prevue", r"^drill drawing unplated\.\w+$", DRILL, plated=False),
    Habit("GC-Prevue", r"^drill drawing\.\w+$", DRILL),
    # Altium's named plots, and bureaus that write sentences
    *both("Altium", r"_?copper_signal_{}\.gbr$", COPPER, top="top", bottom="bot(?:tom)?"),
    Habit("Altium", r"_?copper_(?:signal|plane)_(?P<n>\d+)\.gbr$", COPPER, None, INNER),
    *both("Altium", r"_?soldermask_{}\.gbr$", MASK, top="top", bottom="bot(?:tom)?"),
    *both("Altium", r"_?paste_{}\.gbr$", PASTE, top="top", bottom="bot(?:tom)?"),
    *both("Altium", r"_?legend_{}\.gbr$", LEGEND, top="top", bottom="bot(?:tom)?"),
    Habit("Altium", r"_?profile\.gbr$", OUTLINE),
    Habit("Altium", r"_?(?:pads|drillmap|drawing|assembly|mechanical)_\w+\.gbr$", DRAWING),
    # Protel suffixes: Altium, SparkFun's Eagle CAM, OSHPark, many more; weak, so they stand last
    Habit("Protel suffixes", r"\.gtl$", COPPER, TOP, 1),
    Habit("Protel suffixes", r"\.gbl$", COPPER, BOTTOM, LAST),
    Habit("Protel suffixes", r"\.gp?(?P<n>\d+)$", COPPER, None, INNER),
    Habit("Protel suffixes", r"\.g(?P<n>\d+)l$", COPPER, None, NUMBERED),
    Habit("Protel suffixes", r"\.gts$", MASK, TOP),
    Habit("Protel suffixes", r"\.gbs$", MASK, BOTTOM),
    Habit("Protel suffixes", r"\.gtp$", PASTE, TOP),
    Habit("Protel suffixes", r"\.gbp$", PASTE, BOTTOM),
    Habit("Protel suffixes", r"\.gto$", LEGEND, TOP),
    Habit("Protel suffixes", r"\.gbo$", LEGEND, BOTTOM),
    Habit("Protel suffixes", r"\.(?:gko|gm\d{0,2}|gml|oln|mil|mln|gm[-_]?\w?)$", OUTLINE),
    Habit("Protel suffixes", r"\.(?:gp[tb]|gd\d|gg\d|gdl|gdd|gta|gba)$", DRAWING),
)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


# Words that say what a file is when no tool's pattern fits: the first that stands in the name decides.
KEYWORDS: tuple[tuple[str, FileRole], ...] = (
    ("drill map", DRAWING),
    ("drillmap", DRAWING),
    ("assembly", DRAWING),
    ("courtyard", DRAWING),
    ("fab", DRAWING),
    ("drawing", DRAWING),
    ("keepout", OUTLINE),
    ("keep-out", OUTLINE),
    ("paste", PASTE),
    ("stencil", PASTE),
    ("resist", MASK),
    ("mask", MASK),
    ("soldstop", MASK),
    ("solderstop", MASK),
    ("silk", LEGEND),
    ("legend", LEGEND),
    ("overlay", LEGEND),
    ("outline", OUTLINE),
    ("profile", OUTLINE),
    ("contour", OUTLINE),
    ("dimension", OUTLINE),
    ("edge", OUTLINE),
    ("copper", COPPER),
    ("signal", COPPER),
    ("plane", COPPER),
)
SIDE_WORDS: tuple[tuple[str, Side], ...] = (
    ("bottom", BOTTOM),
    ("bot", BOTTOM),
    ("back", BOTTOM),
    ("top", TOP),
    ("front", TOP),
)
SIDE_ALONE = re.compile(r"(?:^|[-_. ])(?:top|bottom|bot|front|back)(?:[-_ ]?(?:layer|side|cu))?\.\w+$")
NOT_PLATED = re.compile(r"npth|non[-_ ]?plated|unplated")
LITTER = re.compile(r"(?:^|/)(?:__macosx/|\._|\.ds_store$|thumbs\.db$|desktop\.ini$|\.~lock\.|__previews/|\.git/)")
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
)
