"""More whole sets, drills and papers among them: newer tools, fab plug-ins, older exports, and tools of other tongues.

As in real_names.py; a drill that is named like a Gerber file shows its holes as flashes.
"""

RARE_SETS: dict[str, str] = {
    "KiCad 9 with drills as Gerber": """
        amp-F_Cu.gbr = copper top 1
        amp-In1_Cu.gbr = copper - 2
        amp-In2_Cu.gbr = copper - 3
        amp-B_Cu.gbr = copper bottom 4
        amp-F_Silkscreen.gbr = legend top
        amp-B_Paste.gbr = paste bottom
        amp-Edge_Cuts.gbr = outline
        amp-PTH-drl.gbr = drill
        amp-NPTH-drl.gbr = drill
        amp-F_Courtyard.gbr = drawing
        amp-User_Drawings.gbr = drawing
        amp-User_Eco1.gbr = drawing
        amp-User_Comments.gbr = drawing""",
    "tscircuit: KiCad's words alone": """
        F_Cu.gbr = copper top 1
        B_Cu.gbr = copper bottom 2
        F_Mask.gbr = mask top
        B_Mask.gbr = mask bottom
        F_Paste.gbr = paste top
        F_SilkScreen.gbr = legend top
        B_SilkScreen.gbr = legend bottom
        Edge_Cuts.gbr = outline
        drill.drl = drill
        drill_npth.drl = drill""",
    "KiCad for FusionPCB": """
        amp.GTL = copper top 1
        amp.GL2 = copper - 2
        amp.GL3 = copper - 3
        amp.GBL = copper bottom 4
        amp.GTS = mask top
        amp.GBO = legend bottom
        amp.GML = outline
        amp.TXT = drill""",
    "Altium with everything": """
        amp.GTL = copper top 1
        amp.G1 = copper - 2
        amp.G2 = copper - 3
        amp.GBL = copper bottom 4
        amp.GTS = mask top
        amp.GBS = mask bottom
        amp.GTP = paste top
        amp.GBP = paste bottom
        amp.GTO = legend top
        amp.GBO = legend bottom
        amp.GKO = outline
        amp.GG1 = drawing
        amp.GPB = drawing
        amp-RoundHoles.TXT = drill
        amp-SlotHoles.TXT = drill
        amp-RoundHoles-NonPlated.TXT = drill""",
    "Protel 99 SE": """
        AMP.gtl = copper top 1
        AMP.gp1 = copper - 2
        AMP.gp2 = copper - 3
        AMP.gbl = copper bottom 4
        AMP.gts = mask top
        AMP.gto = legend top
        AMP.gtp = paste top
        AMP.gko = outline
        AMP.gd1 = drawing
        AMP.gpt = drawing
        AMP.txt = drill""",
    "EAGLE by OSH Park": """
        amp.toplayer.ger = copper top 1
        amp.internalplane1.ger = copper - 2
        amp.internalplane2.ger = copper - 3
        amp.bottomlayer.ger = copper bottom 4
        amp.topsoldermask.ger = mask top
        amp.bottomsoldermask.ger = mask bottom
        amp.topsilkscreen.ger = legend top
        amp.bottomsilkscreen.ger = legend bottom
        amp.tcream.ger = paste top
        amp.boardoutline.ger = outline
        amp.drills.xln = drill""",
    "EAGLE by Seeed": """
        amp.GTL = copper top 1
        amp.GBL = copper bottom 2
        amp.GTS = mask top
        amp.GBS = mask bottom
        amp.GTO = legend top
        amp.GTP = paste top
        amp.GML = outline
        amp.TXT = drill""",
    "Fusion Electronics": """
        GerberFiles/copper_top.gbr = copper top 1
        GerberFiles/copper_bottom.gbr = copper bottom 2
        GerberFiles/soldermask_top.gbr = mask top
        GerberFiles/solderpaste_bottom.gbr = paste bottom
        GerberFiles/silkscreen_top.gbr = legend top
        GerberFiles/profile.gbr = outline
        DrillFiles/drill_1_16.xln = drill""",
    "EasyEDA Std of today": """
        Gerber_TopLayer.GTL = copper top 1
        Gerber_BottomLayer.GBL = copper bottom 2
        Gerber_TopSilkscreenLayer.GTO = legend top
        Gerber_TopSolderMaskLayer.GTS = mask top
        Gerber_TopPasteMaskLayer.GTP = paste top
        Gerber_BoardOutlineLayer.GKO = outline
        Gerber_DrillDrawingLayer.GDD = drawing
        Drill_PTH_Through.DRL = drill
        Drill_PTH_Through_Via.DRL = drill
        Drill_NPTH_Through.DRL = drill""",
    "Allegro with nets in the names": """
        L01_TOP.art = copper top 1
        L02_GND.art = copper - 2
        L03_SIG.art = copper - 3
        L04_PWR.art = copper - 4
        L05_GND.art = copper - 5
        L06_BOTTOM.art = copper bottom 6
        SMT.art = mask top
        SMB.art = mask bottom
        SPT.art = paste top
        SPB.art = paste bottom
        SST.art = legend top
        ASSY_TOP.art = drawing
        DRILL.art = drawing
        amp-1-6.drl = drill
        amp-1-6-np.drl = drill""",
    "OrCAD PCB Editor": """
        TOP.art = copper top 1
        GND.art = copper - 2
        POWER.art = copper - 3
        BOTTOM.art = copper bottom 4
        SOLDERMASK_TOP.art = mask top
        SOLDERMASK_BOTTOM.art = mask bottom
        PASTEMASK_TOP.art = paste top
        SILKSCREEN_TOP.art = legend top
        SILKSCREEN_BOTTOM.art = legend bottom
        BOARD_OUTLINE.art = outline
        ASSEMBLY_BOTTOM.art = drawing
        FAB.art = drawing""",
    "PADS with names of its own": """
        L1_Top.pho = copper top 1
        L2_GND.pho = copper - 2
        L3_PWR.pho = copper - 3
        L4_Bottom.pho = copper bottom 4
        Solder_Mask_Top.pho = mask top
        Solder_Mask_Bottom.pho = mask bottom
        Paste_Mask_Top.pho = paste top
        Silkscreen_Top.pho = legend top
        Assembly_Top.pho = drawing top
        Drill_Drawing.pho = drawing""",
    "Xpedition with numbers and sides": """
        EtchLayer1Top.gdo = copper top 1
        EtchLayer2.gdo = copper - 2
        EtchLayer3.gdo = copper - 3
        EtchLayer4Bottom.gdo = copper bottom 4
        SoldermaskTop.gdo = mask top
        SoldermaskBottom.gdo = mask bottom
        SolderPasteTop.gdo = paste top
        GeneratedSilkscreenTop.gdo = legend top
        AssemblyTop.gdo = drawing
        ContourOutline.gdo = outline
        ThruHolePlated.ncd = drill
        ThruHoleNonPlated.ncd = drill""",
    "Proteus 7": """
        amp - CADCAM Top Copper.TXT = copper top 1
        amp - CADCAM Bottom Copper.TXT = copper bottom 2
        amp - CADCAM Top Silk Screen.TXT = legend top
        amp - CADCAM Top Solder Resist.TXT = mask top
        amp - CADCAM Bottom Solder Resist.TXT = mask bottom
        amp - CADCAM Top SMT Mask.TXT = paste top
        amp - CADCAM Bottom SMT Mask.TXT = paste bottom
        amp - CADCAM Mechanical 1.TXT = outline
        amp - CADCAM Drill.TXT = drill""",
    "DesignSpark with drills": """
        amp - Top Copper.gbr = copper top 1
        amp - Bottom Copper.gbr = copper bottom 2
        amp - Top Copper (Resist).gbr = mask top
        amp - Bottom Copper (Resist).gbr = mask bottom
        amp - Top Copper (Paste).gbr = paste top
        amp - Top Silkscreen.gbr = legend top
        amp - [Board Outline].gbr = outline
        amp - Top Documentation.gbr = drawing
        amp - Drill Data - [Through Hole].drl = drill
        amp - Drill Data - [Through Hole] (Unplated).drl = drill""",
    "Pulsonix": """
        amp - Top Copper.gbr = copper top 1
        amp - Inner Layer 1.gbr = copper - 2
        amp - Bottom Copper.gbr = copper bottom 3
        amp - Top Solder Resist.gbr = mask top
        amp - Bottom Solder Resist.gbr = mask bottom
        amp - Top Paste Mask.gbr = paste top
        amp - Top Silkscreen.gbr = legend top
        amp - Board Outline.gbr = outline
        amp - Top Assembly.gbr = drawing top""",
    "CADSTAR with layers' numbers": """
        amp_top_elec.gbr = copper top 1
        amp_inner_elec_1.gbr = copper - 2
        amp_inner_elec_2.gbr = copper - 3
        amp_bottom_elec.gbr = copper bottom 4
        amp_top_solder_resist.gbr = mask top
        amp_bottom_solder_resist.gbr = mask bottom
        amp_top_solder_paste.gbr = paste top
        amp_top_silk.gbr = legend top
        amp_bottom_placement.gbr = drawing bottom
        amp_board_outline.gbr = outline""",
    "Ultiboard with short sides": """
        Copper Top.gbr = copper top 1
        Copper Inner 1.gbr = copper - 2
        Copper Inner 2.gbr = copper - 3
        Copper Bottom.gbr = copper bottom 4
        Solder Mask Top.gbr = mask top
        Solder Mask Bottom.gbr = mask bottom
        Paste Mask Top.gbr = paste top
        Silkscreen Bottom.gbr = legend bottom
        Board Outline.gbr = outline""",
    "gEDA with front and back": """
        amp.front.gbr = copper top 1
        amp.back.gbr = copper bottom 2
        amp.frontmask.gbr = mask top
        amp.backmask.gbr = mask bottom
        amp.frontsilk.gbr = legend top
        amp.frontpaste.gbr = paste top
        amp.outline.gbr = outline
        amp.plated-drill.cnc = drill
        amp.unplated-drill.cnc = drill""",
    "Fritzing with drills": """
        clock_copperTop.gtl = copper top 1
        clock_copperBottom.gbl = copper bottom 2
        clock_maskTop.gts = mask top
        clock_maskBottom.gbs = mask bottom
        clock_pasteMaskBottom.gbp = paste bottom
        clock_silkBottom.gbo = legend bottom
        clock_contour.gm1 = outline
        clock_drill.txt = drill""",
    "Horizon": """
        amp.gtl = copper top 1
        amp.g1 = copper - 2
        amp.g2 = copper - 3
        amp.gbl = copper bottom 4
        amp.gts = mask top
        amp.gbp = paste bottom
        amp.gto = legend top
        amp.gko = outline
        amp.txt = drill
        amp-npth.txt = drill""",
    "LibrePCB with drills": """
        amp_v1_COPPER-TOP.gbr = copper top 1
        amp_v1_COPPER-IN1.gbr = copper - 2
        amp_v1_COPPER-IN2.gbr = copper - 3
        amp_v1_COPPER-BOTTOM.gbr = copper bottom 4
        amp_v1_SOLDERMASK-BOTTOM.gbr = mask bottom
        amp_v1_SOLDERPASTE-TOP.gbr = paste top
        amp_v1_SILKSCREEN-BOTTOM.gbr = legend bottom
        amp_v1_OUTLINES.gbr = outline
        amp_v1_DRILLS-PTH.drl = drill
        amp_v1_DRILLS-NPTH.drl = drill""",
    "Upverter": """
        top_copper.ger = copper top 1
        bottom_copper.ger = copper bottom 2
        top_solder_mask.ger = mask top
        bottom_solder_mask.ger = mask bottom
        top_paste.ger = paste top
        top_silkscreen.ger = legend top
        board_outline.ger = outline
        drills.xln = drill""",
    "Target 3001 with drills": """
        amp.Top = copper top 1
        amp.Bot = copper bottom 2
        amp.StopTop = mask top
        amp.StopBot = mask bottom
        amp.PosiBot = legend bottom
        amp.PasteTop = paste top
        amp.Outline = outline
        amp.Drill = drill""",
    "Sprint-Layout in German": """
        amp_Kupfer_oben.gbr = copper top 1
        amp_Kupfer_unten.gbr = copper bottom 2
        amp_Lötstopp_oben.gbr = mask top
        amp_Lötstopp_unten.gbr = mask bottom
        amp_SMD-Maske_oben.gbr = paste top
        amp_Umriss.gbr = outline
        amp_Bohrungen.drl = drill""",
    "CAM350": """
        top.gbx = copper top 1
        gnd.gbx = copper - 2
        vcc.gbx = copper - 3
        bottom.gbx = copper bottom 4
        mask_top.gbx = mask top
        mask_bot.gbx = mask bottom
        paste_top.gbx = paste top
        silk_top.gbx = legend top
        outline.gbx = outline""",
    "Japanese words": """
        基板_部品面.gbr = copper top 1
        基板_半田面.gbr = copper bottom 2
        基板_部品面レジスト.gbr = mask top
        基板_半田面レジスト.gbr = mask bottom
        基板_部品面シルク.gbr = legend top
        基板_メタルマスク表.gbr = paste top
        基板外形.gbr = outline""",
    "Italian words": """
        rame_superiore.gbr = copper top 1
        rame_inferiore.gbr = copper bottom 2
        maschera_superiore.gbr = mask top
        maschera_inferiore.gbr = mask bottom
        serigrafia_superiore.gbr = legend top
        contorno.gbr = outline
        foratura.drl = drill""",
    "Spanish words": """
        cobre_superior.gbr = copper top 1
        cobre_inferior.gbr = copper bottom 2
        mascara_superior.gbr = mask top
        mascara_inferior.gbr = mask bottom
        serigrafia_superior.gbr = legend top
        pasta_superior.gbr = paste top
        contorno.gbr = outline
        taladros.drl = drill""",
    "Russian words": """
        плата_медь_верх.gbr = copper top 1
        плата_медь_низ.gbr = copper bottom 2
        плата_паяльная_маска_верх.gbr = mask top
        плата_шелкография_верх.gbr = legend top
        плата_контур.gbr = outline
        плата_сверление.drl = drill""",
}

