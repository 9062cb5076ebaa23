"""Every package, unpacked into an empty room and spoken to as Lambda does."""

import pytest

from name_server import NameServer
from room import usual_bundle
from services import host
from stories import stories


def test_a_package_works_where_there_is_nothing(name, furnish, converse, services):
    story = stories[name]
    ask = converse(furnish(name), services.environment())

    answer = ask(story.good)
    assert answer.kind == "response", answer.body
    assert story.is_right(answer.json), answer.body
    assert (services.calls, services.refusals) == (story.calls, [])

    refusal = ask(story.bad)
    assert refusal.kind == "error", refusal.body
    assert refusal.json["errorType"] == story.failure
    assert refusal.headers["Lambda-Runtime-Function-Error-Type"] == story.failure

    # It goes on as if nothing had been.
    answer = ask(story.good)
    assert answer.kind == "response" and story.is_right(answer.json), answer.body


def test_a_server_that_a_stranger_vouches_for_gets_nothing(
        caller, furnish, converse, services, wrong_authority):
    room = furnish(caller, trusted=wrong_authority)
    answer = converse(room, services.environment())(stories[caller].good)

    assert services.calls == []
    # Its last word to the server: TLS alert 48.
    assert services.refusals, "nobody shook hands"
    assert all("unknown ca" in refusal for refusal in services.refusals), services.refusals
    assert is_unavailable(answer), answer.body


def test_a_name_that_nobody_knows_is_not_found(caller, furnish, converse, services):
    room = furnish(caller, names=["localhost"])
    # One try is enough to see that it gives up in good order.
    answer = converse(room, services.environment() | {"AWS_MAX_ATTEMPTS": "1"})(stories[caller].good)

    assert (services.calls, services.refusals) == ([], [])
    assert is_unavailable(answer), answer.body


def is_unavailable(answer):
    """Whether the function says that a service could not be reached: the API answers so, the others fail."""
    if answer.kind == "response" and answer.json["statusCode"] != 503:
        return False
    return "could not be reached" in answer.body.decode()


# The transport is the same in all of them; one function stands for it.

@pytest.mark.only("API")
@pytest.mark.parametrize("bundle", [
    usual_bundle, "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/ssl/certs/ca-certificates.crt",
    "/etc/ssl/cert.pem",
])
def test_the_authorities_of_a_system_are_found(bundle, furnish, converse, services):
    story = stories["API"]
    answer = converse(furnish("API", bundle=bundle), services.environment())(story.good)
    assert story.is_right(answer.json), answer.body


@pytest.mark.only("API")
@pytest.mark.parametrize("variable", ["AWS_CA_BUNDLE", "SSL_CERT_FILE"])
def test_a_variable_names_the_authorities(variable, furnish, converse, services, authority, wrong_authority):
    story = stories["API"]
    room = furnish("API", trusted=wrong_authority, files={"/opt/own.pem": authority.bundle.read_text()})
    answer = converse(room, services.environment() | {variable: "/opt/own.pem"})(story.good)
    assert story.is_right(answer.json), answer.body


@pytest.mark.only("API")
def test_a_name_comes_from_a_name_server(furnish, converse, services):
    story = stories["API"]
    with NameServer({host: "127.0.0.1"}) as server:
        resolver = f"nameserver {server.address}\n"
        room = furnish("API", names=["localhost"], files={"/etc/resolv.conf": resolver})
        answer = converse(room, services.environment())(story.good)
        assert story.is_right(answer.json), answer.body
        assert host in server.asked
