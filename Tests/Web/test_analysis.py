"""The result of an analysis: four tabs, to take along, on paper, and beside the one before."""

import json
import re

import pytest
from playwright.sync_api import expect

from pages import tabs

# What each tab shows, for the demo household: computed, so always the same.
contents = {
    "Overview": ["$248,246.80", "SPDR S&P 500 ETF Trust", "Executive summary"],
    "Charts": ["Asset classes", "Largest holdings"],
    "Retirement": [
        "Chance that the money lasts", "Key figures", "What would be safe to spend", "What would fix it", "Why futures fail",
        "Why do calculators differ?", "What history says", "Other ways to take the money out", "What the projection rests on",
    ],
    "Recommendations": ["priority", "Why", "What it does"],
}


@pytest.fixture
def analysis(visitor):
    """The page with the analysis of the demo household."""
    visitor.populate()
    visitor.job = visitor.analyze()
    visitor.go("/analysis")
    return visitor


def open_tab(visit, name):
    visit.page.get_by_role("tab", name=name).click()
    panel = visit.page.get_by_role("tabpanel", name=name)
    expect(panel).to_be_visible()
    return panel


def test_it_says_when_it_was_completed(analysis):
    expect(analysis.main).to_contain_text(re.compile(r"Completed \w+ \d+, \d{4}, \d+:\d\d"))


@pytest.mark.parametrize("name", tabs)
def test_each_tab_shows_its_part_and_survives_a_refresh(analysis, name):
    panel = open_tab(analysis, name)
    for words in contents[name]:
        expect(panel).to_contain_text(words)
    analysis.page.reload()
    analysis.ready()
    expect(analysis.page.get_by_role("tab", name=name)).to_have_attribute("aria-selected", "true")
    expect(analysis.page.get_by_role("tabpanel", name=name)).to_contain_text(contents[name][0])


def test_the_report_has_working_tables(analysis):
    table = analysis.page.get_by_role("tabpanel").get_by_role("table").filter(has_text="SPDR S&P 500 ETF Trust")
    expect(table.get_by_role("columnheader", name="Symbol")).to_be_visible()
    expect(table.get_by_role("row").filter(has_text="VTI")).to_contain_text("$42,699.60")


def test_every_chart_is_drawn_and_said_in_a_sentence_and_a_table(analysis):
    panel = open_tab(analysis, "Charts")
    charts = panel.get_by_role("figure")
    stored = analysis.call("GET", f"/api/jobs/{analysis.job}")["charts_payload"]
    expect(charts).to_have_count(len(stored))
    for each in stored.values():
        chart = panel.get_by_role("figure", name=each["title"], exact=True)
        expect(chart).to_contain_text(each["description"])
        chart.get_by_text("The numbers").click()
        expect(chart.get_by_role("table").get_by_role("row")).to_have_count(len(each["data"]) + 1 + ("total_fact" in each))
        drawn = chart.locator("canvas").evaluate("""(canvas) => {
            const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
            return data.some((value) => value !== 0);
        }""")
        assert drawn, each["title"]
    titles = panel.get_by_role("heading", level=3).all_inner_texts()
    assert titles == [each["title"] for each in sorted(stored.values(), key=lambda each: each["position"])]


def test_the_fan_of_futures_has_all_its_years(analysis):
    panel = open_tab(analysis, "Retirement")
    projection = analysis.call("GET", f"/api/jobs/{analysis.job}")["retirement_payload"]["projection"]
    panel.get_by_text("The numbers").click()
    panel.get_by_role("button", name=re.compile("Show all")).click()
    rows = panel.get_by_role("table", name=re.compile("balance after each year")).get_by_role("row")
    expect(rows).to_have_count(len(projection["years"]) + 1)
    expect(panel).to_contain_text(f"{projection['success_percent']:.1f}%")


def test_the_study_of_the_projection_is_told_in_words_and_tables(analysis):
    panel = open_tab(analysis, "Retirement")
    projection = analysis.call("GET", f"/api/jobs/{analysis.job}")["retirement_payload"]["projection"]
    differences = panel.get_by_role("table", name="Success with one assumption changed")
    expect(differences.get_by_role("row")).to_have_count(len(projection["differences"]) + 2)
    expect(differences).to_contain_text(projection["differences"][0]["label"])
    expect(differences).to_contain_text("points")
    rules = panel.get_by_role("table", name="Rules of withdrawal compared")
    expect(rules.get_by_role("row")).to_have_count(len(projection["strategy_comparison"]) + 1)
    fixes = panel.get_by_role("region", name="What would fix it").get_by_role("listitem")
    expect(fixes).to_have_count(len(projection["fixes"]))
    causes = panel.get_by_role("region", name="Why futures fail").get_by_role("listitem")
    expect(causes).to_have_count(sum(each["count"] > 0 for each in projection["autopsy"]["causes"]))


