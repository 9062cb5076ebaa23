import pytest

from workshop import tested


@pytest.mark.parametrize("folder", tested)
def test_it_does_what_its_own_tests_say(work, folder):
    done = work["test", folder].result()
    assert done.returncode == 0, done.stdout
    assert " 0 passed" not in done.stdout, done.stdout
