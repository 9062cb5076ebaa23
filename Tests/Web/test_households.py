"""Two households never see each other's data, side by side or one after the other."""

from playwright.sync_api import expect

from pages import address, need_sign_in
from visits import witness


def everything_shown(visit, account):
    """The words of all pages that show a household's own data."""
    words = []
    for name in need_sign_in:
        visit.go(address(name, account))
        words.append(visit.page.locator("body").inner_text())
    return "\n".join(words)


def household(visit, account, cash):
    """Data that nobody else has; the id of the account."""
    found = visit.open_account(account, cash=cash)
    visit.job = visit.analyze()
    return found


def test_two_households_side_by_side_see_only_their_own(arrive):
    ada, ben = arrive(), arrive()
    ada_account = household(ada, "Ada's nest egg", "1111.11")
    ben_account = household(ben, "Ben's treasure", "2222.22")
    ada_sees, ben_sees = everything_shown(ada, ada_account), everything_shown(ben, ben_account)
    assert "Ada's nest egg" in ada_sees and "1,111.11" in ada_sees
    assert "Ben's treasure" in ben_sees and "2,222.22" in ben_sees
    for secret in ("Ben's treasure", "2,222.22", ben.session["name"]):
        assert secret not in ada_sees
    for secret in ("Ada's nest egg", "1,111.11", ada.session["name"]):
        assert secret not in ben_sees


def test_a_foreign_analysis_is_a_sentence_and_no_data(arrive):
    owner, other = arrive(), arrive()
    household(owner, "Owner's account", "3333.33")
    other.announce(f"/api/jobs/{owner.job}", 403)
    other.go(f"/analysis?job={owner.job}")
    expect(other.main).not_to_contain_text("3,333.33")
    expect(other.main).not_to_contain_text("Owner's account")


def test_the_next_household_in_the_same_browser_sees_nothing_of_the_one_before(arrive, house):
    visit = arrive()
    household(visit, "First's account", "4444.44")
    visit.page.add_init_script(witness)
    visit.go("/dashboard")
    walk_through(visit)
    first, visit.session = visit.session, house.sign_in(name=visit.session["name"] + " junior")
    visit.page.get_by_role("button", name="Sign out").click()
    visit.at("/").ready()

    # By links, in the same document: what it keeps in memory must be gone, and not flash by either.
    visit.page.evaluate("window.wordsSeen = []")
    visit.page.get_by_role("banner").get_by_role("link", name="Sign in").click()
    visit.page.get_by_label("Your name").fill(visit.session["name"])
    visit.page.get_by_role("button", name="Sign in as a new household").click()
    visit.at("/dashboard").ready("Dashboard")
    walk_through(visit)
    seen = "\n".join(visit.page.evaluate("window.wordsSeen"))
    for own in ("There is no account yet", "There is no analysis yet", "There are none yet"):
        assert own in seen
    for secret in ("First's account", "4,444.44", "Complete", first["name"] + "\n"):
        assert secret not in seen, secret


def walk_through(visit):
    for title in ("Accounts", "Advisor team", "Analysis", "Dashboard"):
        visit.follow(title)
        visit.ready(title)


def test_another_tab_that_signs_out_and_in_changes_this_one_too(arrive):
    visit = arrive()
    visit.open_account("First's account", cash="5555.55")
    visit.go("/accounts")
    expect(visit.main).to_contain_text("First's account")
    other = visit.context.new_page()
    other.goto("/accounts")
    other.get_by_role("button", name="Sign out").click()
    expect(visit.heading("Sign in")).to_be_visible()
    expect(visit.main).not_to_contain_text("First's account")
    other.get_by_role("banner").get_by_role("link", name="Sign in").click()
    other.get_by_role("button", name="Ben Example").click()
    expect(visit.page.get_by_role("banner")).to_contain_text("Ben Example")
    visit.at("/accounts").ready("Accounts")
    expect(visit.main).not_to_contain_text("First's account")
