// What somebody has typed and not sent yet, kept in this tab of the browser: a reload, a lost connection or a server that was
// started again gives it back. It stands in the tab's own storage, is told to the server only as the value of its field, and
// goes when it was sent, when the district is closed or forgotten, and at sign-out.
//
// Streamlit names the box around a widget by its key. What is typed in it is read here as it is typed; what comes back goes the
// other way round by the server, which gives the field its value as a program may.

const PREFIX = "ot-staffing draft ";
const MOST_SEEN = 6;
const GONE = 1000; // milliseconds
const watched = new Map(); // key of a field -> what the server last said of it
const done = new Map(); // session and key of a field -> how often it was sent
const store = window.sessionStorage;

const name = (scope, key) => `${PREFIX}${scope} ${key}`;
const read = (place) => {
  try {
    return JSON.parse(store.getItem(place));
  } catch {
    return null;
  }
};
const write = (place, value) => {
  try {
    store.setItem(place, JSON.stringify(value));
  } catch { /* no room left: the field itself still has it */ }
};
const names = () => Object.keys(store).filter((each) => each.startsWith(PREFIX));

const fieldOf = (typed) => {
  const box = typed?.matches?.("textarea, input") && typed.closest('[class*="st-key-"]');
  const key = box && [...box.classList].find((each) => each.startsWith("st-key-"))?.slice("st-key-".length);
  return watched.has(key) ? key : null;
};

document.addEventListener("input", (event) => {
  const key = fieldOf(event.target);
  if (key === null) return;
  const { scope, session, value } = watched.get(key);
  const place = name(scope, key), text = event.target.value;
  const seen = [...new Set([...(read(place)?.seen ?? []), value])].slice(-MOST_SEEN);
  if (text === seen[0]) store.removeItem(place);
  else write(place, { text, seen, session });
}, true);

// What a server is asked for once a field is there again: its text. Where the field has another text by now, it is not written
// over: the page shows both.
const given = (place, value, session) => {
  const draft = read(place);
  if (draft === null) return null;
  if (draft.text === value) {
    if (draft.session !== session) store.removeItem(place); // it was kept: the server has it of itself
    return null;
  }
  return { text: draft.text, changed: !draft.seen.includes(value) };
};

// What the server says of a field or of a choice, and what it is asked for where that is new to this page.
const field = (data, key, back) => {
  const before = watched.get(key), value = data.fields[key], { scope, session } = data;
  watched.set(key, { scope, session, value });
  if (before?.session === session && before.scope === scope) return key;
  const draft = given(name(scope, key), value, session);
  if (draft) back.texts[key] = draft;
  return key;
};

const choice = (data, key, back) => {
  const place = name(data.scope, `choice ${key}`), now = data.choices[key], kept = read(place);
  const isNew = watched.get(place)?.session !== data.session;
  watched.set(place, { session: data.session });
  if (isNew && kept && kept.chosen !== now) back.choices[key] = kept.chosen;
  else write(place, { chosen: now });
  return place;
};

const clean = (scope) => {
  for (const each of names()) if (!each.startsWith(`${PREFIX}${scope} `)) store.removeItem(each);
};

// What was sent, also of a field that is not there any more, as its words have become another's.
const drop = ({ scope, session, sent }) => {
  for (const [key, times] of Object.entries(sent)) {
    const what = `${session} ${key}`;
    if (times > (done.get(what) ?? 0)) store.removeItem(name(scope, key));
    done.set(what, times);
  }
};

const take = (data, setTriggerValue) => {
  clean(data.scope);
  drop(data);
  const back = { texts: {}, choices: {} };
  const here = [
    ...Object.keys(data.fields).map((key) => field(data, key, back)),
    ...Object.keys(data.choices).map((key) => choice(data, key, back)),
  ].map((key) => [key, watched.get(key)]);
  if (Object.keys(back.texts).length || Object.keys(back.choices).length) setTriggerValue("back", back);
  return here;
};

const AGAIN = "own:connected-again"; // said by page.js

export default function ({ data: [data], setTriggerValue }) {
  const again = () => setTriggerValue("again", true); // the page is drawn anew: what was kept comes back with it
  if (data.page) window.addEventListener(AGAIN, again);
  const here = data.scope ? take(data, setTriggerValue) : []; // it cannot be told whose: nothing is taken or thrown away
  return () => { // called before each new value, too: what has had none for a while is not on the page any more
    window.removeEventListener(AGAIN, again);
    setTimeout(() => {
      for (const [key, said] of here) if (watched.get(key) === said) watched.delete(key);
    }, GONE);
  };
}
