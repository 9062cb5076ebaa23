"""Any number of an analysis can be asked where it comes from, and the analysis says whether its numbers were checked."""

import json
import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def analysis(visitor):
    """The page with the analysis of the demo household, and what the API says of it."""
    visitor.populate()
    visitor.job = visitor.analyze()
    visitor.stored = visitor.call("GET", f"/api/jobs/{visitor.job}")
    visitor.facts_path = f"/api/jobs/{visitor.job}/facts"
    visitor.facts = {fact["id"]: fact for fact in visitor.call("GET", visitor.facts_path)["facts"]}
    visitor.go("/analysis")
    return visitor


def cited_texts(payload, text="content"):
    """The spans of the citations; offsets count UTF-16 code units."""
    units = payload[text].encode("utf-16-le")
    return [units[2 * at:2 * (at + length)].decode("utf-16-le") for at, length, _ in payload["citations"]]


def report(visit):
    return visit.page.get_by_role("tabpanel", name="Overview").get_by_role("article")


def dialog(visit):
    return visit.page.get_by_role("dialog", name="Where this number comes from")


def ask(visit, reference):
    """Opens the first number of the report that is this fact; the button."""
    citations = visit.stored["report_payload"]["citations"]
    index = next(index for index, (_, _, fact) in enumerate(citations) if fact == reference)
    button = report(visit).get_by_role("button").nth(index)
    button.click()
    expect(dialog(visit)).to_be_visible()
    return button


def with_job(visit, change):
    """The page again, with another answer about the analysis: `change` gets the job and changes it."""
    def answer(route):
        response = route.fetch()
        job = response.json()
        change(job)
        route.fulfill(response=response, body=json.dumps(job))

    visit.page.route("**/api/jobs/latest", answer)
    visit.go("/analysis")


def test_an_analysis_says_that_all_its_numbers_were_verified(analysis):
    verdict = analysis.stored["verdict"]
    assert verdict["status"] == "verified"
    assert verdict["numbers"] > 20
    badge = analysis.main.get_by_text(f"All {verdict['numbers']} numbers verified")
    expect(badge).to_be_visible()
    analysis.main.get_by_text("What this means").click()
    expect(analysis.main.get_by_text("Before any model writes, code computes the facts of an analysis.")).to_be_visible()
    expect(analysis.main.get_by_text("What was refused")).to_have_count(0)


def test_every_cited_number_of_the_report_is_a_button_with_the_number_as_its_name(analysis):
    texts = cited_texts(analysis.stored["report_payload"])
    buttons = report(analysis).get_by_role("button")
    expect(buttons).to_have_count(len(texts))
    assert [text.replace("*", "") for text in texts] == buttons.all_inner_texts()
    for button in buttons.all()[:3]:
        expect(button).to_have_attribute("aria-haspopup", "dialog")


def test_the_text_of_the_report_is_what_it_is_without_citations(analysis):
    words = report(analysis).inner_text()
    with_job(analysis, lambda job: job["report_payload"].update(citations=[]))
    expect(report(analysis).get_by_role("button")).to_have_count(0)
    assert report(analysis).inner_text() == words


def test_a_number_shows_what_it_is_how_it_was_computed_and_from_what(analysis):
    fact = analysis.facts["portfolio.total.usd"]
    button = ask(analysis, fact["id"])
    shown = dialog(analysis)
    for words in (fact["text"], fact["value"], "US dollars", fact["method"], fact["id"], "USD"):
        expect(shown).to_contain_text(words)
    expect(shown.get_by_role("heading", level=3)).to_have_text(re.compile(f"{fact['metric']}$"))
    expect(shown.get_by_role("heading", level=3)).to_be_focused()
    expect(shown).to_contain_text(re.compile(r"As of\w{3} \d{1,2}, \d{4}.*(ago|today|yesterday)"))
    inputs = shown.get_by_role("list").get_by_role("button")
    expect(inputs).to_have_count(len(fact["inputs"]))
    for each, id in zip(inputs.all(), fact["inputs"]):
        expect(each).to_contain_text(analysis.facts[id]["text"])
    analysis.page.keyboard.press("Escape")
    expect(shown).to_be_hidden()
    expect(button).to_be_focused()


