// A chart in the page's colours (uPlot): it follows light and dark, and the width of its place.
const { make, short, load, root } = window.microgpt.tools;

export async function chart(place, settings, height = 240) {
  const { default: UPlot } = await load("modules/uplot.js");
  const sheet = new URL("modules/uplot.css", root).href;
  if (!document.querySelector(`link[href="${sheet}"]`)) document.head.append(make("link", { rel: "stylesheet", href: sheet }));
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const axis = (label, more = {}) => ({ label, stroke: colour("--ink"), grid: { stroke: colour("--line"), width: 1 }, ticks: { stroke: colour("--line"), width: 1 }, font: "12px sans-serif", labelFont: "12px sans-serif", labelSize: 20, labelGap: 0, values: (_, places) => places.map((place) => place === null ? "" : short(place)), ...more });
  const marks = (places) => ({ splits: (_, which, low, high) => places.filter((place) => place >= low && place <= high), filter: (_, shown) => shown });
  const width = () => Math.max(240, place.clientWidth || 300);
  let plot = null, shown = null;
  const build = () => {
    plot?.destroy();
    const options = settings(colour, axis, marks);
    shown ??= options.series.map(() => []);
    plot = new UPlot({ width: width(), height, legend: { show: false }, cursor: { show: false }, ...options }, shown, place);
  };
  build();
  new ResizeObserver(() => { if (place.clientWidth) plot.setSize({ width: width(), height }); }).observe(place);
  new MutationObserver(build).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  return {
    put(columns) { shown = columns; plot.setData(columns); },
    join(tables) { this.put(UPlot.join(tables)); }, // tables with places of their own on the x axis
  };
}
