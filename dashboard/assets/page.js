// Eight things that Streamlit's page gets wrong: for people who do not use a mouse or a screen, who go back, and on paper.

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
// A table that is wider than a phone's screen scrolls by itself; the keyboard gets to it, too (WCAG 2.1.1).
const phone = matchMedia("(max-width: 640px)");
const reachable = () => {
  for (const table of document.querySelectorAll(".stTable > div")) {
    const wide = phone.matches && table.scrollWidth > table.clientWidth + 1;
    const said = { tabindex: "0", role: "group", "aria-label": "Table, wider than the screen" };
    for (const [name, value] of Object.entries(said)) {
      if (!wide) table.removeAttribute(name);
      else if (table.getAttribute(name) !== value) table.setAttribute(name, value);
    }
  }
};
let waiting = false;
new MutationObserver(() => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    mend();
    reachable();
  });
}).observe(document.documentElement, { childList: true, characterData: true, subtree: true });

// A person, school, filter or part that somebody chooses becomes a step of its own in the browser's history, so that Back
// undoes it; Streamlit writes it over the step before. What Streamlit writes by itself, on loading or going back, is no step.
const STEPS = /^(region|school|role|therapist|.*_part)$/;
const chosen = (address) =>
  JSON.stringify([...new URL(address, location.href).searchParams].filter(([name]) => STEPS.test(name)));
let acted = false; // somebody did something that no step stands for yet
let ours = false;  // the newest step is ours, and nothing was done since
for (const kind of ["pointerdown", "keydown"]) window.addEventListener(kind, () => { acted = true; ours = false; }, true);
window.addEventListener("popstate", () => { acted = ours = false; }, true);
const replace = history.replaceState.bind(history);
const push = history.pushState.bind(history);
const path = (address) => new URL(address, location.href).pathname;
history.replaceState = (state, unused, address) => {
  const step = acted && address && path(address) === location.pathname && chosen(address) !== chosen(location.href);
  acted = acted && !step;
  ours = ours || step;
  return step ? push(state, unused, address) : replace(state, unused, address);
};
// Who goes to another page takes one step, too: Streamlit empties the address first, goes there, and then writes what is chosen
// behind the new address, each as a step. What nobody did is written over the step before.
history.pushState = (state, unused, address) => {
  const elsewhere = address && path(address) !== location.pathname;
  const step = elsewhere ? !ours : acted;
  ours = !elsewhere && acted;
  acted = false;
  return step ? push(state, unused, address) : replace(state, unused, address);
};

// What was typed lives in this page until it is saved or kept: leaving it asks first. A pasted list may hold names, so that it
// is kept nowhere, not even in the tab; leaving asks while it stands in its field.
window.addEventListener("beforeunload", (event) => {
  if (!document.querySelector("[data-unsaved]") && !document.querySelector(".st-key-my_list textarea")?.value) return;
  event.preventDefault();
  event.returnValue = "";
});

// A page that has lost its server and found one again is not drawn anew by itself, and where the server was started again the
// first click would be lost with the session that it was meant for. `drafts.js` hears of it and asks for the page once more.
let connections = 0;
window.WebSocket = class extends window.WebSocket {
  constructor(...given) {
    super(...given);
    this.addEventListener("open", () => {
      connections += 1;
      if (connections > 1) setTimeout(() => window.dispatchEvent(new Event("own:connected-again")), 500);
    });
  }
};

// The address holds what is looked at, by code: "Copy link" puts it on the clipboard and says so.
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy-link]");
  if (!button) return;
  const words = button.textContent;
  try {
    await navigator.clipboard.writeText(location.href);
    button.textContent = "Link copied";
  } catch {
    button.textContent = "Copy it from the address bar";
  }
  setTimeout(() => { button.textContent = words; }, 2500);
});

// Charts and tables keep the width that they have on the screen when the page is printed. print.css makes each as small as
// this says; at the page's own zoom 790 pixels are a letter sheet within its margins and those of a card.
const SHEET = 790;
const measure = () => {
  const app = document.querySelector(".stApp"); // print.css and theme.css turn what is drawn dark to light
  document.documentElement.toggleAttribute("data-dark", Boolean(app) && getComputedStyle(app).colorScheme === "dark");
  for (const drawn of document.querySelectorAll(".js-plotly-plot, .stDataFrame")) {
    const image = drawn.querySelector(".main-svg");
    const width = image ? parseFloat(image.getAttribute("width")) : drawn.getBoundingClientRect().width;
    for (const each of [drawn, drawn.closest(".stElementContainer")]) {
      each?.style.setProperty("--on-paper", width > SHEET ? SHEET / width : 1);
    }
  }
};
window.addEventListener("beforeprint", measure);
