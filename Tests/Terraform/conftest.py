"""What the tests share: one copy of the parts, and one rehearsal of each against moto.

Without Terraform, or without its AWS provider, the tests are skipped and say so.
"""

import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from rehearsal import rehearse
from strangers_aws import Moto
from workshop import ProviderMissing, Workshop, parts


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
def rehearsals(workshop):
    """Part -> its rehearsal. Three at a time: most of it is waiting, for the provider's pauses."""
    moto = Moto(workshop.root / "moto.log")
    # Those that wait longest come first.
    order = sorted(parts, key=["5_database", "6_agents", "7_frontend"].__contains__, reverse=True)
    try:
        with ThreadPoolExecutor(3) as pool:
            results = list(pool.map(lambda part: rehearse(workshop, moto, part), order))
    finally:
        moto.close()
    return {result.part: result for result in results}


@pytest.fixture(params=parts)
def part(request):
    return request.param


@pytest.fixture
def rehearsal(rehearsals, part):
    return rehearsals[part]
