"""The traps among the names that real packages of the corpus have: each set is one that misled some reader.

As in real_names_rare.py. A film whose name says nothing of its place says it by its X2 attribute, written behind a "|".
"""

TRAP_SETS: dict[str, str] = {
    "KiCad, all plotted with .gml": """
        amp-F.Cu.gml = copper top 1
        amp-In1.Cu.gml = copper - 2
        amp-B.Cu.gml = copper bottom 3
        amp-F.Mask.gml = mask top
        amp-B.SilkS.gml = legend bottom
        amp-Edge.Cuts.gml = outline
        amp.drl = drill""",
    "KiCad whose layers say their place twice": """
        amp-F.Cu-L1.gbr = copper top 1
        amp-L2.PWR.gbr = copper - 2
        amp-L3.GND.gbr = copper - 3
        amp-B.Cu-L4.gbr = copper bottom 4
        amp-F_Mask.gbr = mask top
        amp-Edge_Cuts.gbr = outline""",
    "KiCad whose owner counts the layers": """
        amp-L1_Front.gbr = copper top 1
        amp-L2_Ground.gbr = copper - 2
        amp-L3_Power.gbr = copper - 3
        amp-L4_Signal.gbr = copper bottom 4
        amp-F_Mask.gbr = mask top
        amp-B_Mask.gbr = mask bottom
        amp-Edge_Cuts.gbr = outline""",
    "KiCad whose owner names the layers": """
        amp-Top.gbr | Copper,L1,Top = copper top 1
        amp-DigitalGND.gbr | Copper,L2,Inr = copper - 2
        amp-VDD.gbr | Copper,L3,Inr = copper - 3
        amp-Bottom.gbr | Copper,L4,Bot = copper bottom 4
        amp-F_Mask.gbr | Soldermask,Top = mask top
        amp-Edge_Cuts.gbr | Profile,NP = outline""",
    "KiCad with a comma in a layer's name": """
        amp-F_Cu.gbr | Copper,L1,Top = copper top 1
        amp-GND.gbr | Copper,L2,Inr = copper - 2
        amp-3,3V GND.gbr | Copper,L3,Inr = copper - 3
        amp-B_Cu.gbr | Copper,L4,Bot = copper bottom 4
        amp-Edge_Cuts.gbr = outline""",
    "KiBot": """
        amp.GTL = copper top 1
        amp.G2L = copper - 2
        amp.G3L = copper - 3
        amp.GBL = copper bottom 4
        amp.GTS = mask top
        amp.GTO = legend top
        amp.GKO = outline
        amp.drl = drill""",
    "Altium, by the user's OutJob": """
        NM.BaseBoard.01_Copper_Signal_Top.gbr = copper top 1
        NM.BaseBoard.02_Copper_Signal_1.gbr = copper - 2
        NM.BaseBoard.03_Copper_Signal_2.gbr = copper - 3
        NM.BaseBoard.04_Copper_Signal_Bot.gbr = copper bottom 4
        NM.BaseBoard.05_Soldermask_Top.gbr = mask top
        NM.BaseBoard.06_Profile.gbr = outline""",
    "EAGLE of SparkFun with inner layers": """
        amp.GTL = copper top 1
        amp.G2L = copper - 2
        amp.G15L = copper - 3
        amp.GBL = copper bottom 4
        amp.GTS = mask top
        amp.GTO = legend top
        amp.OLN = outline
        amp.MLN = outline
        amp.XLN = drill""",
    "Allegro with sides' old names": """
        l1_primary.art = copper top 1
        l2_gnd.art = copper - 2
        l3_pwr.art = copper - 3
        l4_secondary.art = copper bottom 4
        SMT.art = mask top
        SMB.art = mask bottom
        SST.art = legend top
        AST.art = drawing
        FAB.art = drawing""",
    "Allegro with SSM and SSB": """
        TOP.art = copper top 1
        BOTTOM.art = copper bottom 2
        PSM.art = mask top
        SSM.art = mask bottom
        SST.art = legend top
        SSB.art = legend bottom
        PMT.art = paste top
        AST.art = drawing
        ASB.art = drawing
        amp-1-2.drl = drill
        amp.rou = drill""",
    "another house's suffixes": """
        amp.f1 = copper top 1
        amp.f2 = copper - 2
        amp.f3 = copper - 3
        amp.f4 = copper bottom 4
        amp.m1 = mask top
        amp.m2 = mask bottom
        amp.s1 = legend top
        amp.s2 = legend bottom
        amp.p1 = paste top
        amp.p2 = paste bottom
        amp.a1 = drawing
        amp.d1 = drawing
        amp.o1 = outline
        amp.drl = drill""",
    "DipTrace with drills as Gerber": """
        Top.gbr = copper top 1
        GND-PLANE.gbr = copper - 2
        Bottom.gbr = copper bottom 3
        TopMask.gbr = mask top
        BottomSilk.gbr = legend bottom
        TopDimension.gbr = drawing
        BoardOutline.gbr = outline
        Drill_Plated_Through.gbr = drill
        Drill_NonPlated_Through.gbr = drill""",
    "DipTrace with Excellon": """
        Top.gbr = copper top 1
        Bottom.gbr = copper bottom 2
        TopMask.gbr = mask top
        TopAssy.gbr = drawing
        BoardOutline.gbr = outline
        Through.drl = drill""",
    "Proteus 8 with drills as Gerber": """
        amp - CADCAM Top Copper.GBR = copper top 1
        amp - CADCAM Bottom Copper.GBR = copper bottom 2
        amp - CADCAM Top Solder Resist.GBR = mask top
        amp - CADCAM Top Silk Screen.GBR = legend top
        amp - CADCAM Mechanical 1.GBR = outline
        amp - CADCAM Drill TOP-BOT Plated.GBR = drill""",
    "pcb-rnd": """
        amp.gtl = copper top 1
        amp.gbl = copper bottom 2
        amp.gts = mask top
        amp.gto = legend top
        amp.ast = drawing
        amp.asb = drawing
        amp.fab = drawing
        amp.gko = outline
        amp.xln = drill""",
    "LibrePCB with blind vias": """
        amp_COPPER-TOP.gbr = copper top 1
        amp_COPPER-IN1.gbr = copper - 2
        amp_COPPER-IN2.gbr = copper - 3
        amp_COPPER-BOTTOM.gbr = copper bottom 4
        amp_OUTLINES.gbr = outline
        amp_DRILLS-PLATED-1-2.drl = drill
        amp_DRILLS-PTH.drl = drill""",
    "Xpedition with routed contours": """
        EtchLayerTop.gdo = copper top 1
        EtchLayerBottom.gdo = copper bottom 2
        SoldermaskTop.gdo = mask top
        BoardOutline.gdo = outline
        ThruHolePlated.ncd = drill
        ContourPlated.ncd = drill""",
    "Zuken with drills": """
        Conductive-1.fph = copper top 1
        Conductive-2.fph = copper bottom 2
        Resist-A.fph = mask top
        Resist-B.fph = mask bottom
        Symbol-A.fph = legend top
        MetalMask-A.fph = paste top
        Hole.fdr = drill""",
    "OrCAD Layout": """
        amp.top = copper top 1
        amp.in1 = copper - 2
        amp.in2 = copper - 3
        amp.bot = copper bottom 4
        amp.smt = mask top
        amp.smb = mask bottom
        amp.sst = legend top
        amp.ssb = legend bottom
        amp.spt = paste top
        amp.ast = drawing
        amp.drd = drawing
        thruhole.tap = drill""",
    "a house that re-exports by suffixes": """
        gtl.gbr = copper top 1
        gbl.gbr = copper bottom 2
        gts.gbr = mask top
        gto.gbr = legend top
        gko.gbr = outline
        drl.gbr = drill""",
    "EasyEDA with a time stamp": """
        Gerber_TopLayer_2023-05-01_10-22-33.GTL = copper top 1
        Gerber_BottomLayer_2023-05-01_10-22-33.GBL = copper bottom 2
        Gerber_TopSolderMaskLayer_2023-05-01_10-22-33.GTS = mask top
        Gerber_BoardOutlineLayer_2023-05-01_10-22-33.GKO = outline""",
    "version numbers that look like suffixes": """
        amp.V3.1.GTL = copper top 1
        amp.V3.1.GBL = copper bottom 2
        amp.V3.1.GTS = mask top
        amp.V3.1.GKO = outline
        amp.V3.1.TXT = drill""",
    "blanks, brackets, and letters of other tongues": """
        主板（镍钯金） V_2_0_0 .GTL = copper top 1
        主板（镍钯金） V_2_0_0 .GBL = copper bottom 2
        主板（镍钯金） V_2_0_0 .GTS = mask top
        主板（镍钯金） V_2_0_0 .GKO = outline""",
    "drills of every suffix": """
        amp.GTL = copper top 1
        amp.GBL = copper bottom 2
        amp.GKO = outline
        a.drl = drill
        b.txt = drill
        c.xln = drill
        d.drd = drill
        e.exc = drill
        f.ncd = drill
        g.cnc = drill
        h.nc = drill
        i.tap = drill
        j.fdr = drill
        k.ncdril = drill
        l.drill = drill
        m.0116 = drill
        n = drill""",
}
