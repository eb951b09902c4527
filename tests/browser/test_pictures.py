"""Pictures are dropped onto a page, several at once, and their focal point is clicked on, in a real browser."""

from base64 import b64encode

import pytest
from playwright.sync_api import expect

from editorial.models import Picture
from tests.editorial.photos import photo
from tests.forms import change

pytestmark = pytest.mark.django_db(transaction=True)

SEVERAL = "/admin/editorial/picture/add-several/"
TRANSFER = """
(files) => files.reduce((transfer, [name, content]) => {
  const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
  transfer.items.add(new File([bytes], name));
  return transfer;
}, new DataTransfer())
"""


def drop(desk, *files):
    contents = [(name, b64encode(content).decode()) for name, content in files]
    transfer = desk.evaluate_handle(TRANSFER, contents)
    desk.dispatch_event(".drop-zone", "drop", {"dataTransfer": transfer})


def answer(desk, name):
    return desk.locator(".answer").filter(has_text=name)


def test_two_files_are_dropped_and_each_is_answered(desk):
    desk.goto(SEVERAL)
    desk.get_by_label("Credit").fill("Photo: RRA Posavje")
    drop(desk, ("hall.jpg", photo().read()), ("program.jpg", b"MZ this is a program"))
    expect(answer(desk, "hall.jpg")).to_contain_text("Taken.")
    expect(answer(desk, "program.jpg")).to_contain_text("Refused. This file is no picture")
    assert Picture.objects.get().credit == "Photo: RRA Posavje"
    answer(desk, "hall.jpg").get_by_role("link", name="Describe it").click()
    expect(desk).to_have_url(f"{desk.url.partition('/admin')[0]}{change(Picture.objects.get())}")


def test_several_are_chosen_in_turn_and_earlier_answers_stay(desk):
    desk.goto(SEVERAL)
    for name in ("first.png", "second.png"):
        desk.get_by_label("Pictures:").set_input_files(
            {"name": name, "mimeType": "image/png", "buffer": photo("PNG").read()}
        )
        expect(answer(desk, name)).to_contain_text("Taken.")
    expect(desk.locator(".answer")).to_have_count(2)


def test_a_file_too_large_is_refused_before_it_is_sent(desk, settings):
    settings.PICTURE_BYTES = 1000
    desk.goto(SEVERAL)
    sent = []
    desk.on("request", lambda request: sent.append(request.method))
    drop(desk, ("huge.jpg", b"\0" * 2000))
    expect(answer(desk, "huge.jpg")).to_contain_text("more than 1000")
    assert "POST" not in sent


def test_a_file_that_gets_lost_on_its_way_is_told(desk):
    desk.goto(SEVERAL)
    desk.context.set_offline(True)
    drop(desk, ("hall.jpg", photo().read()))
    expect(answer(desk, "hall.jpg")).to_contain_text("did not arrive")


def test_without_javascript_the_same_page_takes_several_files(browser, live_server, office):
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": office.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + SEVERAL)
    files = [("hall.jpg", photo().read()), ("program.jpg", b"MZ this is a program")]
    page.set_input_files(
        "[name=file]", [{"name": name, "mimeType": "image/jpeg", "buffer": content} for name, content in files]
    )
    page.get_by_role("button", name="Add these pictures").click()
    expect(answer(page, "hall.jpg")).to_contain_text("Taken.")
    expect(answer(page, "program.jpg")).to_contain_text("Refused.")
    context.close()


def test_the_focal_point_is_where_the_picture_is_clicked(desk):
    picture = Picture.objects.create(file=photo(size=(400, 200)), alt_en="Blue")
    desk.goto(change(picture))
    image = desk.locator("img.preview")
    box = image.bounding_box()
    image.click(position={"x": box["width"] / 4, "y": box["height"] * 3 / 4})
    expect(desk.get_by_label("Focal point from the left")).to_have_value("25")
    expect(desk.get_by_label("Focal point from the top")).to_have_value("75")
    desk.get_by_label("Focal point from the top").fill("10")
    box, mark = image.bounding_box(), desk.locator(".focal-point__mark").bounding_box()  # the page has scrolled
    assert abs(mark["y"] + mark["height"] / 2 - box["y"] - box["height"] / 10) < 3
    desk.get_by_role("button", name="Save", exact=True).click()
    picture.refresh_from_db()
    assert (picture.focus_x, picture.focus_y) == (25, 10)
