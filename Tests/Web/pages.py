"""All pages of the site, by name: what the stories that go everywhere go through."""

# Name -> (address, title). `{account}` is one of the visitor's accounts.
pages = {
    "landing": ("/", "Alex, the AI financial planner"),
    "sign-in": ("/sign-in", "Sign in"),
    "dashboard": ("/dashboard", "Dashboard"),
    "accounts": ("/accounts", "Accounts"),
    "account": ("/accounts/{account}", "Account"),
    "advisor-team": ("/advisor-team", "Advisor team"),
    "analysis": ("/analysis", "Analysis"),
    "docs": ("/docs", "Web API"),
    "selftest": ("/selftest", "Self-test"),
    "404": ("/404", "Page not found"),
    "500": ("/500", "Something went wrong"),
}
need_sign_in = ("dashboard", "accounts", "account", "advisor-team", "analysis")
tabs = ("Overview", "Charts", "Retirement", "Recommendations")


def address(name, account=""):
    return pages[name][0].format(account=account)


def document_title(name):
    title = pages[name][1]
    return title if name == "landing" else f"{title} - Alex"
