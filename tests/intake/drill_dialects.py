"""The same six holes as each CAD tool writes them; three of 0.3 mm, two of 1.016 mm, one of 3.2 mm."""

PLACES = ((2.54, 2.54), (5.08, 2.54), (7.62, 10.16), (10.16, 5.08), (12.7, 5.08), (20.32, 15.24))
SIZES = (0.3, 0.3, 0.3, 1.016, 1.016, 3.2)
BOARD = (0.0, 0.0, 25.4, 20.32)

DECIMAL_MM = """T1
X2.54Y2.54
X5.08Y2.54
X7.62Y10.16
T2
X10.16Y5.08
X12.7Y5.08
T3
X20.32Y15.24
"""
DECIMAL_INCH = """T1
X0.1Y0.1
X0.2Y0.1
X0.3Y0.4
T2
X0.4Y0.2
X0.5Y0.2
T3
X0.8Y0.6
"""
LEADING_24 = """T01
X001Y001
X002Y001
X003Y004
T02
X004Y002
X005Y002
T03
X008Y006
"""  # inch, 2:4, trailing zeros left out
TRAILING_24 = """T01
X1000Y1000
X2000Y1000
X3000Y4000
T02
X4000Y2000
X5000Y2000
T03
X8000Y6000
"""  # inch, 2:4, leading zeros left out
PADDED_33 = """T1
X002540Y002540
X005080Y002540
X007620Y010160
T2
X010160Y005080
X012700Y005080
T3
X020320Y015240
"""  # millimetres, 3:3, no zero left out

