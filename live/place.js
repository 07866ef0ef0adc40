// The reader's place: which lessons were read to their end, which solutions were opened, and where to
// go on. It stays in this browser, where the page "Your place" shows it (your-place.js).
(() => {
  "use strict";
  const PREFIX = "microgpt:", PLACE = "place";
  const MOST = { opened: 200, text: 300 };
  const PAGE = /^[a-z0-9-]+(\/[a-z0-9-]+)*$/;
  const LESSON = /^\d[a-z0-9-]*\/(?!index$)[a-z0-9-]+$/;
  const root = new URL(document.documentElement.dataset.content_root || "./", location.href);
  const pageOf = (address) => String(address).startsWith(root.href)
    ? String(address).slice(root.href.length).replace(/[?#].*$/, "").replace(/\.html$/, "").replace(/(^|\/)$/, "$1index") : "";
  const here = pageOf(location.href);

  const make = (tag, more = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), more);
    element.append(...children);
    return element;
  };
  const text = (value) => typeof value === "string" ? value.slice(0, MOST.text) : "";
  const plain = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

  // Take from what was kept, or from a file, only what has the right form.
  function sound(found) {
    const place = { last: null, lessons: {} };
    if (!plain(found)) return place;
    if (plain(found.last) && PAGE.test(found.last.page)) {
      place.last = { page: found.last.page, title: text(found.last.title), section: text(found.last.section) };
    }
    for (const [page, seen] of Object.entries(plain(found.lessons) ? found.lessons : {})) {
      if (!LESSON.test(page) || !plain(seen)) continue;
      const opened = Array.isArray(seen.opened) ? seen.opened.filter((id) => typeof id === "string").slice(0, MOST.opened).map(text) : [];
      place.lessons[page] = { read: seen.read === true, opened: [...new Set(opened)] };
    }
    return place;
  }
  const store = {
    works() { if ("forgets" in document.documentElement.dataset) return false; try { localStorage.setItem(`${PREFIX}try`, "1"); localStorage.removeItem(`${PREFIX}try`); return true; } catch { return false; } },
    read() { try { return sound(JSON.parse(localStorage.getItem(PREFIX + PLACE))); } catch { return sound(null); } },
    change(act) { const place = this.read(); act(place); try { localStorage.setItem(PREFIX + PLACE, JSON.stringify(place)); } catch { /* nothing is kept here */ } },
    all() {
      try {
        const names = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX)).sort();
        return Object.fromEntries(names.map((name) => [name.slice(PREFIX.length), localStorage.getItem(name)]));
      } catch { return {}; }
    },
    replace(kept) { // all of it or nothing
      const before = this.all();
      const put = (entries) => {
        for (const name of Object.keys(this.all())) localStorage.removeItem(PREFIX + name);
        for (const [name, value] of Object.entries(entries)) localStorage.setItem(PREFIX + name, value);
      };
      try { put(kept); return true; } catch { try { put(before); } catch { /* nothing is kept here */ } return false; }
    },
  };

  // --- what every page does: note, and show quietly ---

  const links = () => [...document.querySelectorAll(".bd-links a[href]")].filter((link) => LESSON.test(pageOf(link.href)));
  function mark() {
    const { lessons } = store.read();
    for (const link of links()) {
      link.querySelector(".place-mark")?.remove();
      if (lessons[pageOf(link.href)]?.read) {
        link.append(make("span", { className: "place-mark" }, " ✓", make("span", { className: "visually-hidden", textContent: "read" })));
      }
    }
  }
  function note() {
    const title = document.title.split(" — ")[0];
    const seen = (place) => (place.lessons[here] ??= { read: false, opened: [] });
    let finished = false;
    store.change((place) => { if (place.last?.page !== here) place.last = { page: here, title, section: "" }; });
    for (const fold of document.querySelectorAll(".bd-article details.solution[id]")) {
      fold.addEventListener("toggle", () => { if (fold.open) store.change((place) => { const { opened } = seen(place); if (!opened.includes(fold.id)) opened.push(fold.id); }); });
    }
    const end = document.querySelector(".prev-next-area");
    if (end && window.IntersectionObserver) {
      new IntersectionObserver((entries, watch) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        watch.disconnect();
        finished = true;
        const next = end.querySelector("a.right-next");
        store.change((place) => {
          seen(place).read = true;
          if (next && LESSON.test(pageOf(next.href))) place.last = { page: pageOf(next.href), title: text(next.querySelector(".prev-next-title")?.textContent.trim()), section: "" };
        });
        mark();
      }).observe(end);
    }
    window.addEventListener("pagehide", () => {
      if (finished) return;
      const above = [...document.querySelectorAll(".bd-article section[id]")].filter((part) => part.getBoundingClientRect().top < innerHeight / 2).pop();
      store.change((place) => { place.last = { page: here, title, section: text(above?.id) }; });
    });
  }
  if (LESSON.test(here)) note();
  mark();
  const hero = document.querySelector(".hero");
  const { last } = store.read();
  if (hero && last) {
    const address = new URL(`${last.page}.html`, root);
    address.hash = last.section;
    hero.append(make("p", { className: "place-on" }, "Go on where you stopped: ", make("a", { href: address.href, textContent: last.title || last.page })));
  }
  window.microgptPlace = { PLACE, make, text, plain, sound, store, links, mark, pageOf };
})();
