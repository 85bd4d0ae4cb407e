"""Small IPC-2581 files as CAD tools write them, part by part."""

DICTIONARIES = """
<DictionaryLineDesc units="MILLIMETER">
  <EntryLineDesc id="thin"><LineDesc lineEnd="ROUND" lineWidth="0.2"/></EntryLineDesc>
</DictionaryLineDesc>
<DictionaryFillDesc units="MILLIMETER">
  <EntryFillDesc id="solid"><FillDesc fillProperty="FILL"/></EntryFillDesc>
  <EntryFillDesc id="hollow"><FillDesc fillProperty="HOLLOW"/></EntryFillDesc>
</DictionaryFillDesc>
<DictionaryStandard units="MILLIMETER">
  <EntryStandard id="dot"><Circle diameter="1"><FillDescRef id="solid"/></Circle></EntryStandard>
  <EntryStandard id="bar"><RectCenter width="2" height="1"/></EntryStandard>
</DictionaryStandard>
"""
LAYERS = """
<Layer name="SST" layerFunction="SILKSCREEN" side="TOP" polarity="POSITIVE"/>
<Layer name="TOP" layerFunction="CONDUCTOR" side="TOP" polarity="POSITIVE"/>
<Layer name="BOTTOM" layerFunction="CONDUCTOR" side="BOTTOM" polarity="POSITIVE"/>
<Layer name="DRILL" layerFunction="DRILL" side="ALL" >
  <Span fromLayer="TOP" toLayer="BOTTOM"/></Layer>
<Layer name="ASSY" layerFunction="ASSEMBLY" side="TOP" polarity="POSITIVE"/>
"""


def polygon(*points):
    (x0, y0), *rest = points
    steps = "".join(f'<PolyStepSegment x="{x}" y="{y}"/>' for x, y in rest)
    return f'<PolyBegin x="{x0}" y="{y0}"/>{steps}'


def box(x0, y0, x1, y1):
    return polygon((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0))


PROFILE = f"<Profile><Polygon>{box(0, 0, 80, 50)}</Polygon></Profile>"
COPPER = """<Set net="GND"><Pad padstackDefRef="via"><Location x="2" y="3"/><StandardPrimitiveRef id="dot"/>
<PinRef componentRef="R1" pin="1"/></Pad></Set>"""
ACROSS = '<Set><Pad><Location x="1" y="1"/><StandardPrimitiveRef id="dot"/></Pad></Set>' + COPPER.replace(
    'x="2" y="3"', 'x="78" y="48"'
)
HOLES = """<Set><Hole name="H1" diameter="0.3" platingStatus="VIA" plusTol="0" minusTol="0" x="10" y="10"/></Set>
<Set><Hole name="H2" diameter="3" platingStatus="NONPLATED" plusTol="0" minusTol="0" x="70" y="40"/></Set>"""
COMPONENTS = """<Component refDes="R1" packageRef="R0603" layerRef="TOP" part="RES" mountType="SMT">
<Xform rotation="90"/><Location x="10" y="20"/></Component>"""
BOM = """<Bom name="bom"><BomHeader assembly="a" revision="1"/>
<BomItem OEMDesignNumberRef="RES" quantity="1" pinCount="2" category="ELECTRICAL">
<RefDes name="R1" packageRef="R0603" populate="true" layerRef="TOP"/>
<Characteristics category="ELECTRICAL">
<Textual textualCharacteristicName="VALUE" textualCharacteristicValue="10k"/></Characteristics></BomItem></Bom>"""


def features(layer, sets):
    return f'<LayerFeature layerRef="{layer}">{sets}</LayerFeature>'


def step(content, *, name="board", profile=PROFILE):
    return f'<Step name="{name}">{profile}{content}</Step>'


BOTH = features("TOP", ACROSS) + features("BOTTOM", COPPER)
WHOLE = step(COMPONENTS + features("TOP", ACROSS) + features("BOTTOM", COPPER) + features("DRILL", HOLES))
USUAL = {
    "steps": WHOLE,  # what stands in CadData behind the layers
    "layers": LAYERS,
    "units": "MILLIMETER",
    "bom": BOM,
    "more": "",
    "mode": "FABRICATION",
    "revision": "C",
    "dictionaries": "",
}


def ipc(**parts):
    """A whole file, some of its parts other than usual."""
    return """<?xml version="1.0" encoding="UTF-8"?>
<IPC-2581 revision="{revision}" xmlns="http://webstds.ipc.org/2581">
<Content roleRef="Owner"><FunctionMode mode="{mode}"/><StepRef name="board"/>{usual}{dictionaries}</Content>
<LogisticHeader><Role id="Owner" roleFunction="SENDER"/><Enterprise id="YAG" name="Yageo" code="NONE"/></LogisticHeader>
<HistoryRecord number="1"><FileRevision fileRevisionId="1"><SoftwarePackage name="Example CAD" revision="7"/>
</FileRevision></HistoryRecord>
{bom}<Ecad name="design"><CadHeader units="{units}"/><CadData>{layers}{steps}</CadData></Ecad>
{more}</IPC-2581>""".format(usual=DICTIONARIES, **(USUAL | parts)).encode()


def with_top(sets, **more):
    """A file whose top copper is these sets, without an edge."""
    return ipc(steps=step(features("TOP", sets), profile=""), **more)
