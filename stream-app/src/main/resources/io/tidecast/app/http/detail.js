// Everything about one series.

import { forecast } from './api.js';
import { FanChart } from './fan-chart.js';
import { count, coverageRows, duration, element, number, percent, svg, time, valueTicks } from './format.js';

const WIDTH = 300;
const HEIGHT = 110;
const SURPRISES = 6;

const at = (id) => document.getElementById(id);

export class Detail {
  constructor(onFault) {
    this.onFault = onFault;
    this.chart = new FanChart(at('fan'), at('readout'));
    this.id = null;
    this.busy = false;
    at('table').closest('details').addEventListener('toggle', () => this.table(this.shown));
    for (const all of [false, true]) {
      at(all ? 'span-all' : 'span-near').addEventListener('click', () => {
        this.chart.span(all);
        at('span-all').setAttribute('aria-pressed', String(all));
        at('span-near').setAttribute('aria-pressed', String(!all));
      });
    }
  }

  async open(id) {
    this.id = id;
    await this.refresh();
  }

  /** Fetches anew; a wish that comes while another is under way is granted after it, once. */
  async refresh() {
    if (this.id === null) return;
    if (this.busy) {
      this.again = true;
      return;
    }
    this.busy = true;
    const id = this.id;
    try {
      const detail = await forecast(id);
      if (id === this.id) this.show(detail);
    } catch (e) {
      if (id === this.id) this.onFault(e);
    } finally {
      this.busy = false;
      if (this.again) {
        this.again = false;
        this.refresh();
      }
    }
  }

  /** Only while somebody looks at it. */
  table(detail) {
    if (at('table').closest('details').open) table(detail);
  }

  empty(...children) {
    at('series').hidden = true;
    at('detail-empty').hidden = false;
    at('detail-empty').replaceChildren(...children);
  }

  show(detail) {
    this.shown = detail;
    at('detail-empty').hidden = true;
    at('series').hidden = false;
    at('name').textContent = detail.id;
    at('name').title = detail.id;
    at('warming').hidden = !detail.warmingUp;
    at('facts').textContent = [
      `every ${duration(detail.intervalMillis)}`, `${count(detail.observationsSeen)} observations`,
      `forecast from ${time(detail.issuedAt)}`, `model step ${count(detail.modelVersion.step)}`, `CRPS ${number(detail.crps)}`,
    ].join('  ·  ');
    this.chart.show(detail);
    this.table(detail);
    at('coverage').replaceChildren(...coverageRows(detail.coverage, detail.warmingUp));
    experts(detail);
    uncertainty(detail.leadTimes);
    surprises(detail.history);
  }
}

const table = (detail) => {
  const head = ['step', 'time', 'median', ...detail.bands.map((b) => `${Math.round(100 * b.nominal)} % band`), 'epistemic', 'aleatoric'];
  // A column of values has as many decimals as tell a hundredth of the widest band.
  const { lower, upper } = detail.bands.at(-1);
  const widest = Math.max(...upper.map((v, i) => v - lower[i]), 1e-9);
  const aligned = (values) => valueTicks(values, widest / 100);
  const median = aligned(detail.leadTimes.map((l) => l.median));
  const bands = detail.bands.map((b) => [aligned(b.lower), aligned(b.upper)]);
  at('table').replaceChildren(
    element('thead', {}, element('tr', {}, ...head.map((h) => element('th', { scope: 'col' }, h)))),
    element('tbody', {}, ...detail.leadTimes.map((l, i) => element('tr', {}, ...[
      l.leadTime, time(l.time), median[i], ...bands.map(([low, high]) => `${low[i]} to ${high[i]}`),
      number(l.epistemicStd), number(l.aleatoricStd),
    ].map((c) => element('td', {}, String(c)))))),
  );
};

/** Stacked columns [lead time][part], each part a height between 0 and 1. */
const columns = (heights, label) => {
  const box = svg('svg', { class: 'stack', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': label });
  const width = WIDTH / Math.max(1, heights.length);
  heights.forEach((parts, i) => {
    let y = HEIGHT;
    parts.forEach((part, p) => {
      const h = Math.max(0, part * HEIGHT);
      y -= h;
      box.append(svg('rect', { class: `part${p}`, x: i * width, y, width: width > 4 ? width - 1 : width, height: h }));
    });
  });
  return box;
};

const key = (entries) => element('ul', { class: 'key' },
  ...entries.map(([name, value], i) => element('li', {}, element('i', { class: `swatch part${i}` }), `${name} `, element('b', {}, value))));

const ends = (leads) => element('p', { class: 'ends', 'aria-hidden': 'true' },
  element('span', {}, 'next step'), element('span', {}, `step ${leads.length}`));

const mean = (values) => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);

const experts = (detail) => {
  const weights = detail.leadTimes.map((l) => l.expertWeights);
  const entries = detail.experts.map((name, k) => [name, percent(mean(weights.map((w) => w[k] ?? 0)))]);
  at('experts').replaceChildren(
    columns(weights, `Mean weights: ${entries.map((e) => e.join(' ')).join(', ')}`), ends(weights), key(entries));
};

const uncertainty = (leads) => {
  const total = leads.map((l) => Math.hypot(l.epistemicStd, l.aleatoricStd));
  const most = Math.max(...total) || 1;
  const shares = leads.map((l, i) => (total[i] === 0 ? 0 : (l.epistemicStd / total[i]) ** 2));
  const heights = leads.map((l, i) => [(total[i] / most) * shares[i], (total[i] / most) * (1 - shares[i])]);
  const epistemic = mean(shares);
  const entries = [['epistemic', percent(epistemic)], ['aleatoric', percent(1 - epistemic)]];
  at('uncertainty').replaceChildren(
    columns(heights, `Shares of the variance: ${entries.map((e) => e.join(' ')).join(', ')}`), ends(leads), key(entries),
    element('p', { class: 'small below' }, `Standard deviation ${number(total[0])} at the next step, ${number(total.at(-1))} at the last.`));
};

const surprises = (history) => {
  const found = [];
  for (let i = history.time.length - 1; i >= 0 && found.length < SURPRISES; i--) {
    if (history.surprise[i] > 0.99) found.push(i);
  }
  const list = found.map((i) => element('li', {},
    element('time', { datetime: new Date(history.time[i]).toISOString() }, time(history.time[i])),
    element('b', {}, number(history.truth[i])),
    element('span', {}, history.median[i] === null ? '' : `expected ${number(history.median[i])}`)));
  at('surprises').replaceChildren(found.length
    ? element('ul', { class: 'surprises' }, ...list)
    : element('p', { class: 'small' }, `None among the last ${history.time.length} times.`));
};
