"""Writes chain.json: the credentials botocore finds with the settings, files and answers of each case.

Run it where botocore is installed. Nothing leaves the process: answers are given in the place of the network.
Programs of `credential_process` are really run.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

STS = "https://sts.us-east-1.amazonaws.com/"
PORTAL = "https://portal.sso.eu-west-1.amazonaws.com/federation/credentials"
OIDC = "https://oidc.eu-west-1.amazonaws.com/token"
IMDS = "http://169.254.169.254/latest/"
EVER = "2099-01-01T00:00:00Z"
PAST = "2010-01-01T00:00:00Z"
START = "https://alex.awsapps.com/start"
# sha1 of the name of the session, and of the address.
SESSION_FILE = ".aws/sso/cache/fe05bcdcdc4928012781a5f1a2a77cbb5398e106.json"
START_FILE = ".aws/sso/cache/{start}.json"


def sts(action, name):
    return (f'<{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{action}Result><Credentials>'
            f"<AccessKeyId>{name}-id</AccessKeyId><SecretAccessKey>{name}-secret</SecretAccessKey>"
            f"<SessionToken>{name}-token</SessionToken><Expiration>{EVER}</Expiration></Credentials></{action}Result>"
            f"<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></{action}Response>")


def lent(name, token="Token", **more):
    return json.dumps({"AccessKeyId": f"{name}-id", "SecretAccessKey": f"{name}-secret", token: f"{name}-token",
                       "Expiration": EVER, **more})


def process(name):
    return "echo '" + lent(name, "SessionToken", Version=1) + "'"


def role(name, *more):
    return "\n".join([f"role_arn = arn:aws:iam::123456789012:role/{name}", *more, ""])


KEYS = "aws_access_key_id = {0}-id\naws_secret_access_key = {0}-secret\n"
SSO = f"sso_account_id = 123456789012\nsso_role_name = Reader\n"
SESSION = f"[sso-session one]\nsso_region = eu-west-1\nsso_start_url = {START}\n"
PORTAL_ANSWER = json.dumps({"roleCredentials": {
    "accessKeyId": "sso-id", "secretAccessKey": "sso-secret", "sessionToken": "sso-token", "expiration": 4070908800000}})
INSTANCE = {
    f"PUT {IMDS}api/token": "metadata-token",
    f"GET {IMDS}meta-data/iam/security-credentials/": "instance-role",
    f"GET {IMDS}meta-data/iam/security-credentials/instance-role": lent("instance", Code="Success"),
}
OFF = {"AWS_EC2_METADATA_DISABLED": "true"}
ENV = {"AWS_ACCESS_KEY_ID": "env-id", "AWS_SECRET_ACCESS_KEY": "env-secret"}
CONFIG, CREDENTIALS = ".aws/config", ".aws/credentials"


def token(expiry, **more):
    return json.dumps({"startUrl": START, "region": "eu-west-1", "accessToken": "bearer", "expiresAt": expiry, **more})


REGISTERED = {"clientId": "client", "clientSecret": "s", "refreshToken": "again", "registrationExpiresAt": EVER}

# name: environment, files, answers
CASES = {
    "keys of the environment": (ENV, {}, {}),
    "keys and token of the environment": ({**ENV, "AWS_SESSION_TOKEN": "env-token"}, {}, {}),
    "the environment before a profile": (ENV, {CREDENTIALS: "[default]\n" + KEYS.format("file")}, {}),
    "half of the keys of the environment": ({"AWS_ACCESS_KEY_ID": "env-id", **OFF}, {}, {}),
    "keys in credentials": ({}, {CREDENTIALS: "[default]\n" + KEYS.format("file")}, {}),
    "keys and token in config": ({}, {CONFIG: "[default]\n" + KEYS.format("file") + "aws_session_token = file-token\n"}, {}),
    "keys in credentials before those in config": (
        {}, {CONFIG: "[default]\n" + KEYS.format("config"), CREDENTIALS: "[default]\n" + KEYS.format("credentials")}, {}),
    "a profile by name": ({"AWS_PROFILE": "other"}, {CREDENTIALS: "[default]\n" + KEYS.format("file") + "[other]\n" + KEYS.format("other")}, {}),
    "a profile by the older name": ({"AWS_DEFAULT_PROFILE": "other"}, {CONFIG: "[profile other]\n" + KEYS.format("other")}, {}),
    "a profile in quotes": ({"AWS_PROFILE": "an other"}, {CONFIG: '[profile "an other"]\n' + KEYS.format("other")}, {}),
    "a profile that is not there": ({"AWS_PROFILE": "none", **OFF}, {CONFIG: "[default]\n" + KEYS.format("file")}, {}),
    "files elsewhere": (
        {"AWS_CONFIG_FILE": "{home}/c", "AWS_SHARED_CREDENTIALS_FILE": "~/s", "AWS_PROFILE": "p"},
        {"c": "[profile p]\nregion = us-east-1\n", "s": "[p]\n" + KEYS.format("elsewhere")}, {}),
    "nested settings beside keys": ({}, {CONFIG: "[default]\ns3 =\n  # none\n  addressing_style = path\n" + KEYS.format("file")}, {}),
    "half of the keys of a profile": (OFF, {CONFIG: "[default]\naws_access_key_id = x\n"}, {}),
    "a program": ({}, {CONFIG: "[default]\ncredential_process = " + process("program") + "\n"}, {}),
    "a program that fails": (OFF, {CONFIG: "[default]\ncredential_process = sh -c 'exit 3'\n"}, {}),
    "a program of another version": (OFF, {CONFIG: "[default]\ncredential_process = echo '{\"Version\": 2}'\n"}, {}),
    "keys in credentials before a program": (
        {}, {CONFIG: "[default]\ncredential_process = " + process("program") + "\n", CREDENTIALS: "[default]\n" + KEYS.format("file")}, {}),
    "a role": (
        {"AWS_PROFILE": "a"},
        {CONFIG: "[profile a]\n" + role("A", "source_profile = b", "role_session_name = me"), CREDENTIALS: "[b]\n" + KEYS.format("b")},
        {f"POST {STS}": [sts("AssumeRole", "a")]}),
    "a role with all its settings": (
        {"AWS_PROFILE": "a"},
        {CONFIG: "[profile a]\n" + role("A", "source_profile = a", "role_session_name = me", "external_id = e-1", "duration_seconds = 900")
         + KEYS.format("a")},
        {f"POST {STS}": [sts("AssumeRole", "a")]}),
    "a role with another role": (
        {"AWS_PROFILE": "a"},
        {CONFIG: "[profile a]\n" + role("A", "source_profile = b", "role_session_name = me") + "[profile b]\n"
         + role("B", "source_profile = c", "role_session_name = me") + "[profile c]\n" + KEYS.format("c")},
        {f"POST {STS}": [sts("AssumeRole", "b"), sts("AssumeRole", "a")]}),
    "a role with a program": (
        {"AWS_PROFILE": "a"},
        {CONFIG: "[profile a]\n" + role("A", "source_profile = b", "role_session_name = me") + "[profile b]\ncredential_process = "
         + process("program") + "\n"},
        {f"POST {STS}": [sts("AssumeRole", "a")]}),
    "a role with the environment": (
        {"AWS_PROFILE": "a", "AWS_ACCESS_KEY_ID": "", **OFF}, {CONFIG: "[profile a]\n" + role("A", "credential_source = Environment")}, {}),
    "a role with the instance": (
        {"AWS_PROFILE": "a"}, {CONFIG: "[profile a]\n" + role("A", "credential_source = Ec2InstanceMetadata", "role_session_name = me")},
        {**INSTANCE, f"POST {STS}": [sts("AssumeRole", "a")]}),
    "a role with the container": (
        {"AWS_PROFILE": "a", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/c"},
        {CONFIG: "[profile a]\n" + role("A", "credential_source = EcsContainer", "role_session_name = me")},
        {"GET http://169.254.170.2/v2/c": lent("container"), f"POST {STS}": [sts("AssumeRole", "a")]}),
    "roles in a circle": (
        {"AWS_PROFILE": "a"}, {CONFIG: "[profile a]\n" + role("A", "source_profile = b") + "[profile b]\n" + role("B", "source_profile = a")}, {}),
    "a role without a source": ({"AWS_PROFILE": "a"}, {CONFIG: "[profile a]\n" + role("A")}, {}),
    "a role with two sources": (
        {"AWS_PROFILE": "a"},
        {CONFIG: "[profile a]\n" + role("A", "source_profile = b", "credential_source = Environment") + "[profile b]\n" + KEYS.format("b")}, {}),
    "a role whose source is not there": ({"AWS_PROFILE": "a"}, {CONFIG: "[profile a]\n" + role("A", "source_profile = b")}, {}),
    "web identity of the environment": (
        {"AWS_WEB_IDENTITY_TOKEN_FILE": "{home}/token", "AWS_ROLE_ARN": "arn:aws:iam::123456789012:role/W", "AWS_ROLE_SESSION_NAME": "me"},
        {"token": "a.b.c"}, {f"POST {STS}": [sts("AssumeRoleWithWebIdentity", "web")]}),
    "web identity before keys in a file": (
        {"AWS_WEB_IDENTITY_TOKEN_FILE": "{home}/token", "AWS_ROLE_ARN": "arn:aws:iam::123456789012:role/W", "AWS_ROLE_SESSION_NAME": "me"},
        {"token": "a.b.c", CREDENTIALS: "[default]\n" + KEYS.format("file")}, {f"POST {STS}": [sts("AssumeRoleWithWebIdentity", "web")]}),
    "web identity of a profile": (
        {}, {"token": "a.b.c", CONFIG: "[default]\n" + role("W", "web_identity_token_file = {home}/token", "role_session_name = me")},
        {f"POST {STS}": [sts("AssumeRoleWithWebIdentity", "web")]}),
    "a role with web identity": (
        {"AWS_PROFILE": "a"},
        {"token": "a.b.c", CONFIG: "[profile a]\n" + role("A", "source_profile = w", "role_session_name = me") + "[profile w]\n"
         + role("W", "web_identity_token_file = {home}/token", "role_session_name = me")},
        {f"POST {STS}": [sts("AssumeRoleWithWebIdentity", "web"), sts("AssumeRole", "a")]}),
    "single sign-on": (
        {}, {CONFIG: "[default]\nsso_session = one\n" + SSO + SESSION, SESSION_FILE: token(EVER, **REGISTERED)}, {f"GET {PORTAL}": PORTAL_ANSWER}),
    "single sign-on, the older form": (
        {}, {CONFIG: f"[default]\nsso_region = eu-west-1\nsso_start_url = {START}\n" + SSO, START_FILE: token(EVER)}, {f"GET {PORTAL}": PORTAL_ANSWER}),
    "single sign-on, renewed": (
        {}, {CONFIG: "[default]\nsso_session = one\n" + SSO + SESSION, SESSION_FILE: token(PAST, **REGISTERED)},
        {f"POST {OIDC}": json.dumps({"accessToken": "renewed", "expiresIn": 3600, "refreshToken": "next"}), f"GET {PORTAL}": PORTAL_ANSWER}),
    "single sign-on before keys": (
        {}, {CONFIG: "[default]\nsso_session = one\n" + SSO + KEYS.format("file") + SESSION, SESSION_FILE: token(EVER, **REGISTERED)},
        {f"GET {PORTAL}": PORTAL_ANSWER}),
    "a role with single sign-on": (
        {"AWS_PROFILE": "a"},
        {CONFIG: "[profile a]\n" + role("A", "source_profile = s", "role_session_name = me") + "[profile s]\nsso_session = one\n" + SSO + SESSION,
         SESSION_FILE: token(EVER, **REGISTERED)},
        {f"GET {PORTAL}": PORTAL_ANSWER, f"POST {STS}": [sts("AssumeRole", "a")]}),
    "nobody is signed in": (OFF, {CONFIG: "[default]\nsso_session = one\n" + SSO + SESSION}, {}),
    "the sign-in has ended": (
        OFF, {CONFIG: f"[default]\nsso_region = eu-west-1\nsso_start_url = {START}\n" + SSO, START_FILE: token(PAST)}, {}),
    "an sso-session that is not there": (OFF, {CONFIG: "[default]\nsso_session = two\n" + SSO}, {}),
    "single sign-on without a role": (OFF, {CONFIG: "[default]\nsso_session = one\nsso_account_id = 1\n" + SESSION}, {}),
    "a container by path": (
        {"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/c?id=1"}, {}, {"GET http://169.254.170.2/v2/c?id=1": lent("container")}),
    "a container by address": (
        {"AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:9001/c", "AWS_CONTAINER_AUTHORIZATION_TOKEN": "Basic x"}, {},
        {"GET http://127.0.0.1:9001/c": lent("container")}),
    "a container with a token file": (
        {"AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://[fd00:ec2::23]/v1/credentials",
         "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "{home}/pod", "AWS_CONTAINER_AUTHORIZATION_TOKEN": "not this"},
        {"pod": "pod-token"}, {"GET http://[fd00:ec2::23]/v1/credentials": lent("container")}),
    "a container at a stranger's": ({"AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://192.0.2.1/c", **OFF}, {}, {}),
    "a container's token with another header": (
        {"AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1/c", "AWS_CONTAINER_AUTHORIZATION_TOKEN": "a\r\nb: c", **OFF}, {}, {}),
    "an instance": ({}, {}, INSTANCE),
    "a profile without credentials on an instance": ({}, {CONFIG: "[default]\nregion = us-east-1\n"}, INSTANCE),
    "an instance without a role": ({}, {}, {f"PUT {IMDS}api/token": "metadata-token"}),
    "nothing at all": (OFF, {}, {}),
}


def resolve(case):
    """Within a process of its own, as botocore reads the home directory when it is imported."""
    import botocore.awsrequest
    import botocore.exceptions
    import botocore.httpsession
    import botocore.session

    answers, asked = case["answers"], []

    class Raw:
        def __init__(self, body):
            self.body = body

        def stream(self, **_):
            yield self.body

        def read(self, *_, **__):
            body, self.body = self.body, b""
            return body

    def send(_, request):
        line = f"{request.method} {request.url}"
        line = line if line in answers else line.partition("?")[0]
        header = lambda name: request.headers.get(name)
        text = lambda value: value.decode() if isinstance(value, bytes) else value
        asked.append({"line": line} | {
            name: text(value) for name, value in {
                "authorization": None if "aws" in request.url else header("Authorization"),
                "bearer": header("x-amz-sso_bearer_token"), "token": header("x-aws-ec2-metadata-token"),
                "signed": text(header("Authorization") or "").partition("Credential=")[2].partition("/")[0] or None,
                "body": request.body if STS in request.url or OIDC in request.url else None}.items() if value})
        answer = answers.get(line)
        if answer is None and "169.254.169.254" in line and f"PUT {IMDS}api/token" in answers:
            return botocore.awsrequest.AWSResponse(request.url, 404, {}, Raw(b""))
        if answer is None:
            raise botocore.exceptions.ConnectTimeoutError(endpoint_url=request.url)
        body = answer.pop(0) if isinstance(answer, list) else answer
        return botocore.awsrequest.AWSResponse(request.url, 200, {}, Raw(body.encode()))

    botocore.httpsession.URLLib3Session.send = send
    session = botocore.session.Session()
    try:
        credentials = session.get_credentials()
        if credentials is None:
            return {"asked": asked, "failure": "none found"}
        frozen = credentials.get_frozen_credentials()
    except Exception as failure:
        return {"asked": asked, "failure": type(failure).__name__}
    return {"asked": asked, "keys": {"id": frozen.access_key, "secret": frozen.secret_key, "token": frozen.token}}


def outcome(environment, files, answers):
    import hashlib
    start = hashlib.sha1(START.encode()).hexdigest()
    with tempfile.TemporaryDirectory() as home:
        written = {}
        for path, text in files.items():
            path = path.replace("{start}", start)
            written[path] = text
            file = pathlib.Path(home, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text.replace("{home}", home))
        variables = {"AWS_REGION": "us-east-1", **environment}
        result = subprocess.run(
            [sys.executable, __file__, "resolve"], input=json.dumps({"answers": answers}), text=True, check=True,
            stdout=subprocess.PIPE,
            env={"HOME": home, "PATH": os.environ["PATH"], "AWS_DEFAULT_REGION": "us-east-1",
                 **{name: value.replace("{home}", home) for name, value in variables.items()}})
        return {"environment": variables, "files": written, "answers": answers, **json.loads(result.stdout.replace(home, "{home}"))}


if __name__ == "__main__":
    if sys.argv[1:] == ["resolve"]:
        print(json.dumps(resolve(json.load(sys.stdin))))
        sys.exit()
    import botocore
    document = {"source": f"make_chain.py, botocore {botocore.__version__}"}
    document["cases"] = {name: outcome(*case) for name, case in CASES.items()}
    path = pathlib.Path(__file__).parent / "chain.json"
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")
