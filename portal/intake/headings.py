"""The heading vocabulary: our word -> what customers write over that column, in ten languages.

The order within a word is the order of trust: when two columns fit, the earlier spelling wins.
Headings are compared in a plain form (`plain`): case, accents, stars and punctuation do not count.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

# One row per language or habit; spellings are parted by " | ".
VOCABULARY: Mapping[str, tuple[str, ...]] = {
    "designator": (
        "designator | designators | reference designator | reference designators | refdes | ref des | ref designator",
        "reference | references | reference s | ref | refs | ref s | ref des s | part reference | part ref | parts",
        "component reference | circuit reference | circuit ref",
        "location | locations | component designator | part id",
        "bauteilbezeichnung | bauteilbezeichner | bauteilbezeichnungen | bezeichner | referenz | referenzen",
        "repère | repères | rep topo | repère topologique | références topo | désignateur",
        "referencia | referencias | designador | designadores | riferimento | riferimenti | designatore",
        "位号 | 位置 | 元件位号 | 器件位号 | 位置号 | 标号 | 元件标号 | 位號 | 零件位置 | 參考位號 | 位置編號",
        "部品記号 | 回路記号 | 記号 | 部品位置 | リファレンス | 参照番号 | 回路番号 | 実装位置 | 部品番号",
        "참조번호 | 위치 | 레퍼런스 | 부품위치 | 참조 | 지정자 | 부품번호",
        "поз обозначение | позиционное обозначение | позиционные обозначения | обозначение | поз обозн",
        "oznaka | oznake | referenca | oznaka komponente",
        "part | component | components | name | comment",
    ),
    "quantity": (
        "quantity per pcb | quantity per board | qty per board | qty per pcb | qty pcb | quantity | qty | q ty",
        "usage | count | pcs | number of ref | qunatity | quanity | amount | quantity pcb | board qty | per board",
        "anzahl | menge | stückzahl | stück | stk | quantité | qté | nombre | nbre | cantidad | cant",
        "quantità | q tà | qta | numero pezzi",
        "数量 | 用量 | 个数 | 单板用量 | 數量 | 單板用量 | 物料数量 | 個数 | 員数 | 使用数 | 수량 | 개수",
        "кол | кол во | количество | к во | količina | kom | komada",
    ),
    "value": (
        "value | val | comp value | part value | component value | part value spec | wert | bauteilwert | valeur",
        "description value",
        "valor | valore | 值 | 参数 | 数值 | 标称值 | 规格 | 规格参数 | 數值 | 規格 | 參數 | 値 | 定数 | 規格値",
        "값 | 규격 | 정격 | номинал | значение | vrijednost | comment | name | part name | part",
    ),
    "package": (
        "footprint | package | package footprint | footprint package | pcb footprint | comp package | case package",
        "case | pattern | patternname | decal | partdecal | part decal | pcb decal | pkg | case size",
        "land pattern | sym name",
        "package or vendor nr | package type | size | gehäuse | bauform | gehäuseform | boîtier | empreinte",
        "encapsulado | huella | contenitore | impronta | 封装 | 封装类型 | 器件封装 | 封裝 | 封装形式",
        "パッケージ | 外形 | フットプリント | 形状 | 패키지 | 풋프린트 | корпус | тип корпуса | посадочное место",
        "kućište | pakiranje",
    ),
    "mpn": (
        "mpn | manufacturer part number | manufacturer part number 1",
        "mfr part number | mfg part number | mfr part #",
        "mfg part # | manufacturer part # | manufacturer part no | mfr part no",
        "mfg part no | mfr pn | mfg pn | mf pn",
        "manufacturer pn | manufacturer p n | mfr p n | mfg p n | manufacturer part | mfr part | mfg part | manf #",
        "mfr # | mfg # | manufacturer # | manufacturer number",
        "manufacturer s part number | mpn 1 | mfr no | mp | mfpn",
        "mpn seeed sku | manufacturer reference | manuf reference",
        "manufacturer code | manf part # | manuf part number",
        "herstellernummer | hersteller nr | hersteller nummer | herstellerteilenummer | hersteller teilenummer",
        "herstellerbezeichnung | hersteller artikelnummer | hersteller artikelnr | hersteller bestellnummer",
        "référence fabricant | ref fabricant | référence constructeur | no de pieza | número de pieza",
        "número de parte | referencia fabricante | codice produttore | codice costruttore",
        "制造商型号 | 厂家型号 | 厂商型号 | 原厂型号 | 原厂料号 | 制造商料号",
        "器件型号 | 型号 | 物料型号 | 料號 | 料号 | 型號",
        "メーカー型番 | メーカー品番 | 型番 | 品番 | 型式",
        "製品型番 | 제조사 품번 | 제조사 부품번호 | 품번 | 파트넘버",
        "артикул | партномер | номер производителя | kataloški broj | part number | partnumber | part no | part num",
        "part # | pn | p n | mfr pn sku | код | 部品番号 | 부품번호",
    ),
    "manufacturer": (
        "manufacturer | manufacturer s | manufacturer name | manufacturer 1 | mfr | mfg | mfr name | mfg name | manf",
        "mf | mfn | maker | brand | hersteller | fabricant | constructeur | marque | fabricante | produttore",
        "costruttore | 厂商 | 制造商 | 品牌 | 厂家 | 生产厂家",
        "廠牌 | 製造商 | メーカー | メーカ | メーカー名 | 製造元",
        "제조사 | 제조업체 | 메이커 | производитель | изготовитель | proizvođač",
    ),
    "description": (
        "description | part description | component description | item description | desc | tech characteristics",
        "specification | details | comp device type | beschreibung",
        "benennung | bezeichnung | désignation | descripción",
        "descrizione | 描述 | 说明 | 物料描述 | 名称 | 物料名称",
        "器件名称 | 品名 | 說明 | 説明 | 部品名 | 설명 | 품명",
        "описание | наименование | opis | naziv | device",
    ),
    "supplier_part": (
        "supplier part | supplier part number | supplier part number 1 | supplier part # | supplier part no",
        "supplier pn | vendor part number | vendor part # | distributor part number | order code | ordering code",
        "order number | lcsc part # | lcsc part number | lcsc part | lcsc part no | lcsc # | lcsc | lcscstockcode",
        "jlcpcb part # | jlcpcb part # optional | jlcpcb part number | jlc part # | digikey | digi key | digikey #",
        "digi key part number | digikey part number | digikey p n",
        "digikey pn | mouser | mouser # | mouser part number",
        "farnell | farnell com | newark | tme | digikey com | mouser com | code part number | sku | vendor nr",
        "bestellnummer | bestell nr | bestellnr | code commande | codice ordine | 立创编号 | 商城编号 | 供应商编号",
        "供应商料号 | 商品编号 | 注文番号 | 주문번호",
    ),
    "supplier": (
        "supplier | supplier 1 | vendor | vender | best supplier | distributor | lieferant | fournisseur | proveedor",
        "fornitore | 供应商 | 仕入先 | 공급업체 | поставщик | dobavljač",
    ),
    "notes": (
        "note | notes | remark | remarks | comments | assembly info | customer remark | bemerkung | bemerkungen",
        "anmerkung | anmerkungen | hinweis | kommentar | remarque | remarques | commentaire | observations | notas",
        "nota | observaciones | osservazioni | 备注 | 備註 | 备考 | 備考 | 補足 | 비고 | примечание | примечания",
        "your instructions notes | napomena | lcsc assembly | assembly | status | part status | info",
    ),
    "not_fitted": (
        "dnp | dni | dnf | dns | dnm | do not populate | do not place | do not fit | do not install | do not stuff",
        "do not mount | no mount | not fitted | not mounted | not populated | nicht bestücken | unbestückt",
        "ne pas monter | non monté | no montar | non montare | 不贴 | 未実装 | 미실장 | не устанавливать",
    ),
    "fitted": (
        "fitted | populate | populated | mount | mounted | stuff",
        "stuffed | bestücken | bestückt | monté | 実装 | 实装",
    ),
    "item": (
        "item | item # | item no | # | no | id | row | pos",
        "position | line | line # | s no | sl no | si no | sr no | nr",
        "lfd nr | rep | 序号 | 项次 | 項次 | 编号 | 番号 | 번호 | п п | redni broj | index",
    ),
    "x": (
        "mid x | midx | center x | centre x | centerx | posx | pos x | locationx | location x | x | x axis | x coord",
        "x coordinate | x position | position x | x pos | sym x | x center | x mid | x loc | placement centre x",
        "x坐标 | 坐标x | 中心x | 中心坐标x | x座標 | 座標x | x좌표",
        "x koordinate | coordonnée x | coordenada x | координата x | x координата",
        "ref x | pad x",
    ),
    "y": (
        "mid y | midy | center y | centre y | centery | posy | pos y | locationy | location y | y | y axis | y coord",
        "y coordinate | y position | position y | y pos | sym y | y center | y mid | y loc | placement centre y",
        "y坐标 | 坐标y | 中心y | 中心坐标y | y座標 | 座標y | y좌표",
        "y koordinate | coordonnée y | coordenada y | координата y | y координата",
        "ref y | pad y",
    ),
    "rotation": (
        "rotation | rot | rotate | angle | orientation",
        "orient | sym rotate | rotation deg | theta | drehung | winkel",
        "drehwinkel | rotación | ángulo | rotazione | angolo | 角度",
        "旋转 | 旋转角度 | 旋轉角度 | 旋轉 | 回転 | 回転角",
        "회전 | 각도 | поворот | угол | угол поворота | rotacija | kut",
    ),
    "side": (
        "side | layer | tb | top bottom | board side",
        "mount side | placement side | seite | lage | bestückseite | face",
        "côté | couche | lado | cara | capa | lato | strato | 层 | 面 | 板层 | 层面 | 板面 | 層 | 実装面 | 搭載面",
        "레이어 | 면 | 실장면 | сторона | слой | strana | sloj",
    ),
    "mirror": ("mirror | sym mirror | mirrored | mirrored side | gespiegelt",),
}

UNIT_WORDS = frozenset({"mm", "mil", "mils", "inch", "inches", "in", "thou", "deg", "degrees"})


@lru_cache(maxsize=20_000)
def plain(heading: str) -> str:
    """The form in which headings are compared: "*Mfg. P/N" and "mfg p n" are one."""
    letters = unicodedata.normalize("NFKD", heading[:200].replace("Đ", "D").replace("đ", "d")).casefold()
    kept = (
        character if character.isalnum() else " # " if character == "#" else " "
        for character in letters
        if not unicodedata.combining(character) and unicodedata.category(character) != "Cf"
    )
    return " ".join("".join(kept).split())


def _spellings(word: str) -> Iterator[str]:
    for row in VOCABULARY[word]:
        yield from (plain(spelling) for spelling in row.split(" | "))


def _table() -> dict[str, dict[str, int]]:
    """Plain heading -> our words it may mean, each with its rank of trust (0 is most)."""
    meanings: dict[str, dict[str, int]] = {}
    for word in VOCABULARY:
        for rank, spelling in enumerate(_spellings(word)):
            meanings.setdefault(spelling, {}).setdefault(word, rank)
    return meanings


MEANINGS = _table()

# Headings under which designators stand only sometimes: the cells decide, not the word.
DOUBTFUL = frozenset(
    plain(word)
    for word in (
        "part",
        "component",
        "components",
        "name",
        "comment",
        "部品番号",
        "부품번호",
        "位置",
        "location",
    )
)


def without_unit(heading: str) -> tuple[str, str | None]:
    """The plain heading and the unit in it: "Center-X(mm)" is ("center x", "mm")."""
    words = plain(heading).split()
    if len(words) > 1 and words[-1] in UNIT_WORDS:
        return " ".join(words[:-1]), words[-1]
    return " ".join(words), None


def meanings(heading: str) -> dict[str, int]:
    """Our words for this heading with their ranks; empty when it is not in the vocabulary."""
    said = heading.strip().removeprefix("# ")  # gEDA's headings stand in a remark
    known = MEANINGS.get(plain(said))
    return known if known is not None else MEANINGS.get(without_unit(said)[0], {})


def is_known(heading: str) -> bool:
    return bool(meanings(heading))
