"""What somebody finds who has never been here."""

from playwright.sync_api import expect

wanted = {
    "years_until_retirement": 20,
    "asset_class_targets": {"equity": 70, "fixed_income": 30},
    "region_targets": {"north_america": 50, "international": 50},
}


def test_the_first_visit_creates_the_household_with_defaults(visitor):
    visitor.go("/dashboard")
    page = visitor.page
    expect(page.get_by_label("Name", exact=True)).to_have_value(visitor.session["name"])
    expect(page.get_by_role("slider", name="Years until retirement")).to_have_value("20")
    expect(page.get_by_role("spinbutton", name="Equity")).to_have_value("70")
    expect(page.get_by_role("spinbutton", name="Fixed Income")).to_have_value("30")
    expect(page.get_by_role("spinbutton", name="North America")).to_have_value("50")
    expect(page.get_by_role("spinbutton", name="International")).to_have_value("50")
    user = visitor.call("GET", "/api/user")
    assert user["created"] is False
    assert {name: user["user"][name] for name in wanted} == wanted


def test_the_first_visit_says_what_to_do(visitor):
    visitor.go("/dashboard")
    expect(visitor.main.get_by_role("heading", name=f"Welcome, {visitor.session['name']}")).to_be_visible()
    for name in ("Add an account", "Populate demo data"):
        expect(visitor.main.get_by_role("button", name=name)).to_be_visible()
    visitor.main.get_by_role("button", name="Populate demo data").click()
    expect(visitor.main.get_by_role("heading", name="Total value")).to_be_visible()
    expect(visitor.main).to_contain_text("$248,246.80")


def test_two_first_visits_at_once_make_one_household(visitor):
    visitor.go("/500")
    created = visitor.page.evaluate("""async (token) => {
        const first = () => fetch("/api/user", { headers: { authorization: `Bearer ${token}` } });
        const answers = await Promise.all(Array.from({ length: 6 }, first));
        return Promise.all(answers.map(async (answer) => (await answer.json()).created));
    }""", visitor.session["token"])
    assert sorted(created) == [False] * 5 + [True]
