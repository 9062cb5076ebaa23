"""What protects a visitor is on every answer of the site, and is obeyed."""

import pytest

wanted = {
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}


@pytest.mark.parametrize("path", ["/", "/dashboard", "/accounts/1", "/favicon.svg", "/no-such-page"])
def test_every_answer_carries_the_headers(stranger, path):
    headers = stranger.context.request.get(path).headers
    assert {name: headers.get(name) for name in wanted} == wanted
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and "http" not in policy


def test_assets_are_kept_for_ever_and_documents_are_asked_for(stranger):
    stranger.go("/")
    asset = stranger.page.locator("script[type=module]").get_attribute("src")
    assert "immutable" in stranger.context.request.get(asset).headers["cache-control"]
    assert stranger.context.request.get("/").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("attack", [
    "const it = document.createElement('script'); it.textContent = 'window.wasRun = true'; document.body.append(it)",
    "document.body.setAttribute('onclick', 'window.wasRun = true'); document.body.click()",
])
def test_a_script_in_the_page_does_not_run(stranger, attack):
    stranger.go("/")
    stranger.announce_words("Content Security Policy")
    violated = stranger.page.evaluate(f"""() => new Promise((resolve) => {{
        document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
        {attack};
    }})""")
    assert violated.startswith("script-src")
    assert stranger.page.evaluate("window.wasRun") is None
