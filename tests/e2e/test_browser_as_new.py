"""What one test leaves in the browser that all share is gone for the next: the pages, their storage and cookies."""

from tests.e2e.conftest import as_new

PAGE = "<script>addEventListener('pagehide', () => localStorage.setItem('left', location.host))</script>"
ADDRESSES = ("http://one.example/", "http://other.example/")


def test_nothing_of_any_address_that_a_page_was_at_is_left(browser, browser_context_args):
    context = browser.new_context(**browser_context_args)
    context.route("**/*", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    context.new_page()
    page = context.new_page()
    for address in ADDRESSES:
        page.goto(address)
        page.evaluate("localStorage.setItem('typed', 'something'); document.cookie = 'own=1'")
    context.set_offline(True)
    as_new(context)
    assert len(context.pages) == 1
    page, kept = context.new_page(), "[JSON.stringify(localStorage), document.cookie, navigator.onLine]"
    for address in ADDRESSES:  # each page is left before the next one's storage is looked at, and is of another address
        page.goto(address)
        assert page.evaluate(kept) == ["{}", "", True]
    context.close()
