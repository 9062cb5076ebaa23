"""What machines can see of a page's quality: axe-core's rules, and whether it fits the screen. Leaves a picture."""

from axe_playwright_python.sync_playwright import Axe

from house import repository

screenshots = repository / ".build/screenshots"

axe = Axe()
# (view, number of violations), for the summary of the run.
audited = []


def audit(visit, view):
    """axe-core with all its rules, on the page as it is shown now."""
    results = axe.run(visit.page)
    audited.append((view, results.violations_count))
    assert results.violations_count == 0, f"{view}:\n{results.generate_report()}"


def fits(visit, view):
    """Nobody has to scroll sideways."""
    wanted, there = visit.page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wanted <= there, f"{view} is {wanted} px wide on a screen of {there} px"
