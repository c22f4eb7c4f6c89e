// Past, and bands over the future: one uPlot chart, redrawn in place.

import uPlot from './uplot.js';
import { number, percent, time, timeTicks, valueTicks } from './format.js';

const SURPRISING = 0.99;
const LABEL = 32; // half of the last time's label stands right of its tick
const TRUTH = 8;
const MEDIAN = 7;

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export class FanChart {
  constructor(root, readout) {
    this.root = root;
    this.readout = readout;
    this.all = false;
    this.detail = null;
    new ResizeObserver(() => this.resize()).observe(root);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.rebuild());
  }

  show(detail) {
    const other = this.detail === null || this.detail.id !== detail.id;
    this.detail = detail;
    if (other || !this.plot) this.rebuild();
    else this.plot.setData(this.data());
    this.root.setAttribute('aria-label', describe(detail));
    if (!this.plot.cursor.idx) this.read(null);
  }

  span(all) {
    this.all = all;
    if (this.plot) this.plot.setData(this.data());
  }

  /** [seconds, lower and upper edges wide to narrow, median, truth] */
  data() {
    const { history, leadTimes, bands } = this.detail;
    const near = Math.max(48, 3 * leadTimes.length);
    const from = this.all ? 0 : Math.max(0, history.time.length - near);
    // The newest one-step forecast is for the first lead time: the fan itself shows it.
    const ahead = new Set(leadTimes.map((l) => l.time));
    const kept = [];
    for (let i = from; i < history.time.length; i++) if (!ahead.has(history.time[i])) kept.push(i);
    const past = (column) => kept.map((i) => column[i]);
    const join = (before, after) => past(before).concat(after);
    const columns = [join(history.time, leadTimes.map((l) => l.time)).map((t) => t / 1000)];
    for (let b = bands.length - 1; b >= 0; b--) {
      columns.push(join(history.bands[b].lower, bands[b].lower), join(history.bands[b].upper, bands[b].upper));
    }
    columns.push(join(history.median, leadTimes.map((l) => l.median)));
    columns.push(past(history.truth).concat(leadTimes.map(() => null)));
    this.surprise = past(history.surprise);
    return columns;
  }

  rebuild() {
    this.plot?.destroy();
    if (!this.detail) return;
    const axis = {
      stroke: colour('--muted'), grid: { stroke: colour('--grid'), width: 1 }, ticks: { stroke: colour('--grid'), width: 1 },
      font: '12px system-ui, sans-serif',
    };
    const edge = { stroke: 'transparent', width: 0, points: { show: false } };
    const band = (series, name) => ({ series, fill: colour(name) });
    this.plot = new uPlot({
      width: this.root.clientWidth,
      height: this.root.clientHeight,
      padding: [null, LABEL, null, null],
      legend: { show: false },
      cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
      scales: { y: { range: (u) => valueRange(...shown(u.data, this.detail.issuedAt / 1000)) } },
      axes: [
        { ...axis, space: 80, values: (u, ticks, i, space, step) => timeTicks(ticks, step) },
        { ...axis, size: 64, values: (u, ticks, i, space, step) => valueTicks(ticks, step) },
      ],
      series: [
        {}, edge, edge, edge, edge, edge, edge,
        { stroke: colour('--median'), width: 2, points: { show: false } },
        { stroke: colour('--truth'), width: 1.6, points: { show: false } },
      ],
      bands: [band([2, 1], '--band95'), band([4, 3], '--band80'), band([6, 5], '--band50')],
      hooks: {
        drawClear: [(u) => this.origin(u)],
        draw: [(u) => this.marks(u)],
        setCursor: [(u) => this.read(u.cursor.idx)],
      },
    }, this.data(), this.root);
  }

  /** A line between what was and what is to come. */
  origin(u) {
    const x = u.valToPos(this.detail.issuedAt / 1000, 'x', true);
    u.ctx.save();
    u.ctx.strokeStyle = colour('--muted');
    u.ctx.setLineDash([4, 4]);
    u.ctx.beginPath();
    u.ctx.moveTo(x, u.bbox.top);
    u.ctx.lineTo(x, u.bbox.top + u.bbox.height);
    u.ctx.stroke();
    u.ctx.restore();
  }

  marks(u) {
    u.ctx.save();
    u.ctx.strokeStyle = colour('--hot');
    u.ctx.fillStyle = colour('--surface');
    u.ctx.lineWidth = 2 * devicePixelRatio;
    this.surprise.forEach((surprise, i) => {
      const truth = u.data[TRUTH][i];
      if (surprise === null || surprise <= SURPRISING || truth === null) return;
      u.ctx.beginPath();
      u.ctx.arc(u.valToPos(u.data[0][i], 'x', true), u.valToPos(truth, 'y', true), 4 * devicePixelRatio, 0, 2 * Math.PI);
      u.ctx.fill();
      u.ctx.stroke();
    });
    u.ctx.restore();
  }

  read(i) {
    const d = this.plot.data;
    const at = i ?? d[0].findIndex((t) => t * 1000 > this.detail.issuedAt);
    if (at < 0 || at >= d[0].length) return;
    const came = d[TRUTH][at];
    const parts = [
      time(d[0][at] * 1000),
      came === null || came === undefined ? null : `came ${number(came)}`,
      `median ${number(d[MEDIAN][at])}`,
      `80 % ${number(d[3][at])} to ${number(d[4][at])}`,
      `95 % ${number(d[1][at])} to ${number(d[2][at])}`,
      this.surprise[at] > SURPRISING ? `surprise ${percent(this.surprise[at])}` : null,
    ];
    this.readout.textContent = parts.filter(Boolean).join('  ·  ');
  }

  resize() {
    if (this.plot) this.plot.setSize({ width: this.root.clientWidth, height: this.root.clientHeight });
  }
}

/**
 * Least and greatest value to show: all that came and all that is to come, and the past bands but for the widest
 * twentieth, so that one of them does not flatten everything else. Columns as FanChart.data() makes them.
 */
export const shown = (columns, origin) => {
  const [times, lower, upper] = columns;
  const known = (column, wanted) => column.filter((v, i) => v !== null && v !== undefined && wanted(times[i]));
  const past = (edge) => known(edge, (t) => t <= origin).sort((a, b) => a - b);
  const ahead = (edge) => known(edge, (t) => t > origin);
  const values = [TRUTH, MEDIAN].flatMap((c) => known(columns[c], () => true)).concat(ahead(lower), ahead(upper));
  const lows = past(lower);
  const highs = past(upper);
  const spared = Math.floor(lows.length / 20);
  if (lows.length > 0) values.push(lows[spared], highs[highs.length - 1 - spared]);
  return values.length > 0 ? [Math.min(...values), Math.max(...values)] : [null, null];
};

/** A series that stands still is a flat line, not the rounding errors of its bands. */
const valueRange = (low, high) => {
  if (low === null) return [0, 1];
  const least = Math.max(2e-3 * Math.max(Math.abs(low), Math.abs(high)), 1e-9);
  const widen = Math.max(0, least - (high - low)) / 2;
  return uPlot.rangeNum(low - widen, high + widen, 0.08, false);
};

const describe = (detail) => {
  const last = detail.leadTimes.at(-1);
  const wide = detail.bands.at(-1);
  if (!last) return `${detail.id}: no forecast`;
  return `Forecast of ${detail.id}: in ${detail.leadTimes.length} steps, at ${time(last.time)}, median ${number(last.median)},`
    + ` ${percent(wide.nominal)} band from ${number(wide.lower.at(-1))} to ${number(wide.upper.at(-1))}. The table below has all lead times.`;
};
