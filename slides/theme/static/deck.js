// Starts reveal.js, and two keys of our own: D for light or dark, M for the menu of decks.
(function () {
  var menu = document.currentScript.dataset.menu;
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
    plugins: [RevealNotes, RevealSearch, RevealZoom],
  });
  Reveal.addKeyBinding({ keyCode: 68, key: "D", description: "Light or dark" }, window.deckLook);
  Reveal.addKeyBinding({ keyCode: 77, key: "M", description: "Menu of decks" }, function () {
    location.href = menu;
  });
})();
