"""Writes botocore-suite.json and aws-c-auth-suite.json: the two public test suites of Signature Version 4, a file each.

    python3 Tests/Fixtures/aws/sigv4/make_suites.py <clone of boto/botocore> <clone of awslabs/aws-c-auth>

Every text is upstream's, byte for byte but for the carriage returns some of botocore's files have. Licence of both: Apache
License 2.0, see LICENSE-suites beside this file.
"""

import json
import pathlib
import subprocess
import sys

BOTOCORE = "tests/unit/auth/aws4_testsuite"
AWS_C_AUTH = "tests/aws-signing-test-suite/v4"


def git(clone, *arguments):
    return subprocess.run(["git", "-C", clone, *arguments], check=True, capture_output=True).stdout.decode()


def texts(clone, folder):
    """The folder of every case -> file name -> text."""
    cases = {}
    for path in git(clone, "ls-tree", "-r", "--name-only", "HEAD", folder + "/").splitlines():
        case, _, name = path.removeprefix(folder + "/").rpartition("/")
        cases.setdefault(case, {})[name] = git(clone, "show", "HEAD:" + path).replace("\r", "")
    return cases


def write(name, clone, repository, folder, notice, cases):
    document = {
        "source": f"https://github.com/{repository}/tree/{git(clone, 'rev-parse', 'HEAD').strip()}/{folder}, "
        "by make_suites.py beside this file",
        "licence": "Apache License 2.0, see LICENSE-suites beside this file",
        "notice": notice,
        "cases": cases,
    }
    path = pathlib.Path(__file__).with_name(name)
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")


def botocore(clone):
    folders = texts(clone, BOTOCORE)
    cases = []
    for case, files in sorted(folders.items()):
        parts = {name.rpartition(".")[2]: text for name, text in files.items()}
        if "req" in parts:
            cases.append({
                "name": case, "request": parts["req"], "canonicalRequest": parts["creq"],
                "stringToSign": parts["sts"], "authorization": parts["authz"], "signedRequest": parts["sreq"]})
    write("botocore-suite.json", clone, "boto/botocore", BOTOCORE, folders[""]["NOTICE"], cases)


def aws_c_auth(clone):
    cases = []
    for case, files in sorted(texts(clone, AWS_C_AUTH).items()):
        cases.append({"name": case, "context": json.loads(files["context.json"]), "request": files["request.txt"]} | {
            place: {
                "canonicalRequest": files[f"{place}-canonical-request.txt"],
                "stringToSign": files[f"{place}-string-to-sign.txt"],
                "signature": files[f"{place}-signature.txt"],
                "signedRequest": files[f"{place}-signed-request.txt"],
            } for place in ("header", "query")})
    write("aws-c-auth-suite.json", clone, "awslabs/aws-c-auth", AWS_C_AUTH, git(clone, "show", "HEAD:NOTICE"), cases)


botocore(sys.argv[1])
aws_c_auth(sys.argv[2])