def test_one_goes_deeper_to_the_inputs_and_back(analysis):
    fact = analysis.facts["portfolio.total.usd"]
    deeper = analysis.facts[fact["inputs"][-1]]
    ask(analysis, fact["id"])
    shown = dialog(analysis)
    expect(shown.get_by_role("button", name="Back")).to_have_count(0)
    shown.get_by_role("list").get_by_role("button").last.click()
    expect(shown.locator("code").first).to_have_text(deeper["id"])
    expect(shown.get_by_role("heading", level=3)).to_be_focused()
    shown.get_by_role("button", name="Back").click()
    expect(shown.locator("code").first).to_have_text(fact["id"])
    shown.get_by_role("button", name="Close").click()
    expect(shown).to_be_hidden()


def test_the_price_of_a_holding_has_its_time(analysis):
    holding = next(fact for id, fact in analysis.facts.items() if id == "holding.SPY.value.usd")
    price = analysis.facts["holding.SPY.price.usd"]
    ask(analysis, holding["id"])
    dialog(analysis).get_by_role("button", name=price["text"]).click()
    expect(dialog(analysis).locator("code").first).to_have_text(price["id"])
    expect(dialog(analysis)).to_contain_text("As of")
    expect(dialog(analysis)).to_contain_text(price["method"])


def test_with_the_keyboard_alone(analysis):
    button = report(analysis).get_by_role("button").first
    for key in ("Enter", "Space"):
        button.focus()
        analysis.page.keyboard.press(key)
        expect(dialog(analysis).get_by_role("heading", level=3)).to_be_focused()
        analysis.page.keyboard.press("Escape")
        expect(dialog(analysis)).to_be_hidden()
        expect(button).to_be_focused()


def test_the_id_can_be_copied(analysis):
    analysis.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(analysis, "portfolio.total.usd")
    dialog(analysis).get_by_role("button", name="Copy the id").click()
    expect(dialog(analysis).get_by_text("Copied")).to_be_visible()
    assert analysis.page.evaluate("navigator.clipboard.readText()") == "portfolio.total.usd"


def test_a_derived_number_shows_its_formula_with_both_facts(analysis):
    def derive(job):
        citation = job["report_payload"]["citations"][0]
        citation[2] = "portfolio.total.usd - portfolio.cash.usd"

    with_job(analysis, derive)
    report(analysis).get_by_role("button").first.click()
    total, cash = analysis.facts["portfolio.total.usd"], analysis.facts["portfolio.cash.usd"]
    expect(dialog(analysis)).to_contain_text(f"{total['text']} − {cash['text']}")
    dialog(analysis).get_by_role("button", name=cash["text"]).click()
    expect(dialog(analysis).locator("code").first).to_have_text(cash["id"])


def facts_requests(visit):
    return [each for each in visit.requests if each == ("GET", visit.facts_path)]


def test_the_facts_are_read_once_and_not_before_somebody_asks(analysis):
    assert facts_requests(analysis) == []
    for _ in range(2):
        ask(analysis, "portfolio.total.usd")
        expect(dialog(analysis)).to_contain_text("How it is computed")
        analysis.page.keyboard.press("Escape")
        expect(dialog(analysis)).to_be_hidden()
    assert len(facts_requests(analysis)) == 1


def test_facts_that_do_not_come_are_a_sentence_and_can_be_tried_again(analysis):
    analysis.announce(analysis.facts_path, 500)
    problem = {"detail": "the table cannot be read; try again", "code": "internal"}
    analysis.page.route(f"**{analysis.facts_path}", lambda route: route.fulfill(status=500, json=problem))
    ask(analysis, "portfolio.total.usd")
    alert = dialog(analysis).get_by_role("alert")
    expect(alert).to_contain_text("The table cannot be read; try again.")
    analysis.page.unroute(f"**{analysis.facts_path}")
    alert.get_by_role("button", name="Try again").click()
    expect(dialog(analysis)).to_contain_text("How it is computed")


