// Starts reveal.js. Keys of our own: D light or dark, M menu of decks, L the lesson, R run, W pen,
// C clean.
// ?part=week-3 shows one part of a course, ?deeper also the slides for a university room.
(function () {
  var script = document.currentScript;
  var query = new URLSearchParams(location.search);
  var part = query.get("part");
  var all = document.querySelector(".slides");
  if (part && all.querySelector('[data-part="' + CSS.escape(part) + '"]')) {
    Array.from(all.children).forEach(function (column) {
      if (column.dataset.part !== part) column.remove();
    });
  }
  if (query.has("deeper")) {
    all.querySelectorAll('.deeper[data-visibility="hidden"]').forEach(function (slide) {
      slide.removeAttribute("data-visibility");
    });
  }
  all.querySelectorAll('.slide[data-visibility="hidden"]').forEach(function (s) { s.remove(); });
  all.querySelectorAll(":scope > section:empty").forEach(function (s) { s.remove(); });
  var slides = all.querySelectorAll(".slide");
  slides.forEach(function (slide, at) { // pages count what is shown
    slide.querySelector(".page").innerHTML = "<b>" + (at + 1) + "</b> / " + slides.length;
  });

  Reveal.initialize({
    width: 1280,
    height: 720,
    margin: 0,
    minScale: 0.1,
    maxScale: 4,
    center: false,
    hash: true,
    controls: false,
    progress: true,
    slideNumber: false,
    defaultTiming: 60, // with each slide's data-timing: the pace line in the speaker's window
    transition: "none",
    backgroundTransition: "none",
    scrollActivationWidth: null,
    pdfSeparateFragments: false,
    pdfMaxPagesPerSlide: 1,
    plugins: [RevealNotes, RevealSearch, RevealZoom],
  });
  function key(letter, words, action) {
    Reveal.addKeyBinding({ keyCode: letter.charCodeAt(0), key: letter, description: words }, action);
  }
  key("D", "Light or dark", window.deckLook);
  key("M", "Menu of decks", function () { location.href = script.dataset.menu; });
  key("L", "This place in the book", function () {
    var link = Reveal.getCurrentSlide().querySelector(".foot a");
    if (link) window.open(link.href, "lesson");
  });

  // A listing is lit step by step, a session up to its next output; the rest is dimmed.
  function light() {
    var slide = Reveal.getCurrentSlide();
    if (!slide || query.get("view") === "print") return;
    slide.querySelectorAll(".code").forEach(function (code) {
      var steps = code.querySelectorAll(".light").length;
      var shown = code.querySelectorAll(".light.visible, .shown.visible").length;
      var all = shown === (steps ? 0 : code.querySelectorAll(".shown").length);
      code.querySelectorAll("[data-step]").forEach(function (piece) {
        var lit = piece.dataset.step.split(" ").indexOf(String(shown)) >= 0;
        piece.classList.toggle("dimmed", !all && !lit);
      });
    });
  }
  ["ready", "slidechanged", "fragmentshown", "fragmenthidden"].forEach(function (name) {
    Reveal.on(name, light);
  });

  // R, or the mark beside an example, runs it. What that needs is loaded now, not before.
  function run(button) {
    if (window.deckLive) return window.deckLive(button);
    var live = document.createElement("script");
    live.src = new URL("deck-live.js", script.src).href;
    live.onload = function () { window.deckLive(button); };
    document.head.appendChild(live);
  }
  all.addEventListener("click", function (event) {
    if (event.target.matches("button.run")) run(event.target);
  });
  key("R", "Run the first example of the slide", function () {
    var button = Reveal.getCurrentSlide().querySelector("button.run");
    if (button) run(button);
  });

  // A pen: W takes it up and lays it down, C wipes the slide, and so does the next slide.
  var board = document.createElement("canvas");
  var drawing = false;
  board.className = "pen";
  board.hidden = true;
  board.setAttribute("aria-hidden", "true");
  document.querySelector(".reveal").appendChild(board);
  var ink = board.getContext("2d");
  function wipe() { // a new width empties it
    board.width = innerWidth;
    board.height = innerHeight;
    ink.strokeStyle = getComputedStyle(document.documentElement).getPropertyValue("--amber");
    ink.lineWidth = Math.max(3, innerWidth / 300);
    ink.lineCap = ink.lineJoin = "round";
  }
  board.addEventListener("pointerdown", function (event) {
    drawing = true;
    ink.beginPath();
    ink.moveTo(event.clientX, event.clientY);
    event.stopPropagation();
  });
  board.addEventListener("pointermove", function (event) {
    if (!drawing) return;
    ink.lineTo(event.clientX, event.clientY);
    ink.stroke();
  });
  addEventListener("pointerup", function () { drawing = false; });
  addEventListener("resize", wipe);
  Reveal.on("slidechanged", wipe);
  key("W", "Pen", function () {
    board.hidden = !board.hidden;
    wipe();
  });
  key("C", "Wipe the pen's lines", wipe);
})();