DIALECTS: dict[str, str] = {
    "KiCad 8, decimals": f"""M48
; DRILL file {{KiCad 8.0.1}} date 2024-05-01T10:00:00+0200
; FORMAT={{-:-/ absolute / metric / decimal}}
; #@! TF.CreationDate,2024-05-01T10:00:00+02:00
; #@! TF.FileFunction,MixedPlating,1,2
FMAT,2
METRIC
; #@! TA.AperFunction,Plated,PTH,ViaDrill
T1C0.300
; #@! TA.AperFunction,Plated,PTH,ComponentDrill
T2C1.016
; #@! TA.AperFunction,NonPlated,NPTH,ComponentDrill
T3C3.200
%
G90
G05
{DECIMAL_MM}M30
""",
    "KiCad in inches": f"""M48
;DRILL file {{Pcbnew 4.0.7}} date 01/05/18 10:00:00
;FORMAT={{2:4/ absolute / inch / suppress leading zeros}}
FMAT,2
INCH,TZ
T1C0.0118
T2C0.0400
T3C0.1260
%
G90
G05
M72
{TRAILING_24}T0
M30
""",
    "KiCad, all zeros kept": f"""M48
; DRILL file {{KiCad 5.1.9}} date 2021
; FORMAT={{3:3/ absolute / metric / keep zeros}}
FMAT,2
METRIC,TZ
T1C0.300
T2C1.016
T3C3.200
%
G90
G05
{PADDED_33}T0
M30
""",
    "Altium 2:4 in inches": f"""M48
;Layer_Color=9474304
;FILE_FORMAT=2:4
INCH,LZ
;TYPE=PLATED
T01F00S00C0.0118
T02F00S00C0.0400
;TYPE=NON_PLATED
T03F00S00C0.1260
%
{LEADING_24}M30
""",
    "Altium in millimetres": f"""M48
;Layer_Color=9474304
;FILE_FORMAT=3:3
METRIC,TZ
;TYPE=PLATED
T1F00S00C0.3000
T2F00S00C1.0160
;TYPE=NON_PLATED
T3F00S00C3.2000
%
{PADDED_33}M30
""",
    "EAGLE 4 to 6": f"""%
M48
M72
T01C0.0118
T02C0.0400
T03C0.1260
%
{TRAILING_24}M30
""",
    "EAGLE 9": f"""M48
;GenerationSoftware,Autodesk,EAGLE,9.6.2*%
;CreationDate,2020-11-01T10:00:00Z*%
FMAT,2
ICI,OFF
METRIC,TZ,000.000
T3C3.200
T2C1.016
T1C0.300
%
G90
M71
{PADDED_33}M30
""",
    "Allegro": f"""M48
;LEADER: 12
;HEADER:
;CODE  : ASCII
;FILE  : amp-1-2.drl for ... layers TOP and BOTTOM
;  Holesize 1. = 11.811 Tolerance = +0.000/-0.000 PLATED MILS Quantity = 3
;  Holesize 2. = 40.000 Tolerance = +0.000/-0.000 PLATED MILS Quantity = 2
;  Holesize 3. = 125.984 Tolerance = +0.000/-0.000 NON_PLATED MILS Quantity = 1
%
G90
{TRAILING_24}M30
""",
    "PADS": f"""M48
INCH,LZ
T01C0.0118F085S30
T02C0.0400F078S30
T03C0.1260F060S12
%
{LEADING_24}M30
""",
    "Xpedition": f"""M48
; Contents: Thru / Drill
; Format  : 2.4 / Absolute / Inches / Trailing
INCH,LZ
T01C0.0118
T02C0.0400
T03C0.1260
%
{LEADING_24}M30
""",
    "EasyEDA": f"""M48
METRIC,LZ,000.000
;FILE_FORMAT=3:3
;TYPE=PLATED
;Layer: PTH_Through
;EasyEDA Pro v2.1, 2024-05-01 10:00:00
;Gerber Generator version 0.3
T01C0.300
T02C1.016
;TYPE=NON_PLATED
T03C3.200
%
G05
G90
{PADDED_33}M30
""",
    "gEDA pcb": f"""M48
INCH
T1C0.0118
T2C0.040
T3C0.126
%
{DECIMAL_INCH}M30
""",
    "DipTrace": f"""M48
METRIC
T1C0.3
T2C1.016
T3C3.2
%
{DECIMAL_MM}T0
M30
""",
    "Fritzing": f"""; NON-PLATED HOLES START AT T1
; THROUGH (PLATED) HOLES START AT T100
M48
INCH
T1C0.0118
T2C0.0400
T3C0.1260
%
{TRAILING_24}T00
M30
""",
    "LibrePCB": f"""M48
; #@! TF.GenerationSoftware,LibrePCB,LibrePCB,1.0.0
FMAT,2
METRIC,TZ
T1C0.3
T2C1.016
T3C3.2
%
G90
G05
M71
{DECIMAL_MM}T0
M30
""",
    "Proteus": f"""M48
INCH,TZ
T01C0.0118
T02C0.0400
T03C0.1260
%
{TRAILING_24}M30
""",
    "DesignSpark, modal": """M48
METRIC,TZ
T1C0.3
T2C1.016
T3C3.2
%
G81
T1
X002540Y002540
X005080
X007620Y010160
T2
X010160Y005080
X012700
T3
X020320Y015240
M30
""",
    "no header at all": f"""%
T01C0.0118
T02C0.0400
T03C0.1260
{TRAILING_24}M30
""",
    "steps from hole to hole": """M48
METRIC
T1C0.3
T2C1.016
T3C3.2
%
G91
T1
X2.54Y2.54
X2.54
X2.54Y7.62
T2
X2.54Y-5.08
X2.54
T3
X7.62Y10.16
M30
""",
    "holes one behind the other by repeats": """M48
METRIC
T1C0.3
T2C1.016
T3C3.2
%
T1
X2.54Y2.54
R1X2.54
X7.62Y10.16
T2
X10.16Y5.08
R1X2.54
T3
X20.32Y15.24
M30
""",
}
SAY_PLATING = ("KiCad 8, decimals", "Altium 2:4 in inches", "Altium in millimetres", "Allegro", "EasyEDA")
PLATED_KNOWN = dict.fromkeys(SAY_PLATING, (1, 1, 1, 1, 1, 0))
