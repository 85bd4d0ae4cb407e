"""More tools, each met less often: their rows stand behind those of layers.py and before the bare suffixes."""

from portal.intake.habit import (
    COPPER,
    DRAWING,
    DRILL,
    INNER,
    LEGEND,
    MASK,
    NUMBERED,
    OUTLINE,
    PASTE,
    PURPOSE,
    Habit,
    both,
)

MORE: tuple[Habit, ...] = (
    # KiCad before 4: sides are words, and the edges belong to the PCB
    *both(
        "KiCad before 4", PURPOSE + r"(?<!silks)(?<!soldp)(?<!adhes)[-_]{}\.\w+$", COPPER, top="front", bottom="back"
    ),
    *both("KiCad before 4", r"-{}\.pho$", COPPER, top="component", bottom="copper"),
    Habit("KiCad before 4", r"[-_]inner_?l?(?P<n>\d+)\.\w+$", COPPER, None, INNER),
    *both("KiCad before 4", r"[-_]mask_{}\.\w+$", MASK, top="(?:front|cmp)", bottom="(?:back|cop)"),
    *both("KiCad before 4", r"[-_]silks_{}\.\w+$", LEGEND, top="(?:front|cmp)", bottom="(?:back|cop)"),
    *both("KiCad before 4", r"[-_]soldp_{}\.\w+$", PASTE, top="(?:front|cmp)", bottom="(?:back|cop)"),
    Habit("KiCad before 4", r"[-_]pcb_edges\.\w+$", OUTLINE),
    Habit("KiCad before 4", r"[-_](?:adhes_\w+|drawings|comments|eco[12])\.\w+$", DRAWING),
    # Eagle by other CAM jobs: three letters, top or bottom first
    *both("Eagle by letters", r"\.{}(?:sm|mask|stop)$", MASK, top="t", bottom="b"),
    *both("Eagle by letters", r"\.{}(?:sk|silk|plc|ss)$", LEGEND, top="t", bottom="b"),
    *both("Eagle by letters", r"\.{}(?:sp|cream|crm|paste)$", PASTE, top="t", bottom="b"),
    *both("Eagle by letters", r"\.{}cream\.ger$", PASTE, top="t", bottom="b"),
    Habit("Eagle by letters", r"\.(?:bor|dim|out|outline|dimension|mil(?:ling)?)$", OUTLINE),
    Habit("Eagle by letters", r"\.(?:whl|tdo|bdo|tdocu|bdocu)$", DRAWING),
    # OrCAD Layout: SMT is the solder mask of the top
    *both("OrCAD Layout", r"\.{}$", COPPER, top="top", bottom="bot"),
    Habit("OrCAD Layout", r"\.in(?P<n>\d+)$", COPPER, None, INNER),
    Habit("OrCAD Layout", r"\.(?:gnd|pwr|gn\d|pw\d)$", COPPER),
    *both("OrCAD Layout", r"\.sm{}$", MASK, top="t", bottom="b"),
    *both("OrCAD Layout", r"\.ss{}$", LEGEND, top="t", bottom="b"),
    *both("OrCAD Layout", r"\.sp{}$", PASTE, top="t", bottom="b"),
    Habit("OrCAD Layout", r"\.(?:as[tb]|ad[tb]|fab|drd)$", DRAWING),
    Habit("OrCAD Layout", r"thruhole\.tap$", DRILL),
    # Zuken CR-5000 and CR-8000: A is the top, B the bottom
    Habit("Zuken", r"conductive[-_ ]?0*(?P<n>\d+)\.\w+$", COPPER, None, NUMBERED),
    *both("Zuken", r"(?:solder)?resist[-_ ]?{}\.\w+$", MASK, top="a", bottom="b"),
    *both("Zuken", r"(?:symbol(?:mark)?|silk)[-_ ]?{}\.\w+$", LEGEND, top="a", bottom="b"),
    *both("Zuken", r"metal[-_ ]?mask[-_ ]?{}\.\w+$", PASTE, top="a", bottom="b"),
    Habit("Zuken", r"(?:board[-_ ]?figure|board[-_ ]?outline|layout[-_ ]?area)[-_ ]?[ab]?\.fph$", OUTLINE),
    Habit("Zuken", r"(?:hole|height[-_ ]?limit|comparea|dimension)[-_ ]?\w*\.fph$", DRAWING),
    # CADSTAR and Pulsonix: electrical layers
    *both("CADSTAR", r"(?:^|[-_ ]){}[-_ ]elec(?:trical)?\.\w+$", COPPER, top="top", bottom="bot(?:tom)?"),
    Habit("CADSTAR", r"(?:^|[-_ ])inner[-_ ](?:elec(?:trical)?[-_ ])?(?P<n>\d+)\.\w+$", COPPER, None, INNER),
    *both("CADSTAR", r"(?:^|[-_ ]){}[-_ ](?:solder[-_ ])?resist\.\w+$", MASK, top="top", bottom="bot(?:tom)?"),
    *both("CADSTAR", r"(?:^|[-_ ]){}[-_ ](?:solder[-_ ])?paste\.\w+$", PASTE, top="top", bottom="bot(?:tom)?"),
    *both("CADSTAR", r"(?:^|[-_ ]){}[-_ ]silk(?:[-_ ]?screen)?\.\w+$", LEGEND, top="top", bottom="bot(?:tom)?"),
    *both("CADSTAR", r"(?:^|[-_ ]){}[-_ ](?:placement|assembly)\.\w+$", DRAWING, top="top", bottom="bot(?:tom)?"),
    # Ultiboard and Sprint-Layout: the layer before the side
    *both("Ultiboard", r"(?:^|[-_ ])copper[-_ ]{}\.\w+$", COPPER, top="top", bottom="bot(?:tom)?"),
    Habit("Ultiboard", r"(?:^|[-_ ])copper[-_ ]inner[-_ ]?(?P<n>\d+)\.\w+$", COPPER, None, INNER),
    *both("Ultiboard", r"(?:^|[-_ ])solder[-_ ]?mask[-_ ]{}\.\w+$", MASK, top="top", bottom="bot(?:tom)?"),
    *both("Ultiboard", r"(?:^|[-_ ])silk[-_ ]?screen[-_ ]{}\.\w+$", LEGEND, top="top", bottom="bot(?:tom)?"),
    *both(
        "Ultiboard",
        r"(?:^|[-_ ])(?:(?:solder[-_ ]?)?paste[-_ ]?(?:mask)?|smd[-_ ]?mask)[-_ ]{}\.\w+$",
        PASTE,
        top="top",
        bottom="bot(?:tom)?",
    ),
    Habit("Ultiboard", r"(?:^|[-_ ])(?:board[-_ ])?outline\.\w+$", OUTLINE),
    # FreePCB
    *both("FreePCB", r"^{}_copper\.grb$", COPPER, top="top", bottom="bottom"),
    Habit("FreePCB", r"^inner_copper_(?P<n>\d+)\.grb$", COPPER, None, INNER),
    *both("FreePCB", r"^{}_solder_mask\.grb$", MASK, top="top", bottom="bottom"),
    *both("FreePCB", r"^{}_paste_mask\.grb$", PASTE, top="top", bottom="bottom"),
    *both("FreePCB", r"^{}_silk\.grb$", LEGEND, top="top", bottom="bottom"),
    Habit("FreePCB", r"^board_outline\.grb$", OUTLINE),
    # A bureau that re-exports Altium: C is the component side, S the solder side
    *both("CAM bureau", r"^{}o\.gbr$", COPPER, top="c", bottom="s"),
    *both("CAM bureau", r"^{}sm\.gbr$", MASK, top="c", bottom="s"),
    *both("CAM bureau", r"^{}sk\.gbr$", LEGEND, top="c", bottom="s"),
    *both("CAM bureau", r"(?:^|[-_ .]){}sm\.(?:gbr|ger|pho)$", MASK, top="t", bottom="b"),
    *both("CAM bureau", r"(?:^|[-_ .]){}s[lks]\.(?:gbr|ger|pho)$", LEGEND, top="t", bottom="b"),
    *both("CAM bureau", r"(?:^|[-_ .]){}sp\.(?:gbr|ger|pho)$", PASTE, top="t", bottom="b"),
    Habit("CAM bureau", r"^out\.gbr$", OUTLINE),
    *both(
        "CAM bureau",
        r"(?:^|[-_ ]){}[-_ ]?side\.\w+$",
        COPPER,
        top="(?:comp|component|primary)",
        bottom="(?:sold|solder|secondary)",
    ),
    # A fab house that keeps Protel's suffix as the name
    *both("Suffix as name", r"(?:^|[-_. ])g{}l\.(?:gbr|ger)$", COPPER, top="t", bottom="b"),
    Habit("Suffix as name", r"(?:^|[-_. ])gp?(?P<n>\d+)\.(?:gbr|ger)$", COPPER, None, INNER),
    *both("Suffix as name", r"(?:^|[-_. ])g{}s\.(?:gbr|ger)$", MASK, top="t", bottom="b"),
    *both("Suffix as name", r"(?:^|[-_. ])g{}p\.(?:gbr|ger)$", PASTE, top="t", bottom="b"),
    *both("Suffix as name", r"(?:^|[-_. ])g{}o\.(?:gbr|ger)$", LEGEND, top="t", bottom="b"),
    Habit("Suffix as name", r"(?:^|[-_. ])(?:gko|gm\d*|gml)\.(?:gbr|ger)$", OUTLINE),
)
