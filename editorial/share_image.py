"""The picture that stands for a page where it is shared: its title, whose it is, and the portal's colours."""

from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONT = Path(__file__).parent / "fonts" / "inter.ttf"
SIZE = (1200, 630)  # pixels, as social networks ask for
MARGIN = 80
BLUE, YELLOW, INK, PAPER = "#003399", "#ffcc00", "#1a1f2b", "#ffffff"


@cache
def font(size: int, weight: int):
    letters = ImageFont.truetype(FONT, size)
    letters.set_variation_by_axes([weight])
    return letters


def lines_of(text: str, letters, width: float, most: int) -> list[str]:
    """The text in lines of at most `width` pixels; what doesn't fit into `most` of them ends in an ellipsis."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if letters.getlength(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while " " in last and letters.getlength(f"{last} …") > width:
        last = last.rpartition(" ")[0]
    return [*lines[: most - 1], f"{last} …"]


def draw_share_image(over: str, title: str, below: str) -> bytes:
    """A PNG of 1200 × 630 pixels: a short line over the title, the title in at most four lines, a line at the foot."""
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    width = SIZE[0] - 2 * MARGIN
    draw.rectangle((0, 0, SIZE[0], 16), fill=YELLOW)
    draw.rectangle((0, SIZE[1] - 110, SIZE[0], SIZE[1]), fill=BLUE)
    draw.text((MARGIN, 84), lines_of(over, font(34, 600), width, 1)[0], font=font(34, 600), fill=BLUE)
    letters = font(68 if len(title) < 70 else 54, 700)
    for number, line in enumerate(lines_of(title, letters, width, 4)):
        draw.text((MARGIN, 150 + number * letters.size * 1.2), line, font=letters, fill=INK)
    foot = lines_of(below, font(34, 600), width, 1)[0]
    draw.text((MARGIN, SIZE[1] - 55), foot, font=font(34, 600), fill=PAPER, anchor="lm")
    file = BytesIO()
    image.quantize(64).save(file, "PNG", optimize=True)
    return file.getvalue()
