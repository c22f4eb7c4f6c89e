// Numbers, times and elements for people.

const significant = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 4 });
const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat(undefined, { notation: 'compact', maximumSignificantDigits: 3 });
const share = new Intl.NumberFormat(undefined, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

const known = (v) => v !== null && v !== undefined && Number.isFinite(v);

export const number = (v) => {
  if (!known(v)) return '–';
  const size = Math.abs(v);
  return size !== 0 && (size >= 1e7 || size < 1e-4) ? v.toExponential(2) : significant.format(v);
};
export const count = (v) => (known(v) ? (Math.abs(v) >= 1e5 ? compact : whole).format(v) : '–');
export const percent = (v) => (known(v) ? share.format(v) : '–');
export const time = (millis) => (known(millis) ? clock.format(new Date(millis)) : '–');

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
