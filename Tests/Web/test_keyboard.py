"""Everything with the keyboard alone: the focus is seen, dialogs keep it and give it back."""

from playwright.sync_api import expect

# More than there are stops on any page.
most_stops = 150

# Whether the focus can be seen: an outline, or a ring drawn as a shadow.
is_focus_seen = """() => {
    const style = getComputedStyle(document.activeElement);
    const hasOutline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    return hasOutline || style.boxShadow !== "none";
}"""


def press(visit, *keys):
    for key in keys:
        visit.page.keyboard.press(key)


def walk_to(visit, target, key="Tab"):
    """By Tab, stop by stop; the focus can be seen at each."""
    for _ in range(most_stops):
        press(visit, key)
        seen, where = visit.page.evaluate(f"[({is_focus_seen})(), document.activeElement.outerHTML.slice(0, 120)]")
        assert seen or where.startswith("<body"), f"the focus cannot be seen at {where}"
        if target.evaluate("each => each === document.activeElement"):
            return
    raise AssertionError(f"{key} does not lead to {target}")


def button(where, name):
    return where.get_by_role("button", name=name)


def sign_in(visit, name):
    visit.go("/")
    walk_to(visit, visit.page.get_by_role("banner").get_by_role("link", name="Sign in"))
    press(visit, "Enter")
    visit.ready("Sign in")
    walk_to(visit, visit.page.get_by_label("Your name"))
    visit.page.keyboard.type(name)
    press(visit, "Enter")
    visit.at("/dashboard").ready()


def test_from_signing_in_to_an_analysis(stranger, house):
    page = stranger.page
    sign_in(stranger, "Keyboard only " + str(house.port))

    walk_to(stranger, page.get_by_role("navigation", name="Pages").get_by_role("link", name="Accounts"))
    press(stranger, "Enter")
    stranger.at("/accounts").ready("Accounts")
    expect(stranger.heading("Accounts")).to_be_focused()
    walk_to(stranger, button(stranger.main, "Add an account").first)
    press(stranger, "Enter")
    dialog = page.get_by_role("dialog", name="Add an account")
    expect(dialog.get_by_label("Name")).to_be_focused()
    page.keyboard.type("Typed")
    walk_to(stranger, dialog.get_by_label("Cash", exact=True))
    page.keyboard.type("100")
    press(stranger, "Enter")
    expect(dialog).to_be_hidden()

    walk_to(stranger, stranger.main.get_by_role("link", name="Typed"))
    press(stranger, "Enter")
    stranger.ready("Typed")
    walk_to(stranger, button(stranger.main, "Add a position").first)
    press(stranger, "Enter")
    dialog = page.get_by_role("dialog", name="Add a position")
    symbol = dialog.get_by_role("combobox", name="Symbol")
    expect(symbol).to_be_focused()
    page.keyboard.type("vanguard total")
    expect(dialog.get_by_role("option").first).to_be_visible()
    press(stranger, "ArrowDown")
    chosen = dialog.get_by_role("option", selected=True).locator("strong").inner_text()
    press(stranger, "Enter")
    expect(symbol).to_have_value(chosen)
    walk_to(stranger, dialog.get_by_label("Quantity"))
    page.keyboard.type("5")
    press(stranger, "Enter")
    expect(dialog).to_be_hidden()

    walk_to(stranger, button(stranger.main, f"change the quantity of {chosen}"))
    press(stranger, "Enter")
    expect(page.get_by_label(f"Quantity of {chosen}")).to_be_focused()
    page.keyboard.type("7.00000001")
    press(stranger, "Enter")
    expect(button(stranger.main, f"change the quantity of {chosen}")).to_contain_text("7.00000001")

    walk_to(stranger, page.get_by_role("navigation", name="Pages").get_by_role("link", name="Advisor team"), "Shift+Tab")
    press(stranger, "Enter")
    stranger.at("/advisor-team").ready()
    walk_to(stranger, button(stranger.main, "Start new analysis"))
    press(stranger, "Space")
    expect(stranger.main.get_by_role("log")).to_contain_text("The analysis is complete.")
    page.wait_for_url("**/analysis?job=*")


def test_the_tabs_of_an_analysis_follow_the_arrows(visitor):
    visitor.populate()
    visitor.analyze()
    visitor.go("/analysis")
    walk_to(visitor, visitor.page.get_by_role("tab", name="Overview"))
    for name in ("Charts", "Retirement", "Recommendations", "Overview"):
        press(visitor, "ArrowRight")
        expect(visitor.page.get_by_role("tab", name=name)).to_be_focused()
        expect(visitor.page.get_by_role("tabpanel", name=name)).to_be_visible()
        expect(visitor.page.get_by_role("tabpanel")).to_have_count(1)


def test_the_skip_link_leads_past_the_navigation(visitor):
    visitor.go("/dashboard")
    press(visitor, "Tab")
    expect(visitor.page.get_by_role("link", name="Skip to the content")).to_be_focused()
    press(visitor, "Enter")
    expect(visitor.main).to_be_focused()


def test_dialogs_keep_the_focus_and_give_it_back(visitor):
    visitor.populate()
    visitor.go("/accounts")
    dialog = visitor.page.get_by_role("dialog")
    for opener in ("Add an account", "Import CSV", "Reset all", "Edit Roth IRA", "Delete Roth IRA"):
        walk_to(visitor, button(visitor.main, opener))
        press(visitor, "Enter")
        expect(dialog).to_be_visible()
        stops = {stop_inside_dialog(visitor) for _ in range(20)}
        assert len(stops) >= 2, opener
        press(visitor, "Escape")
        expect(dialog).to_be_hidden()
        expect(button(visitor.main, opener)).to_be_focused()


def stop_inside_dialog(visit):
    """Where the focus is, in the dialog or on the browser's own controls; then one on."""
    is_inside, stop = visit.page.evaluate("""() => {
        const focused = document.activeElement;
        const isInside = document.querySelector("dialog").contains(focused) || focused === document.body;
        return [isInside, focused.outerHTML.slice(0, 80)];
    }""")
    assert is_inside, f"the focus has left the dialog for {stop}"
    press(visit, "Tab")
    return stop


def test_a_file_is_imported(visitor):
    visitor.go("/accounts")
    walk_to(visitor, button(visitor.main, "Import CSV"))
    press(visitor, "Enter")
    dialog = visitor.page.get_by_role("dialog")
    walk_to(visitor, dialog.get_by_label("Or paste the rows"))
    visitor.page.keyboard.insert_text("account,symbol,quantity\nTyped,SPY,2\n")
    walk_to(visitor, button(dialog, "Use the pasted rows"))
    press(visitor, "Enter")
    walk_to(visitor, button(dialog, "Preview"))
    press(visitor, "Enter")
    expect(dialog).to_contain_text("1 added")
    walk_to(visitor, button(dialog, "Import 1 row"), "Shift+Tab")
    press(visitor, "Enter")
    expect(dialog).to_contain_text("The import is done")
    press(visitor, "Escape")
    expect(button(visitor.main, "Import CSV")).to_be_focused()
