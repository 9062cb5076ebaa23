"""An analysis while it runs: what is shown is what has happened, and it is asked for only while somebody looks."""

import pytest
from playwright.sync_api import expect

# Long enough for any pause between two questions, on a clock that is wound forward.
long_time_milliseconds = 60_000


@pytest.fixture
def team(arrive, house_with_model, model):
    """The page of somebody whose agents talk to `model`, and who has something to analyse."""
    model.behave()
    visit = arrive(house=house_with_model)
    visit.populate()
    visit.go("/advisor-team")
    yield visit
    model.behave()


def start(visit):
    visit.main.get_by_role("button", name="Start new analysis").click()


def log(visit):
    return visit.main.get_by_role("log")


def agent(visit, name):
    return visit.main.get_by_role("listitem").filter(has=visit.page.get_by_role("heading", name=name))


def questions(visit):
    return [path for _, path in visit.requests if path.endswith("/events")]


def test_from_the_click_to_the_result_with_real_progress(visitor):
    visitor.populate()
    visitor.call("POST", "/api/positions", {
        "account_id": visitor.call("GET", "/api/accounts")[0]["id"], "symbol": "ZZQY", "quantity": "1"})
    visitor.go("/advisor-team")
    for name in ("Financial planner", "Portfolio analyst", "Chart specialist", "Retirement planner"):
        expect(agent(visitor, name)).to_contain_text("Ready")
    start(visitor)
    expect(log(visitor)).to_contain_text("The analysis is waiting for its turn.")
    expect(log(visitor)).to_contain_text("Not classified yet: 1. The tagger is at work.")
    expect(log(visitor)).to_contain_text("The charts are ready.")
    expect(log(visitor)).to_contain_text("The analysis is complete.")
    shown = log(visitor).get_by_role("listitem").count()
    expect(agent(visitor, "Retirement planner")).to_contain_text("Finished after")
    (job,) = visitor.call("GET", "/api/jobs")["jobs"]
    events = visitor.call("GET", f"/api/jobs/{job['id']}/events")["events"]
    assert shown == len(events)
    expect(visitor.toast("The analysis is complete.")).to_be_visible()
    visitor.at(f"/analysis?job={job['id']}").ready()
    visitor.follow("Advisor team")
    visitor.ready()
    expect(visitor.main.get_by_role("row").filter(has_text="Complete")).to_have_count(1)


def test_who_has_gone_elsewhere_is_not_taken_to_the_result(team):
    team.page.clock.install()
    team.page.reload()
    start(team)
    expect(log(team)).to_contain_text("The analysis is complete.")
    team.follow("Accounts")
    team.at("/accounts").ready()
    # Longer than the page would have waited.
    team.page.clock.run_for(long_time_milliseconds)
    assert team.path == "/accounts"


def test_while_it_runs_nothing_is_said_that_has_not_happened(team, model):
    model.gate.clear()
    start(team)
    for name in ("Portfolio analyst", "Chart specialist", "Retirement planner"):
        expect(agent(team, name)).to_contain_text("At work")
    expect(log(team)).not_to_contain_text("ready")
    expect(team.main.get_by_role("button", name="An analysis is under way")).to_be_disabled()
    expect(team.main.get_by_text("%")).to_have_count(0)
    model.gate.set()
    expect(agent(team, "Portfolio analyst")).to_contain_text("Finished")


def test_a_running_analysis_is_found_again_after_a_reload(team, model):
    model.gate.clear()
    start(team)
    expect(agent(team, "Chart specialist")).to_contain_text("At work")
    team.page.reload()
    team.ready()
    expect(agent(team, "Chart specialist")).to_contain_text("At work")
    expect(team.main.get_by_role("button", name="An analysis is under way")).to_be_disabled()
    model.gate.set()
    expect(log(team)).to_contain_text("The analysis is complete.")


def test_the_dashboard_and_the_analysis_know_of_a_running_one(team, model):
    model.gate.clear()
    start(team)
    expect(agent(team, "Chart specialist")).to_contain_text("At work")
    job = team.call("GET", "/api/jobs")["jobs"][0]["id"]
    team.go("/dashboard")
    expect(team.main.get_by_role("link", name="See its progress")).to_be_visible()
    team.page.goto(f"/analysis?job={job}")
    expect(team.main).to_contain_text("Work on the charts has started.")
    model.gate.set()
    expect(team.main.get_by_role("tab", name="Overview")).to_be_visible()


def hide(page, is_hidden):
    page.evaluate("""(isHidden) => {
        const state = isHidden ? "hidden" : "visible";
        Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
        Object.defineProperty(document, "hidden", { configurable: true, get: () => isHidden });
        document.dispatchEvent(new Event("visibilitychange"));
    }""", is_hidden)


def test_a_hidden_tab_asks_nothing_and_goes_on_when_it_is_shown(arrive, house_with_model, model):
    team = arrive(house=house_with_model)
    team.populate()
    team.page.clock.install()
    team.go("/advisor-team")
    model.gate.clear()
    start(team)
    expect(agent(team, "Chart specialist")).to_contain_text("At work")
    with team.page.expect_response("**/events?*"):
        # The last question before the tab is hidden may be on its way.
        team.page.clock.run_for(long_time_milliseconds)
    hide(team.page, True)
    asked = len(questions(team))
    for _ in range(5):
        team.page.clock.run_for(long_time_milliseconds)
    assert len(questions(team)) <= asked + 1
    asked = len(questions(team))
    team.page.clock.run_for(long_time_milliseconds)
    assert len(questions(team)) == asked
    model.gate.set()
    with team.page.expect_response("**/events?*"):
        hide(team.page, False)
    expect(log(team)).to_contain_text("The analysis is complete.")


def test_a_question_that_was_not_answered_is_said_and_asked_again(team, model):
    model.gate.clear()
    start(team)
    expect(agent(team, "Chart specialist")).to_contain_text("At work")
    team.page.route("**/events?*", lambda route: route.fulfill(
        status=500, body='{"detail": "something went wrong", "code": "internal"}', content_type="application/json"))
    job = team.call("GET", "/api/jobs")["jobs"][0]["id"]
    team.announce(f"/api/jobs/{job}/events", 500)
    expect(team.main.get_by_text("Alex keeps asking how far it is")).to_be_visible(timeout=15_000)
    team.page.unroute("**/events?*")
    model.gate.set()
    expect(log(team)).to_contain_text("The analysis is complete.", timeout=15_000)


def test_a_household_without_anything_is_told_what_to_do(visitor):
    visitor.go("/advisor-team")
    start(visitor)
    expect(visitor.main.get_by_role("alert")).to_contain_text("add an account with cash or a position")
