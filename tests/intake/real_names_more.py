"""More tools' file names, as in real_names.py: the tools that are met less often, and house styles."""

MORE_SETS: dict[str, str] = {
    "KiCad before 4": """
        amp-Front.gtl = copper top 1
        amp-Inner_L1.gbr = copper - 2
        amp-Back.gbl = copper bottom 3
        amp-Mask_Front.gts = mask top
        amp-Mask_Back.gbs = mask bottom
        amp-SilkS_Front.gto = legend top
        amp-SoldP_Front.gtp = paste top
        amp-PCB_Edges.gbr = outline
        amp-Drawings.gbr = drawing""",
    "KiCad of 2009": """
        amp-Component.pho = copper top 1
        amp-Copper.pho = copper bottom 2
        amp-Mask_Cmp.pho = mask top
        amp-SilkS_Cmp.pho = legend top
        amp-PCB_Edges.pho = outline""",
    "Eagle by letters": """
        amp.top = copper top 1
        amp.bot = copper bottom 2
        amp.tsm = mask top
        amp.bsm = mask bottom
        amp.tsk = legend top
        amp.bsk = legend bottom
        amp.tsp = paste top
        amp.bor = outline""",
    "OrCAD Layout": """
        amp.TOP = copper top 1
        amp.IN1 = copper - 2
        amp.IN2 = copper - 3
        amp.BOT = copper bottom 4
        amp.SMT = mask top
        amp.SMB = mask bottom
        amp.SST = legend top
        amp.SSB = legend bottom
        amp.SPT = paste top
        amp.AST = drawing
        amp.FAB = drawing""",
    "Zuken": """
        Conductive-1.fph = copper top 1
        Conductive-2.fph = copper - 2
        Conductive-3.fph = copper - 3
        Conductive-4.fph = copper bottom 4
        Resist-A.fph = mask top
        Resist-B.fph = mask bottom
        Symbol-A.fph = legend top
        Symbol-B.fph = legend bottom
        MetalMask-A.fph = paste top
        BoardFigure.fph = outline
        HoleDrawing.fph = drawing""",
    "CADSTAR": """
        amp Top Elec.gbr = copper top 1
        amp Inner Elec 1.gbr = copper - 2
        amp Bottom Elec.gbr = copper bottom 3
        amp Top Solder Resist.gbr = mask top
        amp Bottom Solder Resist.gbr = mask bottom
        amp Top Paste.gbr = paste top
        amp Top Silkscreen.gbr = legend top
        amp Top Placement.gbr = drawing top""",
    "Ultiboard": """
        amp - Copper Top.gbr = copper top 1
        amp - Copper Inner 1.gbr = copper - 2
        amp - Copper Bottom.gbr = copper bottom 3
        amp - Solder Mask Top.gbr = mask top
        amp - Paste Mask Bottom.gbr = paste bottom
        amp - Silkscreen Top.gbr = legend top
        amp - Board Outline.gbr = outline""",
    "Sprint-Layout": """
        amp_copper_top.gbr = copper top 1
        amp_copper_bottom.gbr = copper bottom 2
        amp_soldermask_top.gbr = mask top
        amp_smdmask_top.gbr = paste top
        amp_silkscreen_top.gbr = legend top
        amp_outline.gbr = outline""",
    "FreePCB": """
        top_copper.grb = copper top 1
        inner_copper_1.grb = copper - 2
        bottom_copper.grb = copper bottom 3
        top_solder_mask.grb = mask top
        top_paste_mask.grb = paste top
        bottom_silk.grb = legend bottom
        board_outline.grb = outline""",
    "CAM bureau of component and solder sides": """
        CO.gbr = copper top 1
        SO.gbr = copper bottom 2
        CSM.gbr = mask top
        SSM.gbr = mask bottom
        CSK.gbr = legend top
        SSK.gbr = legend bottom
        OUT.gbr = outline""",
    "suffix as the name": """
        gtl.gbr = copper top 1
        g1.gbr = copper - 2
        gbl.gbr = copper bottom 3
        gts.gbr = mask top
        gbo.gbr = legend bottom
        gtp.gbr = paste top
        gko.gbr = outline""",
    "PADS by its own numbering": """
        art001.pho = copper top 1
        pgp002.pho = copper - 2
        art003.pho = copper bottom 3
        sm001021.pho = mask top
        sm003028.pho = mask bottom
        smd001023.pho = paste top
        sst001026.pho = legend top
        adt001.pho = drawing""",
    "Allegro by primary side": """
        PRIMARY.art = copper top 1
        L2_GND.art = copper - 2
        SECONDARY.art = copper bottom 3
        PSM.art = mask top
        SSM.art = mask bottom
        SSB.art = legend bottom""",
    "Allegro by etch": """
        ETCH_TOP.art = copper top 1
        IN1.art = copper - 2
        IN2.art = copper - 3
        ETCH_BOTTOM.art = copper bottom 4
        SOLDERMASK_TOP.art = mask top
        PASTEMASK_BOTTOM.art = paste bottom
        SILKSCREEN_TOP.art = legend top
        ADT.art = drawing""",
    "Altium with X2 names only": """
        amp_Copper_Signal_Top.gbr = copper top 1
        amp_Copper_Plane_1.gbr = copper - 2
        amp_Copper_Signal_Bot.gbr = copper bottom 3
        amp_Board.gbr = drawing
        amp_Top_Coating.gbr = drawing
        amp_Bottom_Designator.gbr = drawing
        amp_Bottom_3D_Body.gbr = drawing
        amp_Keep-out.gbr = drawing
        amp_Mechanical_1.gbr = drawing
        amp_Drillmap_1.gbr = drawing
        amp_PTH_Drill.gbr = drill
        amp_NPTH_Drill.gbr = drill
        amp_Profile.gbr = outline""",
    "DipTrace with drills as Gerber": """
        Top.gbr = copper top 1
        Bottom.gbr = copper bottom 2
        TopMask.gbr = mask top
        TopDimension.gbr = drawing
        TopCourtyard.gbr = drawing
        Drill_Plated_Through.gbr = drill
        Drill_NonPlated_Through.gbr = drill
        BoardOutline.gbr = outline""",
    "Proteus 8.11": """
        amp - CADCAM Top Copper.GBR = copper top 1
        amp - CADCAM Bottom Copper.GBR = copper bottom 2
        amp - CADCAM Drill TOP-BOT Plated.GBR = drill
        amp - CADCAM Drill TOP-BOT Unplated.GBR = drill
        amp - CADCAM Mechanical 1.GBR = outline
        amp - CADCAM Mechanical 2.GBR = drawing""",
    "EasyEDA Pro": """
        Gerber_TopLayer.GTL = copper top 1
        Gerber_InnerLayer1.G1 = copper - 2
        Gerber_InnerLayer2.G2 = copper - 3
        Gerber_BottomLayer.GBL = copper bottom 4
        Gerber_TopAssemblyLayer.GTA = drawing
        Gerber_MechanicalLayer.GME = drawing
        Gerber_DocumentLayer.GDL = drawing
        Gerber_BoardOutlineLayer.GKO = outline""",
    "Chinese words": """
        主板-顶层.gbr = copper top 1
        主板-底层.gbr = copper bottom 2
        主板-顶层阻焊.gbr = mask top
        主板-底层丝印.gbr = legend bottom
        主板-顶层焊膏.gbr = paste top
        主板-外形.gbr = outline
        主板-装配图.gbr = drawing""",
    "German words": """
        Kupfer_oben.gbr = copper top 1
        Kupfer_unten.gbr = copper bottom 2
        Lötstopp_oben.gbr = mask top
        Loetstopp_unten.gbr = mask bottom
        Bestückungsplan_oben.gbr = drawing top
        Kontur.gbr = outline""",
    "French words": """
        cuivre_dessus.gbr = copper top 1
        cuivre_dessous.gbr = copper bottom 2
        vernis_dessus.gbr = mask top
        serigraphie_dessus.gbr = legend top
        contour.gbr = outline""",
    "Allegro with underscores": """
        TOP.art = copper top 1
        BOTTOM.art = copper bottom 2
        SM_TOP.art = mask top
        PM_TOP.art = paste top
        PM_BOT.art = paste bottom
        SILK_TOP.art = legend top
        OUTLINE.art = outline""",
    "PADS with the number of the board": """
        XMP16-01-TOP.pho = copper top 1
        XMP16-01-GND.pho = copper - 2
        XMP16-01-BOT.pho = copper bottom 3
        XMP16-01-SMT.pho = mask top
        XMP16-01-SPT.pho = paste top
        XMP16-01-SPB.pho = paste bottom
        XMP16-01-SST.pho = legend top
        XMP16-01-CMT.pho = drawing""",
    "PADS, primary and secondary side": """
        L1_PS.pho = copper top 1
        L2_GND_1.pho = copper - 2
        L3_IN_1.pho = copper - 3
        L4_SS.pho.pho = copper bottom 4
        psm.pho = mask top
        ssm.pho = mask bottom
        psp.pho = paste top
        ssp.pho = paste bottom
        pss.pho = legend top
        sss.pho = legend bottom
        FAB.pho = drawing""",
    "DipTrace 2 with its board": """
        Top.gbr = copper top 1
        Bottom.gbr = copper bottom 2
        TopMask.gbr = mask top
        TopSilk.gbr = legend top
        Board.gbr = outline
        BoardOutline.gbr = outline""",
}
