"""An analysis that fails says why and what was saved, and can be tried again; one that half fails says what is missing."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def visit(arrive, house_with_model, model):
    model.behave()
    visit = arrive(house=house_with_model)
    visit.populate()
    yield visit
    model.behave()


everybody = {"planner", "reporter", "charter", "retirement"}


def test_a_model_that_refuses_everything_is_a_reason_and_trying_again_succeeds(visit, model):
    model.refused = everybody
    visit.go("/advisor-team")
    visit.main.get_by_role("button", name="Start new analysis").click()
    alert = visit.main.get_by_role("alert")
    expect(alert).to_contain_text("The analysis did not succeed")
    expect(alert).to_contain_text("could not be written")
    expect(alert).to_contain_text("Nothing of it was saved")
    expect(visit.main.get_by_role("log")).to_contain_text("could not be written")
    expect(visit.main.get_by_role("row").filter(has_text="Did not succeed")).to_be_visible()

    model.refused = set()
    alert.get_by_role("button", name="Try again").click()
    expect(visit.main.get_by_role("log")).to_contain_text("The analysis is complete.")
    visit.page.wait_for_url("**/analysis?job=*")
    visit.ready()
    assert [job["status"] for job in visit.call("GET", "/api/jobs")["jobs"]] == ["completed", "failed"]


def test_a_failed_analysis_says_what_was_saved_and_shows_it(visit):
    job = visit.analyze()
    visit.house.run("psql", "-c", "UPDATE jobs SET status = 'failed', error_message = "
                    f"'the analysis failed several times and was given up' WHERE id = '{job}'")
    visit.go(f"/analysis?job={job}")
    alert = visit.main.get_by_role("alert")
    expect(alert).to_contain_text("was given up")
    expect(alert).to_contain_text("Saved before that: the report, the charts and the retirement projection.")
    expect(alert.get_by_role("button", name="Try again")).to_be_visible()
    expect(visit.main).to_contain_text("$248,246.80")


def test_trying_again_from_a_failed_analysis_leads_to_its_progress(visit, model):
    model.refused = everybody
    job = visit.analyze()
    model.refused = set()
    visit.go(f"/analysis?job={job}")
    visit.main.get_by_role("alert").get_by_role("button", name="Try again").click()
    visit.page.wait_for_url(lambda url: job not in url)
    expect(visit.main.get_by_role("tab", name="Overview")).to_be_visible(timeout=15_000)


def test_an_analysis_without_a_section_says_what_is_missing(visit, model):
    model.refused = {"charter"}
    visit.analyze()
    visit.go("/analysis")
    expect(visit.main.get_by_role("heading", name="Not in this analysis: the charts")).to_be_visible()
    expect(visit.main).to_contain_text("The charts could not be made:")
    visit.main.get_by_role("tab", name="Charts").click()
    expect(visit.main.get_by_role("tabpanel")).to_contain_text("There are no charts in this analysis.")
    visit.go("/advisor-team")
    expect(visit.main.get_by_role("row").filter(has_text="Partly complete")).to_contain_text("The charts")


def test_parts_that_code_wrote_in_place_of_the_model_are_named(visit, model):
    model.refused = {"planner"}
    visit.analyze()
    visit.go("/analysis")
    expect(visit.main.get_by_text(re.compile("numbers verified; plain version of: .*Summary"))).to_be_visible()
    visit.main.get_by_text("What this means").click()
    expect(visit.main).to_contain_text("code wrote the plain version from the same facts")
