/* Draws the seconds of both arms as three charts that zoom together. Runs only when the reader asks for it. */
function understudyZoom(place, seen) {
  const ink = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const at = Array.from({length: seen.count}, (_, slice) => Math.round((seen.from + slice * seen.every) * 10) / 10);
  const charts = [];
  let following = false;
  const together = chart => {
    if (following) return;
    following = true;
    charts.forEach(other => other !== chart && other.setScale("x", {min: chart.scales.x.min, max: chart.scales.x.max}));
    following = false;
  };
  const moments = chart => {
    const {ctx, bbox} = chart;
    ctx.save();
    ctx.strokeStyle = ctx.fillStyle = ink("muted");
    ctx.setLineDash([4, 4]);
    ctx.textAlign = "left";
    ctx.textBaseline = "alphabetic";
    ctx.font = 11 * devicePixelRatio + "px system-ui, sans-serif";
    seen.marks.forEach(([at, name], row) => {
      const x = chart.valToPos(at, "x", true);
      if (x < bbox.left || x > bbox.left + bbox.width) return;
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      if (chart === charts[0]) ctx.fillText(name, x + 4, bbox.top + (11 + 13 * (row % 6)) * devicePixelRatio);
    });
    ctx.restore();
  };
  const line = (name, control, said) => ({
    label: name,
    stroke: ink(control ? "control" : "accent"),
    dash: control ? [6, 4] : undefined,
    width: 1.6,
    points: {size: 4},
    value: (_, value, line, slice) => slice == null ? "–" : value == null ? "no requests" : value + " " + said,
  });
  const axis = {stroke: ink("muted"), grid: {stroke: ink("hair"), width: 1}, ticks: {stroke: ink("hair"), width: 1}};
  seen.panels.forEach(panel => {
    const options = {
      title: panel.name,
      width: place.clientWidth,
      height: 230,
      cursor: {sync: {key: "seconds"}},
      scales: {x: {time: false}, y: {range: (_, least, most) => [0, most > 0 ? most * 1.05 : 1]}},
      axes: [
        {...axis, values: (_, ticks) => ticks.map(tick => tick + " s")},
        {...axis, size: 76, values: (_, ticks) => ticks.map(tick => tick + " " + panel.unit)},
      ],
      series: [
        {label: "seconds from " + seen.origin},
        ...seen.arms.map(arm => line(arm, arm === "control", panel.unit)),
      ],
      hooks: {draw: [moments], setScale: [(chart, key) => key === "x" && together(chart)]},
    };
    charts.push(new uPlot(options, [at, ...panel.values], place));
  });
  addEventListener("resize", () => charts.forEach(chart => chart.setSize({width: place.clientWidth, height: 230})));
}
