// Draws every [data-chart] with ECharts, which is fetched only when a page has one. The look follows the page's own colours.

const read = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const still = matchMedia("(prefers-reduced-motion: reduce)");
const drawn = new Map();

function library(source) {
  library.ready ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    Object.assign(script, { src: source, onload: resolve, onerror: reject });
    document.head.append(script);
  });
  return library.ready;
}

function themed(spec) {
  const ink = read("--ink-2"), line = read("--line"), font = read("--font");
  const axis = (one, extra) => one && {
    axisLine: { lineStyle: { color: line } }, axisTick: { show: false },
    axisLabel: { color: ink, fontFamily: font }, splitLine: { lineStyle: { color: line } }, ...extra, ...one,
  };
  return {
    color: [read("--accent"), read("--series-2"), read("--series-3"), read("--series-4")],
    animation: !still.matches,
    textStyle: { fontFamily: font, color: ink },
    grid: { left: 8, right: 12, top: spec.series?.length > 1 ? 34 : 14, bottom: 4, containLabel: true },
    legend: spec.series?.length > 1 ? { top: 0, left: 0, icon: "roundRect", itemWidth: 10, itemHeight: 10, textStyle: { color: ink } } : undefined,
    // Rich text, since the tooltip's HTML would carry inline styles, which the content policy refuses.
    tooltip: { trigger: "axis", renderMode: "richText", backgroundColor: read("--surface"), borderColor: line, textStyle: { color: read("--ink"), fontSize: 13 } },
    ...spec,
    xAxis: axis(spec.xAxis, { splitLine: { show: false } }),
    yAxis: axis(spec.yAxis, { axisLine: { show: false } }),
    series: (spec.series || []).map((one) => ({
      ...(one.type === "bar" ? { barMaxWidth: 28, itemStyle: { borderRadius: [3, 3, 0, 0] } } : {}),
      ...(one.type === "line" ? { symbolSize: 6, lineStyle: { width: 2.25 } } : {}),
      ...(one.tone ? { color: read(`--${one.tone}`) } : {}),
      ...one,
    })),
  };
}

async function draw(figure) {
  await library(figure.dataset.library);
  const canvas = figure.querySelector(".chart-canvas");
  const spec = JSON.parse(document.getElementById(figure.dataset.chart).textContent);
  drawn.get(figure)?.dispose();
  const chart = window.echarts.init(canvas, null, { renderer: "canvas" });
  chart.setOption(themed(spec));
  drawn.set(figure, chart);
  new ResizeObserver(() => chart.isDisposed() || chart.resize()).observe(canvas);
}

const drawAll = (root) => root.querySelectorAll?.("[data-chart]").forEach(draw);
drawAll(document);
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) drawAll(event.target.parentElement ?? document);
});
document.addEventListener("theme", () => drawAll(document));
