"""`alex deploy` and `alex destroy` as a person types them, with moto in the place of AWS and the local cloud's database."""

import json
import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import boto3
import pytest

import values
from rehearsal import left_out
from strangers_aws import Moto
from workshop import repository

alex = repository / ".build/release/alex"
chosen = ["3_ingestion", "5_database", "7_frontend"]
# The local cloud lets nobody else in.
keys = {"AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local"}
local_secret = f"arn:aws:secretsmanager:us-east-1:{values.account}:secret:alex-aurora-credentials-local0"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Place:
    """A repository as the command sees it: parts, packages, the web app; and a cloud to deploy to."""

    def __init__(self, workshop, root):
        self.root = root
        self.moto = Moto(root / "moto.log")
        self.ports = {"ALEX_AWS_PORT": str(free_port()), "ALEX_PORT": str(free_port())}
        shutil.copytree(workshop.root / "packages", root / "packages")
        (root / "scripts").symlink_to(repository / "scripts")
        (root / "frontend").symlink_to(repository / "frontend")
        for name in ("modules", *chosen):
            shutil.copytree(workshop.terraform / name, root / "terraform" / name, symlinks=True)
        for part in chosen:
            folder = root / "terraform" / part
            override = self.moto.override((folder / "versions.tf").read_text()) + left_out(part)
            if part == "5_database":
                # moto's database executes nothing: the statements go to the local cloud, which has a secret of its own.
                override += f'output "aurora_secret_arn" {{\n  value = "{local_secret}"\n}}\n'
            (folder / "moto_override.tf").write_text(override)
            given = {name: value for name, value in values.variables(part).items() if not name.startswith("aurora_")}
            (folder / "given.auto.tfvars.json").write_text(json.dumps(given | {"deletion_protection": True}
                                                                      if part == "5_database" else given))
        self.environment = workshop.environment | keys | self.ports | {
            "AWS_REGION": "us-east-1", "ALEX_HOME": str(root / "home"), "AWS_ENDPOINT_URL": self.moto.address,
            "AWS_ENDPOINT_URL_RDS_DATA": f"http://127.0.0.1:{self.ports['ALEX_AWS_PORT']}",
        }
        # moto and the local cloud are on this machine.
        for name in ("HTTP_PROXY", "HTTPS_PROXY"):
            self.environment.pop(name, None)
        self.cloud = subprocess.Popen(
            [alex, "up"], cwd=root, env=os.environ | self.ports | {"ALEX_HOME": str(root / "home")},
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        while "is ready" not in (line := self.cloud.stdout.readline()):
            assert line, "alex up has ended"

    def close(self):
        self.cloud.terminate()
        self.cloud.wait()
        self.moto.close()

    def run(self, *arguments):
        done = subprocess.run([alex, *arguments], cwd=self.root, env=self.environment, text=True, timeout=400,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return done.returncode, done.stdout

    def client(self, service):
        return boto3.client(service, endpoint_url=self.moto.address, region_name="us-east-1",
                            aws_access_key_id="local", aws_secret_access_key="local")


@pytest.fixture(scope="module")
def place(workshop):
    if not alex.exists():
        pytest.skip("alex is not built: swift build -c release")
    if not (repository / "frontend/out/index.html").exists():
        pytest.skip("the web app is not built: make web")
    # PostgreSQL runs as a user of its own, who has to reach its files.
    root = Path(tempfile.mkdtemp(prefix="alex-deployment-"))
    root.chmod(0o755)
    place = Place(workshop, root)
    yield place
    place.close()
    shutil.rmtree(root, ignore_errors=True)


@pytest.fixture(scope="module")
def deployed(place):
    """What `alex deploy` said. Nobody runs a function here, so that the site cannot become healthy."""
    return place.run("deploy", *chosen, "--yes", "--no-package", "--patience", "0")


def test_a_deployment_goes_through_all_its_steps_and_ends_with_the_question_whether_it_is_healthy(deployed):
    status, text = deployed
    assert f"Account {values.account} as arn:aws:" in text, text
    for words in ("the vector index is made", "the key of the REST API is made", "instruments are seeded",
                  "the site is up to date", "the edges forget the old pages"):
        assert words in text, text
    assert status == 1 and "does not answer as it should" in text, text


def test_outputs_of_a_part_become_variables_of_the_next(deployed, place):
    assert deployed
    text = (place.root / "terraform/7_frontend/terraform.tfvars").read_text()
    assert f'aurora_cluster_arn = "arn:aws:rds:us-east-1:{values.account}:cluster:alex-aurora-cluster"' in text
    status, lines = place.run("outputs", "--env")
    assert status == 0 and f"AURORA_SECRET_ARN={local_secret}\n" in lines and "CLOUDFRONT_URL=https://" in lines


def test_the_whole_site_is_in_its_bucket_with_its_types(deployed, place):
    assert deployed
    s3 = place.client("s3")
    bucket = next(each["Name"] for each in s3.list_buckets()["Buckets"] if "frontend" in each["Name"])
    objects = {each["Key"] for each in s3.list_objects_v2(Bucket=bucket)["Contents"]}
    built = repository / "frontend/out"
    assert objects == {str(path.relative_to(built)) for path in built.rglob("*") if path.is_file()}
    page = s3.head_object(Bucket=bucket, Key="index.html")
    assert (page["ContentType"], page["CacheControl"]) == ("text/html; charset=utf-8", "no-cache")
    asset = s3.head_object(Bucket=bucket, Key=next(key for key in objects if key.endswith(".js")))
    assert "immutable" in asset["CacheControl"]


def test_the_key_of_the_rest_api_is_in_its_secret_and_in_no_state(deployed, place):
    assert deployed
    key = place.client("apigateway").get_api_keys(nameQuery="alex-ingest", includeValues=True)["items"]
    assert len(key) == 1
    secrets = place.client("secretsmanager")
    texts = [secrets.get_secret_value(SecretId=each["ARN"])["SecretString"]
             for each in secrets.list_secrets()["SecretList"] if "ingest" in each["Name"]]
    assert [json.loads(text) for text in texts] == [{"ALEX_API_KEY": key[0]["value"]}]
    for state in Path(place.root / "terraform").rglob("*.tfstate*"):
        assert key[0]["value"] not in state.read_text(), state


def test_status_tells_what_is_deployed(deployed, place):
    assert deployed
    status, text = place.run("status")
    assert status == 1, text
    assert "alex-api" in text and "this version" in text and "6_agents         not deployed" in text
    assert "is not healthy" in text


def test_a_plan_is_not_applied_when_nobody_can_say_yes(deployed, place):
    assert deployed
    file = place.root / "terraform/3_ingestion/given.auto.tfvars.json"
    before = file.read_text()
    file.write_text(json.dumps(json.loads(before) | {"log_retention_days": 30}))
    status, text = place.run("deploy", "3_ingestion", "--no-package")
    file.write_text(before)
    assert status == 1 and "there is nobody to ask" in text, text


def test_data_is_deleted_only_when_that_is_said(deployed, place):
    assert deployed
    status, text = place.run("destroy", "--yes")
    assert status == 1 and "every household, account and analysis (5_database)" in text, text
    assert place.client("rds").describe_db_clusters()["DBClusters"]
    status, text = place.run("destroy", "3_ingestion", "--yes", "--delete-data")
    assert status == 0, text
    assert "Destroyed: 3_ingestion" in text
    assert place.client("apigateway").get_api_keys()["items"] == []
    assert place.client("s3vectors").list_vector_buckets()["vectorBuckets"] == []
    assert "○ 3_ingestion      not deployed" in place.run("status", "3_ingestion")[1]
