"""A form that came back because somebody else changed the record meanwhile, read as an editor would."""

from bs4 import BeautifulSoup

from tests.forms import change, filled_in


def page(answer):
    return BeautifulSoup(answer.content, "html.parser")


def differences(answer) -> dict[str, list[str]]:
    """What the form that came back says was changed meanwhile: what → before, theirs, and yours where it differs."""
    return {
        part.legend.get_text(strip=True): [value.get_text("\n", strip=True) for value in part.select("dd")]
        for part in page(answer).select(".difference")
    }


def again(answer, **choices) -> dict:
    """What a browser would send of the form that came back, with a choice per difference, in their order."""

    class Answer:
        def get(self, address):
            return answer

    data = filled_in(Answer(), "")
    buttons = {button["name"]: button["value"] for button in page(answer).select(".difference input[type=radio]")}
    names = list(dict.fromkeys(buttons))
    stamps = {name: buttons[name].partition("-")[2] for name in names}
    chosen = zip(names, choices.get("keep", []), strict=False)
    return data | {name: f"{whose}-{stamps[name]}" for name, whose in chosen}


def save(browser, record, data):
    return browser.post(change(record), data)