def test_the_values_of_a_chart_can_be_asked(analysis):
    analysis.page.get_by_role("tab", name="Charts").click()
    chart = next(each for each in analysis.stored["charts_payload"].values() if "fact" in each["data"][0])
    figure = analysis.page.get_by_role("figure", name=chart["title"], exact=True)
    figure.get_by_text("The numbers").click()
    value = figure.get_by_role("table").get_by_role("button").first
    text = value.inner_text()
    value.click()
    expect(dialog(analysis)).to_contain_text(text)
    expect(dialog(analysis).locator("code").first).to_have_text(chart["data"][0]["fact"])


def test_recommendations_show_the_facts_they_stand_on(analysis):
    analysis.page.get_by_role("tab", name="Recommendations").click()
    each = next(each for each in analysis.stored["summary_payload"]["recommendations"] if each["facts"])
    card = analysis.page.get_by_role("listitem").filter(has=analysis.page.get_by_role("heading", name=each["recommendation"]))
    chips = card.get_by_role("button")
    expect(chips).to_have_count(len(each["facts"]))
    fact = analysis.facts[each["facts"][0]]
    expect(chips.first).to_contain_text(fact["text"])
    chips.first.click()
    expect(dialog(analysis).locator("code").first).to_have_text(fact["id"])


def test_the_numbers_of_the_retirement_text_can_be_asked(analysis):
    analysis.page.get_by_role("tab", name="Retirement").click()
    panel = analysis.page.get_by_role("tabpanel", name="Retirement")
    texts = cited_texts(analysis.stored["retirement_payload"], "analysis")
    buttons = panel.get_by_role("article").get_by_role("button")
    assert texts
    expect(buttons).to_have_count(len(texts))
    buttons.first.click()
    expect(dialog(analysis)).to_contain_text("How it is computed")


def test_the_facts_are_downloaded_as_they_are(analysis):
    with analysis.page.expect_download() as download:
        analysis.main.get_by_role("button", name="Download facts (JSON)").click()
    assert download.value.suggested_filename == f"alex-facts-{analysis.stored['completed_at'][:10]}.json"
    document = json.loads(download.value.path().read_text())
    assert document == analysis.call("GET", analysis.facts_path)
    assert document["version"] == 1


def test_on_paper_a_number_is_only_a_number(analysis):
    line = "each => getComputedStyle(each).textDecorationLine"
    number = report(analysis).get_by_role("button").first
    assert number.evaluate(line) == "underline"
    analysis.page.emulate_media(media="print")
    expect(number).to_be_visible()
    assert number.evaluate(line) == "none"


def test_an_analysis_from_before_the_checks_says_so_and_has_no_buttons(analysis):
    def age(job):
        job["verdict"] = None
        for part in ("report_payload", "retirement_payload", "summary_payload"):
            job[part].pop("citations", None)
            job[part].pop("verdict", None)

    with_job(analysis, age)
    expect(analysis.main.get_by_text("Not checked (made before numbers were checked)")).to_be_visible()
    expect(report(analysis).get_by_role("button")).to_have_count(0)
    expect(report(analysis)).to_contain_text("$248,246.80")


def test_words_that_were_refused_are_listed_with_the_reason_and_stay_text(analysis):
    def refuse(job):
        words = "<img src=x onerror=alert(1)> $9,999,999"
        violation = {"part": "risk", "at": 0, "text": words, "reason": "no fact has this value"}
        part = {"status": "mixed", "numbers": 30, "repaired": True, "plain_parts": ["risk"], "violations": [violation]}
        job["verdict"] = job["verdict"] | {"status": "mixed", "numbers": 47}
        job["verdict"]["sections"]["report"] = part

    with_job(analysis, refuse)
    analysis.main.get_by_text("47 numbers verified; plain version of: Risk").click()
    refused = analysis.main.get_by_role("listitem").filter(has_text="$9,999,999")
    expect(refused).to_contain_text("Risk: the model's words “<img src=x onerror=alert(1)> $9,999,999” were refused because")
    expect(refused).to_contain_text("no fact has this value.")
    expect(analysis.main.locator("img")).to_have_count(0)
