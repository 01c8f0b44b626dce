// Tagesbrief's pages, made quicker to use. Everything that is to be read is in
// the pages without this script; it adds the remembered language, keys, search,
// and links to the neighbouring dates.
//
// Text from articles goes into a page as text (textContent) and never as markup.
"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const first = (selector, from = document) => from.querySelector(selector);

  // What the reader chose, kept by the browser where it may be kept.
  const memory = {
    get(key) {
      try { return localStorage.getItem(`tagesbrief-${key}`); } catch { return null; }
    },
    set(key, value) {
      try { localStorage.setItem(`tagesbrief-${key}`, value); } catch { /* then not */ }
    },
  };

  // Before the page is drawn, so that nothing jumps.
  const VIEWS = ["en", "both", "de"];
  const show = (view) => { root.dataset.view = VIEWS.includes(view) ? view : "both"; };
  show(memory.get("view"));

  function choose(view) {
    show(view);
    memory.set("view", view);
    for (const radio of all("input[name=view]")) radio.checked = radio.value === view;
  }

  function setUpView() {
    for (const radio of all("input[name=view]")) {
      radio.checked = radio.value === root.dataset.view;
      radio.addEventListener("change", () => choose(radio.value));
    }
    // Another window may have changed it; a page may come back from the cache.
    const again = () => choose(memory.get("view") ?? root.dataset.view);
    addEventListener("storage", (event) => { if (event.key === "tagesbrief-view") again(); });
    addEventListener("pageshow", (event) => { if (event.persisted) again(); });
  }

  // A word lights its partners in the other language: the word under the pointer, or
  // the next one of the focused sentence; that is said to a screen reader, too.
  let lit = [];
  let here = null;

  function light(word) {
    for (const old of lit) old.classList.remove("lit");
    const links = word?.dataset.link.split(" ");
    lit = !word ? [] : all("[data-link]", word.closest(".pair"))
      .filter((other) => other.dataset.link.split(" ").some((link) => links.includes(link)));
    for (const partner of lit) partner.classList.add("lit");
    here = word;
  }

  function setUpWords() {
    const text = first(".text");
    if (!first("[data-link]", text ?? document)) return;
    text.addEventListener("pointerover", (event) => light(event.target.closest("[data-link]")));
    text.addEventListener("pointerleave", () => light(null));
    text.addEventListener("focusin", (event) => { if (!event.target.closest(".pair")?.contains(here)) light(null); });
  }

  function stepWord(direction) {
    const pair = document.activeElement.closest(".pair") ?? first(".pair:target");
    const side = pair && first(":is(.de, .en):has([data-link])", pair);
    if (!side) return;
    const words = all("[data-link]", side);
    const at = words.indexOf(here);
    const last = words.length - 1;
    light(words[at < 0 ? (direction > 0 ? 0 : last) : Math.min(Math.max(at + direction, 0), last)]);
    const said = (language) => lit.filter((word) => word.closest(language)).map((word) => word.textContent).join(" ");
    first("#word").textContent = `${said(".de")} – ${said(".en")}`;
  }

  // Links to the neighbouring dates: newest first in the list, so the later one stands before.
  function setUpDates() {
    const trail = first(".trail[data-date]");
    const dates = window.tagesbriefDates ?? [];
    const here = dates.findIndex(([folder]) => folder === trail?.dataset.date);
    if (here < 0) return;
    const link = (rel, date, text) => {
      if (!date) return;
      const anchor = first(`a[rel=${rel}]`, trail);
      anchor.href = `../${date[0]}/brief.html`;
      anchor.textContent = text(date[1]);
      anchor.hidden = false;
    };
    link("prev", dates[here + 1], (name) => `←\u00a0${name}`);
    link("next", dates[here - 1], (name) => `${name}\u00a0→`);
  }

  // Where the keys go: sentences, key points, dates, finds.
  const STOPS = [".pair", ".key-points > li", ".entry", ".checklist > li", "#found:not([hidden]) li", "#dates:not([hidden]) .date"];
  const focusable = "a.number, .meta a[href], a[href]";

  function stops(selector = STOPS.join()) {
    return all(selector).filter((stop) => stop.offsetParent !== null);
  }

  function put(stop) {
    const target = stop.matches("[tabindex]") ? stop : first(focusable, stop);
    target.focus({ preventScroll: true });
    stop.scrollIntoView({ block: stop.offsetHeight > innerHeight / 2 ? "start" : "nearest" });
  }

  // From the focus; without one, from what is on the screen.
  function step(list, direction) {
    const focused = list.findIndex((stop) => stop.contains(document.activeElement));
    if (focused >= 0) {
      if (list[focused + direction]) put(list[focused + direction]);
      return;
    }
    const active = document.activeElement;
    const isPast = (stop) => active && active !== document.body
      ? active.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING
      : stop.getBoundingClientRect().bottom > 0;
    const next = list.findIndex(isPast);
    const target = direction > 0 ? list[next] : list[(next < 0 ? list.length : next) - 1];
    if (target) put(target);
  }

  const follow = (rel) => () => { first(`a[rel=${rel}][href]`)?.click(); };
  const toggleSources = () => {
    const details = first("details", document.activeElement.closest(".key-points > li") ?? document.createElement("p"));
    if (details) details.open = !details.open;
  };
  const search = () => {
    const words = first("#words");
    if (words) words.focus();
    else location.href = `${first("a.name")?.getAttribute("href") ?? "index.html"}#find`;
  };

  const KEYS = {
    j: () => step(stops(), 1),
    k: () => step(stops(), -1),
    n: () => step(stops(".flagged"), 1),
    p: () => step(stops(".flagged"), -1),
    w: () => stepWord(1),
    W: () => stepWord(-1),
    o: toggleSources,
    e: () => choose("en"),
    b: () => choose("both"),
    g: () => choose("de"),
    u: follow("up"),
    ArrowLeft: follow("prev"),
    ArrowRight: follow("next"),
    "/": search,
    "?": () => help(),
  };

  function setUpKeys() {
    const dialog = first("#keys");
    const on = first("#keys-on");
    if (!dialog || !on) return;
    on.checked = memory.get("keys") !== "off";
    on.addEventListener("change", () => memory.set("keys", on.checked ? "on" : "off"));
    for (const button of all(".open-keys")) {
      button.hidden = false;
      button.addEventListener("click", help);
    }
    first(".close-keys").addEventListener("click", () => dialog.close());
    addEventListener("keydown", (event) => {
      const writing = event.target.closest?.("input:not([type=radio], [type=checkbox]), select, textarea, dialog");
      if (event.target.id === "words" && event.key === "Escape") first("#words").blur();
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || writing) return;
      if (!on.checked || !Object.hasOwn(KEYS, event.key)) return;
      // Arrow keys move within the radio buttons.
      if (event.key.startsWith("Arrow") && event.target.matches?.("[type=radio]")) return;
      event.preventDefault();
      KEYS[event.key]();
    });
  }

  const help = () => first("#keys").showModal();

  // Search: every word must be in the title or key point, whatever its case and accents.
  const MOST = 60;
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ß", "ss").toLowerCase();

  function setUpSearch() {
    const box = first("#search");
    if (!box) return;
    box.hidden = false;
    const words = first("#words");
    let entries = null;
    const look = async () => {
      entries ??= load(box.dataset.files.split(" ")).then(everything);
      const list = await entries;
      showFound(list, words.value);
    };
    words.addEventListener("input", look);
    // No element has this name: the browser would move the focus to it.
    if (location.hash === "#find") words.focus();
    if (words.value) look();
  }

  function load(files) {
    return Promise.all(files.map((file) => new Promise((done) => {
      const script = document.createElement("script");
      script.src = file;
      // They run in the order of the list, newest year first.
      script.async = false;
      script.onload = script.onerror = done;
      document.head.append(script);
    })));
  }

  // One list, newest date first, titles before key points.
  function everything() {
    return (window.tagesbriefSearch ?? []).flatMap(({ folder, date, titles, points }) => [
      ...titles.map(([en, de, href]) => entry(folder, date, href, en, de)),
      ...points.map(([text, href]) => entry(folder, date, href, text, "")),
    ]);
  }

  const entry = (folder, date, href, text, german) =>
    ({ date, href: `${folder}/${href}`, text, german, folded: fold(`${text}\n${german}`) });

  function showFound(entries, wanted) {
    const words = fold(wanted).split(/\s+/).filter(Boolean);
    const found = words.length ? entries.filter(({ folded }) => words.every((word) => folded.includes(word))) : [];
    const list = first("#found");
    list.replaceChildren(...found.slice(0, MOST).map((one) => item(one, words)));
    list.hidden = found.length === 0;
    first("#dates").hidden = words.length > 0;
    first("#search [role=status]").textContent = words.length === 0 ? ""
      : found.length === 0 ? "Nothing found."
      : found.length > MOST ? `${found.length} found; the newest ${MOST} are shown.`
      : `${found.length} found.`;
  }

  function item({ date, href, text, german }, words) {
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = href;
    link.append(...marked(text, words));
    const meta = document.createElement("span");
    meta.className = "meta";
    meta.textContent = date;
    line.append(meta, link);
    if (german && german !== text) {
      const original = document.createElement("span");
      original.className = "de";
      original.lang = "de";
      original.append(...marked(german, words));
      line.append(original);
    }
    return line;
  }

  // The text with the words marked, found in folded text and mapped back.
  function marked(text, words) {
    const units = [...text];
    const starts = [];
    let folded = "";
    units.forEach((unit, index) => {
      for (const c of fold(unit)) { starts.push(...Array(c.length).fill(index)); folded += c; }
    });
    const hit = new Set();
    for (const word of words) {
      for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
        for (let i = at; i < at + word.length; i++) hit.add(starts[i]);
      }
    }
    const nodes = [];
    for (let i = 0; i < units.length;) {
      let end = i + 1;
      while (end < units.length && hit.has(end) === hit.has(i)) end++;
      const part = units.slice(i, end).join("");
      if (hit.has(i)) {
        const mark = document.createElement("mark");
        mark.textContent = part;
        nodes.push(mark);
      } else {
        nodes.push(part);
      }
      i = end;
    }
    return nodes;
  }

  function setUp() {
    setUpView();
    setUpDates();
    setUpWords();
    setUpKeys();
    setUpSearch();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", setUp);
  else setUp();
})();
