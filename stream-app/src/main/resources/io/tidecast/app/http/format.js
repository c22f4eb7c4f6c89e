// Numbers, times and elements for people.

const significant = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 4 });
const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat(undefined, { notation: 'compact', maximumSignificantDigits: 3 });
const share = new Intl.NumberFormat(undefined, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const minutes = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const dayAndYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });

const known = (v) => v !== null && v !== undefined && Number.isFinite(v);

export const number = (v) => {
  if (!known(v)) return '–';
  const size = Math.abs(v);
  return size !== 0 && (size >= 1e7 || size < 1e-4) ? v.toExponential(2) : significant.format(v);
};
export const count = (v) => (known(v) ? (Math.abs(v) >= 1e5 ? compact : whole).format(v) : '–');
export const percent = (v) => (known(v) ? share.format(v) : '–');

/** As short as it is clear: today's times without the date, whole minutes without seconds. */
export const time = (millis) => {
  if (!known(millis)) return '–';
  const t = new Date(millis);
  const now = new Date();
  const hours = (millis % 60000 === 0 ? minutes : clock).format(t);
  if (t.toDateString() === now.toDateString()) return hours;
  return `${(t.getFullYear() === now.getFullYear() ? day : dayAndYear).format(t)}, ${hours}`;
};

/** Labels of a time axis, seconds since the epoch: the date below the first one and wherever the day changes. */
export const timeTicks = (ticks, step) => {
  let before = '';
  return ticks.map((seconds) => {
    const t = new Date(seconds * 1000);
    if (step >= 86400) return (t.getFullYear() === new Date().getFullYear() ? day : dayAndYear).format(t);
    const date = (step < 60 ? day : dayAndYear).format(t);
    const label = (step < 60 ? clock : minutes).format(t);
    const shown = date === before ? label : `${label}\n${date}`;
    before = date;
    return shown;
  });
};

/** Labels of an axis of values: as many decimals as tell neighbours apart. */
export const valueTicks = (ticks, step) => {
  const decimals = Math.min(12, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)));
  const plain = new Intl.NumberFormat(undefined, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return ticks.map((v) => (v !== 0 && (Math.abs(v) >= 1e7 || step < 1e-6) ? v.toExponential(2) : plain.format(v)));
};

const UNITS = [['d', 86400000], ['h', 3600000], ['min', 60000], ['s', 1000], ['ms', 1]];
export const duration = (millis) => {
  const [unit, size] = UNITS.find(([, s]) => millis >= s) ?? UNITS.at(-1);
  return `${number(millis / size)} ${unit}`;
};

// Text goes in as text, never as markup: ids of series come from outside.
export const element = (name, attributes = {}, ...children) => fill(document.createElement(name), attributes, children);
export const svg = (name, attributes = {}, ...children) =>
  fill(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);

const fill = (node, attributes, children) => {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
};

const BANDS = [[0.5, 'band50'], [0.8, 'band80'], [0.9, 'band90'], [0.95, 'band95']];
const FAR = 0.08; // an observed coverage so far from the promise stands out

/** A row for each band: how often it held, against its promise. */
export const coverageRows = (observed, warmingUp) => BANDS.map(([nominal, name]) => {
  const v = observed[name];
  const track = element('span', { class: 'track' });
  const promise = element('i', { class: 'promise' });
  promise.style.left = `${100 * nominal}%`;
  if (v !== null) {
    const fill = element('i', { class: 'held' });
    fill.style.width = `${100 * v}%`;
    track.append(fill);
  }
  track.append(promise);
  const label = `${Math.round(100 * nominal)} %`;
  const far = v !== null && !warmingUp && Math.abs(v - nominal) > FAR;
  return element('div', { class: far ? 'coverage-row far' : 'coverage-row', role: 'img', 'aria-label': `${label} band held ${percent(v)}` },
    element('span', { class: 'nominal' }, label), track, element('span', { class: 'observed' }, percent(v)));
});
