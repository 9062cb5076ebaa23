"""What the tests share: one copy of the parts, and one rehearsal of each against moto.

Without Terraform, or without its AWS provider, the tests are skipped and say so.
"""

import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from rehearsal import rehearse
from strangers_aws import Moto
from workshop import ProviderMissing, Workshop, parts, tested


def pytest_collection_modifyitems(items):
    if shutil.which("terraform"):
        return
    for item in items:
        if "checkov" not in item.nodeid:
            item.add_marker(pytest.mark.skip(reason="Terraform is not installed: https://developer.hashicorp.com/terraform/install"))


@pytest.fixture(scope="session")
def workshop():
    try:
        workshop = Workshop()
    except ProviderMissing as failure:
        last = str(failure).strip().splitlines()[-1]
        pytest.skip(f"the AWS provider cannot be had: connect to the internet or set ALEX_TF_PLUGINS to a mirror ({last})")
    yield workshop
    workshop.close()


@pytest.fixture(scope="session")
def work(workshop):
    """(what, folder) -> the future of its result. Everything that waits for Terraform is begun at once, a few at a time:
    most of it is pauses of the provider, and a pause of one is time for another.
    """
    moto = Moto(workshop.root / "moto.log")
    pool = ThreadPoolExecutor(3)
    # Those that wait longest come first.
    slow = ["8_observability", "6_agents", "7_frontend", "5_database"]
    futures = {
        ("rehearse", part): pool.submit(rehearse, workshop, moto, part)
        for part in sorted(parts, key=lambda part: slow.index(part) if part in slow else -1, reverse=True)
    }
    for what, folders in {"test": tested, "validate": parts}.items():
        for folder in folders:
            futures[what, folder] = pool.submit(workshop.run, what, "-no-color", folder=workshop.terraform / folder)
    yield futures
    pool.shutdown(cancel_futures=True)
    moto.close()


@pytest.fixture(scope="session")
def rehearsals(work):
    """Part -> its rehearsal."""
    return {part: work["rehearse", part].result() for part in parts}


@pytest.fixture(params=parts)
def part(request):
    return request.param


@pytest.fixture
def rehearsal(work, part):
    return work["rehearse", part].result()
