"""File names as CAD tools write them, with the role, side and copper layer that each has: one set a tool.

A line reads: name = role [side] [copper layer]. The sets are those of docs: real exports, shortened.
"""

SETS: dict[str, str] = {
    "KiCad 5 to 9": """
        amp-F_Cu.gbr = copper top 1
        amp-In1_Cu.gbr = copper - 2
        amp-In2_Cu.gbr = copper - 3
        amp-B_Cu.gbr = copper bottom 4
        amp-F_Mask.gbr = mask top
        amp-B_Mask.gbr = mask bottom
        amp-F_Paste.gbr = paste top
        amp-F_SilkS.gbr = legend top
        amp-B_Silkscreen.gbr = legend bottom
        amp-Edge_Cuts.gbr = outline
        amp-F_Fab.gbr = drawing
        amp-B_Courtyard.gbr = drawing
        amp-F_Adhesive.gbr = drawing
        amp-Margin.gbr = drawing
        amp-User_1.gbr = drawing
        amp-PTH-drl_map.gbr = drawing""",
    "KiCad with Protel suffixes": """
        amp-F_Cu.gtl = copper top 1
        amp-In1_Cu.g2 = copper - 2
        amp-In2_Cu.g3 = copper - 3
        amp-B_Cu.gbl = copper bottom 4
        amp-F_Mask.gts = mask top
        amp-F_Silkscreen.gto = legend top
        amp-Edge_Cuts.gm1 = outline""",
    "KiCad 4": """
        amp-F.Cu.gtl = copper top 1
        amp-In1.Cu.g2 = copper - 2
        amp-B.Cu.gbl = copper bottom 3
        amp-F.Mask.gts = mask top
        amp-F.SilkS.gto = legend top
        amp-Edge.Cuts.gm1 = outline""",
    "KiCad with the JLC plug-in": """
        amp-CuTop.gbr = copper top 1
        amp-CuIn1.gbr = copper - 2
        amp-CuBottom.gbr = copper bottom 3
        amp-MaskTop.gbr = mask top
        amp-SilkTop.gbr = legend top
        amp-PasteTop.gbr = paste top
        amp-EdgeCuts.gbr = outline
        amp-VScore.gbr = drawing""",
    "Altium": """
        amp.GTL = copper top 1
        amp.G1 = copper - 2
        amp.G2 = copper - 3
        amp.GBL = copper bottom 4
        amp.GTS = mask top
        amp.GBS = mask bottom
        amp.GTO = legend top
        amp.GTP = paste top
        amp.GKO = outline
        amp.GPT = drawing
        amp.GD1 = drawing""",
    "Altium with planes": """
        amp.GTL = copper top 1
        amp.GP1 = copper - 2
        amp.GP2 = copper - 3
        amp.GBL = copper bottom 4""",
    "Altium by words": """
        amp_Copper_Signal_Top.gbr = copper top 1
        amp_Copper_Signal_1.gbr = copper - 2
        amp_Copper_Signal_Bot.gbr = copper bottom 3
        amp_Legend_Top.gbr = legend top
        amp_Soldermask_Top.gbr = mask top
        amp_Paste_Top.gbr = paste top
        amp_Profile.gbr = outline
        amp_Pads_Top.gbr = drawing""",
    "Eagle 4 to 6": """
        amp.cmp = copper top 1
        amp.ly2 = copper - 2
        amp.sol = copper bottom 3
        amp.stc = mask top
        amp.sts = mask bottom
        amp.plc = legend top
        amp.pls = legend bottom
        amp.crc = paste top""",
    "Eagle 9 and Fusion": """
        copper_top_l1.gbr = copper top 1
        copper_inner_l2.gbr = copper - 2
        copper_inner_l3.gbr = copper - 3
        copper_bottom_l4.gbr = copper bottom 4
        profile.gbr = outline
        silkscreen_top.gbr = legend top
        soldermask_bottom.gbr = mask bottom
        solderpaste_top.gbr = paste top""",
    "EasyEDA": """
        Gerber_TopLayer.GTL = copper top 1
        Gerber_InnerLayer1.G1 = copper - 2
        Gerber_BottomLayer.GBL = copper bottom 3
        Gerber_TopSolderMaskLayer.GTS = mask top
        Gerber_TopSilkLayer.GTO = legend top
        Gerber_BottomSilkscreenLayer.GBO = legend bottom
        Gerber_TopPasteMaskLayer.GTP = paste top
        Gerber_BoardOutline.GKO = outline
        Gerber_DocumentLayer.GDL = drawing
        Gerber_DrillDrawingLayer.GDD = drawing""",
    "Allegro": """
        TOP.art = copper top 1
        L2_GND.art = copper - 2
        L3-SIG1.art = copper - 3
        BOTTOM.art = copper bottom 4
        SMT.art = mask top
        SMB.art = mask bottom
        PMT.art = paste top
        SST.art = legend top
        SSB.art = legend bottom
        FAB.art = drawing
        AST.art = drawing""",
    "Allegro by words": """
        L1-TOP.art = copper top 1
        L2-BOTTOM.art = copper bottom 2
        SOLDERMASK_TOP.art = mask top
        SOLDERPASTE_BOTTOM.art = paste bottom
        SILKSCREEN_TOP.art = legend top
        ASSEMBLY_TOP.art = drawing
        ASS_bot.art = drawing
        asy_top.art = drawing
        PANEL_DRAWING.art = drawing
        FAB_DETAILS.art = drawing""",
    "Allegro with numbered films": """
        art01.art = copper top 1
        pgp02.art = copper - 2
        art03.art = copper - 3
        art04.art = copper bottom 4
        soldtop.art = mask top
        soldbotm.art = mask bottom
        pasttop.art = paste top
        pastbotm.art = paste bottom
        silktop.art = legend top
        silkbotm.art = legend bottom
        drill-1-4.art = drawing
        adt.art = drawing
        outline.art = outline""",
    "Allegro of another bureau": """
        maxi_lyr1.art = copper top 1
        maxi_lyr2.art = copper bottom 2
        maxi_smc.art = mask top
        maxi_sms.art = mask bottom
        maxi_spc.art = paste top
        maxi_tslk.art = legend top
        maxi_bslk.art = legend bottom
        maxi_assy.art = drawing
        maxi_fab.art = drawing""",
    "Allegro that says LAY": """
        TOP.art = copper top 1
        LAY2_GND.art = copper - 2
        LAY3.art = copper - 3
        LAY4_GND.art = copper - 4
        LAY5.art = copper - 5
        BOTTOM.art = copper bottom 6
        PAST_TOP.art = paste top
        MASK_BOT.art = mask bottom
        ASSEM_BOT.art = drawing""",
    "PADS in India": """
        L1.gbr = copper top 1
        L2P.gbr = copper - 2
        L3S.gbr = copper - 3
        L4.gbr = copper bottom 4
        smpr.gbr = mask top
        smse.gbr = mask bottom
        sppr.gbr = paste top
        slpr.gbr = legend top
        slse.gbr = legend bottom
        fab.gbr = drawing""",
    "PADS": """
        Top.pho = copper top 1
        Layer2.pho = copper - 2
        Bottom.pho = copper bottom 3
        SMT.pho = mask top
        SSB.pho = legend bottom""",
    "DipTrace": """
        Top.gbr = copper top 1
        Inner1.gbr = copper - 2
        Bottom.gbr = copper bottom 3
        TopMask.gbr = mask top
        TopSilk.gbr = legend top
        TopPaste.gbr = paste top
        TopAssy.gbr = drawing
        TopDimension.gbr = drawing
        BoardOutline.gbr = outline""",
    "DesignSpark": """
        HotPi - Top Copper.gbr = copper top 1
        HotPi - GND Plane (Powerplane).gbr = copper - 2
        HotPi - Bottom Copper.gbr = copper bottom 3
        HotPi - Top Copper (Resist).gbr = mask top
        HotPi - Top Copper (Paste).gbr = paste top
        HotPi - Bottom Silkscreen.gbr = legend bottom
        HotPi - Board Outline.gbr = outline
        HotPi - Documentation.gbr = drawing
        HotPi - Drill Ident Drawing - [Through Hole].gbr = drawing""",
    "Proteus": """
        amp - CADCAM Top Copper.GBR = copper top 1
        amp - CADCAM Inner 1.GBR = copper - 2
        amp - CADCAM Bottom Copper.GBR = copper bottom 3
        amp - CADCAM Top Solder Resist.GBR = mask top
        amp - CADCAM Top SMT Paste.GBR = paste top
        amp - CADCAM Top Silk Screen.GBR = legend top
        amp - CADCAM Top Assembly.GBR = drawing top
        amp - CADCAM Mechanical 1.GBR = outline""",
    "gEDA": """
        amp.top.gbr = copper top 1
        amp.group3.gbr = copper - 2
        amp.bottom.gbr = copper bottom 3
        amp.topmask.gbr = mask top
        amp.topsilk.gbr = legend top
        amp.toppaste.gbr = paste top
        amp.outline.gbr = outline
        amp.fab.gbr = drawing""",
    "LibrePCB": """
        amp_COPPER-TOP.gbr = copper top 1
        amp_COPPER-IN1.gbr = copper - 2
        amp_COPPER-BOTTOM.gbr = copper bottom 3
        amp_SOLDERMASK-TOP.gbr = mask top
        amp_SILKSCREEN-TOP.gbr = legend top
        amp_SOLDERPASTE-BOTTOM.gbr = paste bottom
        amp_GLUE-TOP.gbr = drawing
        amp_OUTLINES.gbr = outline""",
    "Fritzing": """
        Untitled Sketch_copperTop.gtl = copper top 1
        Untitled Sketch_copperBottom.gbl = copper bottom 2
        Untitled Sketch_maskTop.gts = mask top
        Untitled Sketch_silkTop.gto = legend top
        Untitled Sketch_pasteMaskTop.gtp = paste top
        Untitled Sketch_contour.gm1 = outline""",
    "Target 3001": """
        bank1.2.Top = copper top 1
        bank1.2.Bot = copper bottom 2
        bank1.2.StopTop = mask top
        bank1.2.PasteBot = paste bottom
        bank1.2.PosiTop = legend top
        bank1.2.Outline = outline""",
    "Xpedition": """
        EtchLayerTop.gdo = copper top 1
        EtchLayer2.gdo = copper - 2
        EtchLayerBottom.gdo = copper bottom 3
        SoldermaskTop.gdo = mask top
        SolderPasteBottom.gdo = paste bottom
        SilkscreenTop.gdo = legend top
        BoardOutlline.gdo = outline
        DrillDrawingThrough.gdo = drawing""",
    "Xpedition with numbered films": """
        80101_F200_L01_Top.gdo = copper top 1
        80101_F200_L02.gdo = copper - 2
        80101_F200_L12_Bottom.gdo = copper bottom 3
        80101_F200_SoldermaskTop.gdo = mask top
        80101_F200_DrillDrawingThrough.gdo = drawing""",
    "FAB 3000": """
        tl = copper top 1
        bl = copper bottom 2
        ts = mask top
        bo = legend bottom
        ko = outline""",
    "nobody's own": """
        top.gbr = copper top 1
        bottom.gbr = copper bottom 2
        mask_top.gbr = mask top
        mask_bottom.gbr = mask bottom
        paste_top.gbr = paste top
        silk_top.gbr = legend top
        outline.gbr = outline""",
    "GC-Prevue": """
        Top Layer.GTL = copper top 1
        Bottom Layer.GBL = copper bottom 2
        Top Solder Mask.GTS = mask top
        Bottom Overlay.GBO = legend bottom
        Board Outline.GBL = outline""",
}
