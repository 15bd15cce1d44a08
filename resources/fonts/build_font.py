# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes one of Binnacle's fonts from one of Debian's.

Three things cannot be asked of a font at run time with Qt 6.4, so they are settled in the file:
  --tabular       digits of one width, so that a number does not move when its value does
  --no-ligatures  every sign as it was typed, so that SQL keeps its operators
  --truetype      quadratic outlines: Qt has FreeType darken the stems of CFF ones, which makes Regular look Medium
The family gets a name of its own. The output depends on the input alone: two builds give the same bytes.
"""
import argparse
import sys

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable


def bake_tabular_digits(font):
    tabular = {}
    gsub = font["GSUB"].table
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag != "tnum":
            continue
        for index in record.Feature.LookupListIndex:
            for subtable in gsub.LookupList.Lookup[index].SubTable:
                subtable = getattr(subtable, "ExtSubTable", subtable)
                tabular.update(getattr(subtable, "mapping", {}))
    digits = range(ord("0"), ord("9") + 1)
    for table in font["cmap"].tables:
        for code in digits:
            if table.cmap.get(code) in tabular:
                table.cmap[code] = tabular[table.cmap[code]]
    # Interpolated weights leave the figures a unit or two apart: the widest sets the width of all.
    best = font.getBestCmap()
    metrics = font["hmtx"]
    widths = [metrics[best[code]][0] for code in digits]
    if max(widths) - min(widths) > font["head"].unitsPerEm / 200:
        sys.exit(f"the font has no figures of one width: {widths}")
    for code in digits:
        metrics[best[code]] = (max(widths), metrics[best[code]][1])


def drop_ligatures(font):
    for record in font["GSUB"].table.FeatureList.FeatureRecord:
        if record.FeatureTag in ("calt", "liga", "clig", "dlig"):
            record.Feature.LookupListIndex = []
            record.Feature.LookupCount = 0


def to_truetype(font):
    glyph_set = font.getGlyphSet()
    order = font.getGlyphOrder()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(glyph_set)
        # A thousandth of the em is a fiftieth of a pixel at 20 px: not to be seen.
        glyph_set[name].draw(Cu2QuPen(pen, font["head"].unitsPerEm / 1000, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder = order
    glyf.glyphs = glyphs
    for table in ("CFF ", "VORG"):
        if table in font:
            del font[table]
    glyf.compile(font)
    metrics = font["hmtx"].metrics
    for name, glyph in glyphs.items():
        metrics[name] = (metrics[name][0], getattr(glyph, "xMin", 0))
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for field in ("maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements",
                  "maxSizeOfInstructions", "maxComponentElements"):
        setattr(maxp, field, 0)
    maxp.maxZones = 1
    maxp.compile(font)
    post = font["post"]
    post.formatType = 2.0
    post.extraNames = []
    post.mapping = {}
    post.glyphOrder = order
    font.sfntVersion = "\000\001\000\000"


def rename(font, family, style):
    linked = family if style == "Regular" else f"{family} {style}"
    postscript = f"{family.replace(' ', '')}-{style}"
    new = {1: linked, 2: "Regular", 3: postscript, 4: f"{family} {style}", 6: postscript, 16: family, 17: style}
    for record in font["name"].names:
        if record.nameID in new:
            record.string = new[record.nameID]
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames[0] = postscript
        top = cff.topDictIndex[0]
        top.FamilyName, top.FullName = family, f"{family} {style}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source")
    parser.add_argument("target")
    parser.add_argument("--family", required=True)
    parser.add_argument("--style", required=True)
    parser.add_argument("--tabular", action="store_true")
    parser.add_argument("--no-ligatures", action="store_true")
    parser.add_argument("--truetype", action="store_true")
    parser.add_argument("--license", nargs=2, metavar=("TEXT", "OUT"),
                        help="write OUT: the copyright that the font states, then the text of its license")
    args = parser.parse_args()

    font = TTFont(args.source, recalcTimestamp=False)
    if args.license:
        with open(args.license[0], encoding="utf-8") as text, open(args.license[1], "w", encoding="utf-8") as out:
            out.write(f"{font['name'].getDebugName(0)}\n\n"
                      f"{args.family} is a modified version of {font['name'].getBestFamilyName()}.\n\n{text.read()}")
    if args.tabular:
        bake_tabular_digits(font)
    if args.no_ligatures:
        drop_ligatures(font)
    if args.truetype and "CFF " in font:
        to_truetype(font)
    rename(font, args.family, args.style)
    font.save(args.target)


main()