def test_it_is_downloaded_as_markdown_and_as_json(analysis):
    stored = analysis.call("GET", f"/api/jobs/{analysis.job}")
    date = stored["completed_at"][:10]
    files = {}
    for kind in ("Markdown", "JSON"):
        with analysis.page.expect_download() as download:
            analysis.main.get_by_role("button", name=f"Download {kind}").click()
        files[download.value.suggested_filename] = download.value.path().read_text()
    assert list(files) == [f"alex-analysis-{date}.md", f"alex-analysis-{date}.json"]
    markdown, text = files.values()
    assert stored["report_payload"]["content"].strip() in markdown
    assert stored["retirement_payload"]["analysis"].strip() in markdown
    assert stored["summary_payload"]["headline"] in markdown
    document = json.loads(text)
    for part in ("id", "report_payload", "charts_payload", "retirement_payload", "summary_payload"):
        assert document[part] == stored[part], part


def test_on_paper_it_has_all_parts_and_no_navigation(analysis):
    page = analysis.page
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation")).to_be_hidden()
    expect(page.get_by_role("banner")).to_be_hidden()
    expect(page.locator("[role=tablist]")).to_be_hidden()
    for button in page.locator("main button").all():
        expect(button).to_be_hidden()
    for words in (words for part in contents.values() for words in part):
        expect(page.get_by_text(words).locator("visible=true").first).to_be_visible()
    expect(page.get_by_text("No investment advice.")).to_be_visible()
    wanted, there = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wanted <= there
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    assert paper.startswith(b"%PDF-")
    # Each of the four parts begins on a page of its own.
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) >= len(tabs)


def test_the_print_button_asks_the_browser(analysis):
    analysis.page.evaluate("window.print = () => { window.wasPrinted = true; }")
    analysis.main.get_by_role("button", name="Print").click()
    assert analysis.page.evaluate("window.wasPrinted")


def test_a_second_analysis_is_compared_with_the_one_before(analysis):
    expect(analysis.main.get_by_role("button", name="Compare with the previous analysis")).to_have_count(0)
    account = analysis.call("GET", "/api/accounts")[0]
    cash = float(account["cash_balance"]) + 10_000
    analysis.call("PUT", f"/api/accounts/{account['id']}", {"cash_balance": str(cash)})
    analysis.call("PUT", "/api/user", {"years_until_retirement": 5})
    analysis.analyze()
    analysis.page.reload()
    analysis.ready()
    analysis.main.get_by_role("button", name="Compare with the previous analysis").click()
    table = analysis.page.get_by_role("table", name="This analysis beside the previous one")
    total = table.get_by_role("row", name=re.compile("^Total value"))
    expect(total).to_contain_text("$258,246.80")
    expect(total).to_contain_text("$248,246.80")
    expect(total).to_contain_text("+$10,000.00")
    expect(total).to_contain_text("more")
    for title in ("Cash, share", "Equity", "Largest holding", "Effective number of holdings", "Median at retirement"):
        expect(table.get_by_role("row", name=re.compile(f"^{title}"))).to_have_count(1)
    expect(analysis.main).to_contain_text("The two do not rest on the same inputs")


def test_without_an_analysis_it_says_what_to_do(visitor):
    visitor.go("/analysis")
    expect(visitor.main.get_by_role("heading", name="There is no analysis yet")).to_be_visible()
    visitor.main.get_by_role("link", name="Go to the advisor team").click()
    visitor.at("/advisor-team").ready()


def test_one_that_does_not_exist_is_a_sentence(visitor):
    job = "0a91ba48-d947-4be5-9a40-2be28928fefd"
    visitor.announce(f"/api/jobs/{job}", 404)
    visitor.go(f"/analysis?job={job}")
    expect(visitor.main.get_by_role("heading", name="This analysis does not exist")).to_be_visible()
