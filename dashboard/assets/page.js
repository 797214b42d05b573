// Three things that the page frame gets wrong: for people who do not use a mouse or a screen, and on paper.

// A bare "r" would run the page again and a bare "c" would open a dialog: both surprise people who work with
// the keyboard or by voice (WCAG 2.1.4), so these keys reach text fields only.
window.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const at = event.target;
  if (at && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName))) return;
  if (/^[rc]$/i.test(event.key)) event.stopImmediatePropagation();
}, true);

// The navigation is a list whose items stand inside other boxes, with headings between them; screen readers
// cannot make sense of such a list (WCAG 1.3.1). Each group becomes a named group of links.
const navigation = '[data-testid="stSidebarNavItems"]';
const mend = () => {
  for (const list of document.querySelectorAll(navigation)) {
    list.setAttribute("role", "presentation");
    for (const item of list.querySelectorAll("li:not([role])")) item.setAttribute("role", "presentation");
    for (const heading of list.querySelectorAll('[data-testid="stNavSectionHeader"]')) {
      const group = heading.parentElement, name = heading.querySelector("p");
      if (group === list || !name || group.getAttribute("aria-label") === name.textContent) continue;
      group.setAttribute("role", "group");
      group.setAttribute("aria-label", name.textContent);
    }
  }
};
new MutationObserver((changes) => {
  if (changes.some((change) => change.addedNodes.length)) mend();
}).observe(document.documentElement, { childList: true, subtree: true });

// Charts and tables keep the width that they have on the screen when the page is printed. print.css makes each as small as
// this says; 680 pixels are a letter sheet within its margins.
const SHEET = 680;
const measure = () => {
  for (const drawn of document.querySelectorAll(".js-plotly-plot, .stDataFrame")) {
    const image = drawn.querySelector(".main-svg");
    const width = image ? parseFloat(image.getAttribute("width")) : drawn.getBoundingClientRect().width;
    drawn.style.setProperty("--on-paper", width > SHEET ? SHEET / width : 1);
  }
};
window.addEventListener("beforeprint", measure);
