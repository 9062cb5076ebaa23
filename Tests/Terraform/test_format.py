import subprocess

from workshop import source


def test_files_are_formatted():
    done = subprocess.run(["terraform", "fmt", "-check", "-recursive", "-no-color"], cwd=source, text=True, capture_output=True)
    assert done.returncode == 0, f"run: terraform fmt -recursive terraform\n{done.stdout}{done.stderr}"