# A side in the name, or copper's own word, and still no copper: whoever takes these for layers builds another board.
LOOK_ALIKES: tuple[str, ...] = (
    "amp-drl_map.gbr",
    "amp-PTH-drl_map.gbr",
    "Drill Drawing.gbr",
    "drill_drawing_top.gbr",
    "drill guide bottom.gbr",
    "hole_chart.gbr",
    "Assembly Top.gbr",
    "assy_bottom.gbr",
    "top_assy.gbr",
    "amp_fab.gbr",
    "fab drawing top.gbr",
    "fabrication_notes.gbr",
    "amp-F_Fab.gbr",
    "amp-B_CrtYd.gbr",
    "top_courtyard.gbr",
    "Keep-Out Layer.gbr",
    "top keepout.gbr",
    "keep_in_bottom.gbr",
    "glue_top.gbr",
    "top_adhesive.gbr",
    "peelable mask bottom.gbr",
    "carbon_top.gbr",
    "stackup.gbr",
    "Title Block Top.gbr",
    "3d_body_top.gbr",
    "testpoints_top.gbr",
    "test points bottom.gbr",
    "stiffener_top.gbr",
    "heatsink-bottom.gbr",
    "via_plugging_top.gbr",
    "hard gold top.gbr",
    "gold_fingers_bottom.gbr",
    "bend_area_top.gbr",
    "component height top.gbr",
    "impedance top.gbr",
    "dimensions top.gbr",
    "component outline top.gbr",
    "placement_outline_bottom.gbr",
    "designators_top.gbr",
    "pick and place top.gbr",
)
