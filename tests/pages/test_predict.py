"""What a reader is asked to predict stays covered until asked for, and is there for everyone."""

from __future__ import annotations

from conftest import lessons

LESSON = "4-training/adam.html"
# In each lesson: questions without a covered answer, and outputs of a question that stand open.
COVERED = """async (names) => {
  const found = [];
  for (const name of names) {
    const page = new DOMParser().parseFromString(await (await fetch(name)).text(), "text/html");
    for (const box of page.querySelectorAll(".predict")) {
      const answers = [...box.querySelectorAll(":scope > details.answer")];
      const last = box.lastElementChild;
      found.push([name, answers.length, answers.some((one) => one.open), answers.includes(last)]);
    }
  }
  return found;
}"""
SEEN = "(e) => e.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })"


def inside(page):
    """Return a covered output of the lesson."""
    return page.locator(".predict > details.answer div.doctest").first


def test_every_question_of_every_lesson_has_its_answer_covered(visit, site, book):
    page = visit().go(f"{site}/index.html")
    found = page.evaluate(COVERED, [f"{site}/{name}" for name in lessons()])
    assert len(found) > 60
    assert [each for each in found if each[1] != 1 or each[2] or not each[3]] == []


def test_an_answer_is_uncovered_and_covered_again_by_keyboard(visit, site):
    page = visit().go(f"{site}/{LESSON}")
    output = inside(page)
    assert not output.evaluate(SEEN)
    summary = page.locator(".predict > details.answer:has(div.doctest) > summary").first
    assert summary.inner_text() == "Answer"
    summary.focus()
    page.keyboard.press("Enter")
    assert output.evaluate(SEEN)
    page.keyboard.press("Space")
    assert not output.evaluate(SEEN)


def test_on_paper_what_is_covered_stands_open(visit, site):
    page = visit().go(f"{site}/{LESSON}")
    solution = page.locator("details.solution p").first
    page.emulate_media(media="print")
    for folded in (inside(page), solution):
        assert folded.evaluate(SEEN)
        assert folded.bounding_box()["height"] > 10
    page.emulate_media(media="screen")
    assert not inside(page).evaluate(SEEN)


def test_without_javascript_an_answer_opens_all_the_same(chromium, site):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/{LESSON}")
    covered = page.locator(".predict > details.answer").first
    words = covered.locator("p").first
    assert not words.is_visible()
    covered.locator("summary").press("Enter")
    assert words.is_visible()
    page.goto(f"{site}/appendix/your-place.html")
    assert page.get_by_text("needs JavaScript").is_visible()
    context.close()
