import pytest

from workshop import tested


@pytest.mark.parametrize("folder", tested)
def test_it_does_what_its_own_tests_say(workshop, folder):
    done = workshop.run("test", "-no-color", folder=workshop.terraform / folder)
    assert done.returncode == 0, done.stdout
    assert " 0 passed" not in done.stdout, done.stdout
