"""The styles of a report in Word: real ones, so that whoever goes on editing changes the look in one place."""

from pathlib import Path

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from editorial.formats import locale_name

TABLE_STYLE = (Path(__file__).parent / "table_style.xml").read_text(encoding="utf-8")
FONT = "Calibri"
BLUE, INK, QUIET = RGBColor(0x00, 0x33, 0x99), RGBColor(0x1A, 0x1F, 0x2B), RGBColor(0x4D, 0x56, 0x6A)
WARNING, WARNING_GROUND = RGBColor(0x8A, 0x3B, 0x00), "FFF3E3"
TEXT = (10, 11)  # sizes of what is read line by line
LABELS = Mm(55)  # the width of the labels beside facts

# Of each style: its size in points, its colour, whether it is bold, the space above and below it in points.
BUILT_IN = {
    "Normal": (11, INK, False, 0, 6),
    "Title": (26, BLUE, True, 0, 4),
    "Subtitle": (14, QUIET, False, 0, 14),
    "Heading 1": (16, BLUE, True, 22, 6),
    "Heading 2": (13, BLUE, True, 16, 6),
    "Heading 3": (11, INK, True, 12, 4),
    "List Bullet": (11, WARNING, False, 0, 2),
    "Header": (9, QUIET, False, 0, 4),
    "Footer": (9, QUIET, False, 0, 0),
}
OF_REPORTS = {
    "Agency": (11, QUIET, True, 0, 10),
    "Fact": (11, INK, False, 0, 2),
    "Table Text": (9, INK, False, 0, 0),
    "Table Header": (9, BLUE, True, 0, 0),
    "Table Total": (9, INK, True, 0, 0),
    "Table Note": (9, QUIET, False, 4, 6),
    "Draft": (10, WARNING, True, 6, 6),
}


def set_up(document, language: str):
    """Give a new Word document the house's styles and the language in which it is spelled."""
    styles = document.styles
    for name, look in BUILT_IN.items():
        dress(styles[name], *look)
    for name, look in OF_REPORTS.items():
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        style.quick_style = True
        dress(style, *look)
    styles.element.append(parse_xml(TABLE_STYLE))
    beside_labels(styles["Fact"])
    shade(styles["Draft"])
    speak(document, locale_name(language).replace("_", "-"))


def dress(style, size, colour, bold, above, below):
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), colour
    style.font.bold, style.font.italic = bold, False
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # which would outdo the font
        style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
    for apart in style.element.rPr.findall(qn("w:spacing")):  # of letters
        style.element.rPr.remove(apart)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(below)
    style.paragraph_format.line_spacing = 1.15 if size in TEXT else 1.0


def beside_labels(style):
    """A label, a tab, a value whose lines stand below each other."""
    style.paragraph_format.left_indent = LABELS
    style.paragraph_format.first_line_indent = -LABELS
    style.paragraph_format.tab_stops.add_tab_stop(LABELS)


def shade(style):
    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", WARNING_GROUND)):
        shading.set(qn(f"w:{name}"), value)
    style.element.get_or_add_pPr().insert_element_before(shading, "w:tabs", "w:spacing", "w:ind", "w:jc")


def speak(document, language: str):
    """The language of spelling and reading aloud, such as `sl-SI`."""
    for spoken in document.styles.element.iter(qn("w:lang")):
        spoken.set(qn("w:val"), language)
    document.settings.element.find(qn("w:themeFontLang")).set(qn("w:val"), language)
