"""The shipped engine against published results, for everybody."""

import pytest
from playwright.sync_api import expect

path = "/api/selftest"


@pytest.fixture(scope="module")
def result(house):
    status, result = house.call("GET", path)
    assert status == 200, result
    return result


def test_all_checks_pass_and_there_are_many(result):
    assert result["failed"] == 0
    assert result["passed"] == sum(len(group["cases"]) for group in result["groups"]) > 20
    assert all(case["passed"] and case["source"] for group in result["groups"] for case in group["cases"])


def test_a_stranger_sees_every_check_with_its_source_and_result(stranger, result):
    stranger.go("/selftest")
    expect(stranger.heading("Self-test")).to_be_visible()
    expect(stranger.main.get_by_role("status", name="Result")).to_contain_text(f"All {result['passed']} checks passed")
    for group in result["groups"]:
        expect(stranger.main.get_by_role("heading", name=group["name"], exact=True)).to_be_visible()
        table = stranger.page.get_by_role("table", name=f"{group['name']}: expected and got", exact=True)
        expect(table.get_by_role("row")).to_have_count(len(group["cases"]) + 1)
        first = table.get_by_role("row").nth(1)
        for words in (group["cases"][0]["name"], group["cases"][0]["source"], "Passed"):
            expect(first).to_contain_text(words)


def test_it_can_be_run_again(stranger):
    stranger.go("/selftest")
    stranger.main.get_by_role("button", name="Run again").click()
    expect(stranger.main.get_by_role("button", name="Run again")).to_be_enabled()
    expect(stranger.main.get_by_role("status", name="Result")).to_contain_text("checks passed")
    assert [each for each in stranger.requests if each == ("GET", path)] == [("GET", path)] * 2


def test_a_failed_check_is_told_in_words(stranger, result):
    group = result["groups"][0]
    case = group["cases"][0] | {"got": 0, "passed": False}
    failed = result | {
        "passed": result["passed"] - 1, "failed": 1,
        "groups": [group | {"cases": [case, *group["cases"][1:]]}, *result["groups"][1:]],
    }
    stranger.page.route(f"**{path}", lambda route: route.fulfill(json=failed))
    stranger.go("/selftest")
    expect(stranger.main.get_by_role("status", name="Result")).to_contain_text(f"1 of {result['passed']} checks failed")
    expect(stranger.main.get_by_role("row").filter(has_text=case["name"]).first).to_contain_text("Failed")


def test_one_that_does_not_run_is_a_sentence_and_can_be_tried_again(stranger):
    stranger.announce(path, 500)
    stranger.page.route(f"**{path}", lambda route: route.fulfill(status=500, json={}))
    stranger.page.goto("/selftest")
    alert = stranger.main.get_by_role("alert")
    expect(alert).to_contain_text("The self-test did not run (status 500); try again later.")
    stranger.page.unroute(f"**{path}")
    alert.get_by_role("button", name="Try again").click()
    stranger.ready()
    expect(stranger.main.get_by_role("status", name="Result")).to_contain_text("checks passed")


def test_it_is_reached_from_the_foot_of_every_page_and_from_the_retirement_tab(visitor):
    visitor.populate()
    visitor.analyze()
    visitor.go("/dashboard")
    visitor.page.get_by_role("contentinfo").get_by_role("link", name="Self-test").click()
    visitor.at("/selftest").ready("Self-test")
    visitor.go("/analysis?tab=retirement")
    visitor.main.get_by_role("link", name="Check the engine yourself").click()
    visitor.at("/selftest").ready("Self-test")
