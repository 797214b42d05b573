// Three things that Streamlit's page gets wrong: for people who do not use a mouse or a screen, and on paper.

// A bare "r" would run the page again and a bare "c" would open a dialog: both surprise people who work with
// the keyboard or by voice (WCAG 2.1.4), so these keys reach text fields only.
window.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const at = event.target;
  if (at && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName))) return;
  if (/^[rc]$/i.test(event.key)) event.stopImmediatePropagation();
}, true);

// Links to pages do not say which of them is open (WCAG 1.3.1). The frame writes that one in bold; here each row of links
// is named, its open page is marked, and so is the place in the bar at the top while another page of that place is open.
const ROWS = { strip: "Places", sections: "Pages of this place", foot: "More pages" };
const mark = (link, how) => {
  if (link.getAttribute("aria-current") === how) return;
  if (how) link.setAttribute("aria-current", how);
  else link.removeAttribute("aria-current");
};
const mend = () => {
  for (const [key, name] of Object.entries(ROWS)) {
    const row = document.querySelector(`.st-key-${key}`);
    if (!row) continue;
    row.setAttribute("role", "navigation");
    row.setAttribute("aria-label", name);
    for (const link of row.querySelectorAll("a")) mark(link, link.querySelector("strong") ? "true" : null);
  }
  const place = document.querySelector(".st-key-strip strong")?.textContent;
  for (const link of document.querySelectorAll('[data-testid="stTopNavLink"]')) {
    if (link.getAttribute("aria-current") !== "page") mark(link, link.textContent === place ? "true" : null);
  }
};
let waiting = false;
new MutationObserver(() => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    mend();
  });
}).observe(document.documentElement, { childList: true, characterData: true, subtree: true });

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
