// The models of labelled samples: how good they are, how far their probabilities can be believed, what they said last.

import { models } from './api.js';
import { coverageRows, count, element, number, percent, svg, time } from './format.js';

const SIDE = 130;
const EVERY = 2000;

export class Labelled {
  constructor(onFault) {
    this.root = document.getElementById('labelled');
    this.onFault = onFault;
    this.askedAt = -Infinity;
    this.revision = -1;
  }

  /** Fetches anew where something has changed, not too often. */
  async refresh(state) {
    const now = performance.now();
    const known = this.revision >= 0;
    if (now - this.askedAt < EVERY || (known && (state.predictions === 0 || state.revision === this.revision))) return;
    this.askedAt = now;
    this.revision = state.revision;
    try {
      const { labelled } = await models();
      this.root.replaceChildren(...labelled.map(card));
    } catch (e) {
      this.onFault(e);
    }
  }
}

const card = (m) => element('section', { class: 'card labelled', 'aria-label': `Model ${m.model}` },
  element('div', { class: 'card-head' }, element('h2', {}, m.model), element('p', { class: 'small' }, m.predictions === 1 ? '1 prediction' : `${count(m.predictions)} predictions`)),
  m.predictions === 0
    ? element('p', { class: 'small' }, 'No predictions yet: send LabeledSample records to this model’s topic.')
    : element('div', { class: 'labelled-parts' }, worth(m.worth), ...reliability(m), weights(m.expertWeights), recent(m)));

const figure = (name, value, title) => element('div', {}, element('dt', { title }, name), element('dd', {}, value));

const worth = (w) => {
  if (w === null) return element('p', { class: 'small' }, 'No label has come yet, so nothing is known of its worth.');
  const figures = w.accuracy === null
    ? [figure('RMSE', number(w.rmse), 'Root mean squared error'), figure('CRPS', number(w.crps), 'Continuous ranked probability score')]
    : [figure('Accuracy', percent(w.accuracy), 'Share of labels that were the likeliest class'),
      figure('Log loss', number(w.logLoss), 'Minus the log of the probability of the label, nats; lower is better'),
      figure('Brier', number(w.brier), 'Squared distance of the probabilities from the truth, 0 to 2'),
      figure('Calibration error', percent(w.calibrationError), 'How far the probabilities are from how often they come true'),
      figure('Label in set', percent(w.setCoverage), 'Share of labels inside the predicted set of classes')];
  return element('dl', { class: 'worth' }, figure('Labels', count(w.samples), 'Samples whose label has come'), ...figures);
};

const reliability = (m) => {
  if (m.worth !== null && m.worth.coverage !== null) {
    return [element('div', {}, element('h3', {}, 'Coverage'), ...coverageRows(m.worth.coverage, false))];
  }
  return m.calibration.length === 0 ? [] : [element('div', {}, element('h3', {}, 'Calibration'), curve(m.calibration),
    element('p', { class: 'small' }, 'Right as often as promised: on the line.'))];
};

const curve = (bins) => {
  const label = bins.map((b) => `promised ${percent(b.confidence)} right ${percent(b.right)}`).join(', ');
  const box = svg('svg', { class: 'curve', viewBox: `-4 -4 ${SIDE + 8} ${SIDE + 8}`, role: 'img', 'aria-label': `Calibration: ${label}` },
    svg('rect', { x: 0, y: 0, width: SIDE, height: SIDE }), svg('line', { x1: 0, y1: SIDE, x2: SIDE, y2: 0 }));
  const most = Math.max(...bins.map((b) => b.samples));
  const at = (b) => [SIDE * b.confidence, SIDE * (1 - b.right)];
  box.append(svg('polyline', { points: bins.map((b) => at(b).map((v) => v.toFixed(1)).join(',')).join(' ') }));
  for (const b of bins) {
    const [cx, cy] = at(b);
    const dot = svg('circle', { cx, cy, r: 2 + 4 * Math.sqrt(b.samples / most) });
    dot.append(svg('title', {}, `promised ${percent(b.confidence)}, right ${percent(b.right)}, ${count(b.samples)} samples`));
    box.append(dot);
  }
  return box;
};

const weights = (w) => element('div', {}, element('h3', {}, 'Trusted'), element('ul', { class: 'trusted' },
  ...Object.entries(w).sort((a, b) => b[1] - a[1]).map(([name, v]) => element('li', {}, `${name} `, element('b', {}, percent(v))))));

const className = (m, k) => m.classNames[k] ?? `class ${k}`;

const said = (m, s) => {
  if (s.probabilities.length === 0) return [number(s.mean), `${number(s.lower)} to ${number(s.upper)}`];
  const top = s.probabilities.indexOf(Math.max(...s.probabilities));
  const bar = element('span', { class: 'probabilities', role: 'img',
    'aria-label': s.probabilities.map((p, k) => `${className(m, k)} ${percent(p)}`).join(', ') });
  s.probabilities.forEach((p, k) => {
    const part = element('i', { class: `class${k % 6}`, title: `${className(m, k)} ${percent(p)}` });
    part.style.width = `${100 * p}%`;
    bar.append(part);
  });
  return [element('span', {}, `${className(m, top)} ${percent(s.probabilities[top])}`), bar];
};

const came = (m, s) => {
  if (s.label === null) return '…';
  return s.probabilities.length === 0 ? number(s.label) : className(m, s.label);
};

const recent = (m) => {
  const classes = m.recent.some((s) => s.probabilities.length > 0);
  const head = ['time', 'sample', 'predicted', classes ? 'probabilities' : '90 % band', 'came', 'unlike before'];
  const rows = m.recent.map((s) => element('tr', { class: missed(s) ? 'missed' : '' },
    ...[time(s.time), s.sampleId, ...said(m, s), came(m, s), percent(s.outOfDistribution)].map((c) => element('td', {}, c))));
  return element('div', { class: 'scroll recent', tabindex: 0 }, element('table', {},
    element('thead', {}, element('tr', {}, ...head.map((h) => element('th', { scope: 'col' }, h)))), element('tbody', {}, ...rows)));
};

const missed = (s) => s.label !== null && (s.probabilities.length > 0
  ? s.probabilities.indexOf(Math.max(...s.probabilities)) !== s.label
  : s.label < s.lower || s.label > s.upper);
