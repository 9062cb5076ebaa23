"""Two households never see each other's data, side by side or one after the other."""

from playwright.sync_api import expect

from pages import need_sign_in, address


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
    everything_shown(visit, household(visit, "First's account", "4444.44"))
    first = visit.session
    visit.page.get_by_role("button", name="Sign out").click()
    visit.at("/").ready()

    visit.session = house.sign_in(name=first["name"] + " junior")
    visit.page.goto("/sign-in")
    visit.page.get_by_label("Your name").fill(visit.session["name"])
    visit.page.get_by_role("button", name="Sign in as a new household").click()
    visit.at("/dashboard").ready()
    # By links, as the same document that the first household used: what it keeps in memory must be gone.
    seen = [visit.page.locator("body").inner_text()]
    for title in ("Accounts", "Advisor team", "Analysis", "Dashboard"):
        if title == "Analysis":
            visit.announce("/api/jobs/latest", 404)
        visit.follow(title)
        visit.ready(title)
        seen.append(visit.page.locator("body").inner_text())
    for secret in ("First's account", "4,444.44", "Last analysis: "):
        assert secret not in "\n".join(seen), secret
