// Light or dark, before anything is painted: ?dark or ?light in the address, else what was chosen last.
(function () {
  var root = document.documentElement;
  var chosen = null;
  try { chosen = localStorage.getItem("deck-look"); } catch (e) { /* no storage: light */ }
  var query = new URLSearchParams(location.search);
  if (query.has("dark")) chosen = "dark";
  if (query.has("light")) chosen = "light";
  function set(look) {
    root.dataset.look = look;
    root.dataset.theme = look; // what the book's figures and diagrams follow
    root.dataset.mode = look;
  }
  set(chosen === "dark" ? "dark" : "light");
  window.addEventListener("storage", function (event) {
    if (event.key === "deck-look" && event.newValue) set(event.newValue);
  });
  window.deckLook = function () {
    var look = root.dataset.look === "dark" ? "light" : "dark";
    set(look);
    try { localStorage.setItem("deck-look", look); } catch (e) { /* only this window, then */ }
  };
})();
