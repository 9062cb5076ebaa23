"""A part's whole life against moto: applied, planned again, destroyed. What the tests read is kept."""

import json
from dataclasses import dataclass, field
from pathlib import Path

import values

# What moto lacks is overridden in the rehearsal: a file for each part, with a reason for each block.
gaps = Path(__file__).parent / "gaps"


@dataclass
class Rehearsal:
    part: str
    applied: str = ""
    appears_applied: bool = False
    plan: dict = field(default_factory=dict)
    """The second plan: as everything exists, every value is known."""
    second_plan: str = ""
    kept: str = ""
    """Everything Terraform wrote down: the state files."""
    destroyed: str = ""
    appears_destroyed: bool = False

    def resources(self, kind):
        """@return address -> values of the managed resources of this kind, as they are after the second plan."""
        found = {}
        modules = [self.plan.get("planned_values", {}).get("root_module", {})]
        while modules:
            module = modules.pop()
            modules += module.get("child_modules", [])
            for each in module.get("resources", []):
                if each["type"] == kind and each["mode"] == "managed":
                    found[each["address"]] = each["values"]
        return found

    @property
    def outputs(self):
        return {name: each.get("value") for name, each in self.plan.get("planned_values", {}).get("outputs", {}).items()}

    def drift(self):
        """@return (address, attribute) of everything the second plan would change, though nothing was changed."""
        found = set()
        for change in self.plan.get("resource_changes", []):
            if change["change"]["actions"] in (["no-op"], ["read"]):
                continue
            before, after = change["change"]["before"] or {}, change["change"]["after"] or {}
            names = {name for name in before | after if before.get(name) != after.get(name)}
            unknown = {name for name, each in (change["change"].get("after_unknown") or {}).items() if each is True}
            found |= {(change["address"], name) for name in names | unknown}
        return found


def rehearse(workshop, moto, part):
    folder = workshop.copy(part, "moto")
    (folder / "moto_override.tf").write_text(moto.override((folder / "versions.tf").read_text()) + left_out(part))
    (folder / "given.auto.tfvars.json").write_text(json.dumps(values.variables(part)))
    environment = values.planted | {"AWS_ENDPOINT_URL": moto.address, "AWS_DEFAULT_REGION": "us-east-1"}

    def terraform(*arguments):
        return workshop.run(*arguments, "-no-color", folder=folder, environment=environment)

    result = Rehearsal(part)
    applied = terraform("apply", "-auto-approve")
    result.applied, result.appears_applied = applied.stdout, applied.returncode == 0
    if result.appears_applied:
        second = terraform("plan", "-detailed-exitcode", "-out=second.plan")
        result.second_plan = second.stdout
        if second.returncode != 1:
            shown = terraform("show", "-json", "second.plan")
            result.plan = json.loads(shown.stdout)
    result.kept = "".join(file.read_text() for file in folder.glob("*.tfstate*"))
    destroyed = terraform("destroy", "-auto-approve")
    result.destroyed, result.appears_destroyed = destroyed.stdout, destroyed.returncode == 0
    return result


def left_out(part):
    file = gaps / f"{part}.tf"
    return file.read_text() if file.exists() else ""
