// The list of series. Only the rows in sight are fetched and drawn, so that thousands stay fluid.

import { listSeries } from './api.js';
import { element, number, percent, svg } from './format.js';

const ROW = 56; // pixels; page.css says the same
const PAGE = 60;
const SPARK_WIDTH = 96;
const SPARK_HEIGHT = 28;

export class SeriesList {
  constructor(onSelect, onFault) {
    this.root = document.getElementById('list');
    this.search = document.getElementById('search');
    this.order = document.getElementById('order');
    this.onSelect = onSelect;
    this.onFault = onFault;
    this.rows = new Map();
    this.drawn = new Map();
    this.matched = 0;
    this.total = 0;
    this.active = -1;
    this.selected = null;
    this.asked = 0;
    this.canvas = element('div', { class: 'canvas', role: 'presentation' });
    this.root.append(this.canvas);
    this.root.addEventListener('scroll', () => this.sight());
    this.root.addEventListener('keydown', (e) => this.key(e));
    this.root.addEventListener('click', (e) => {
      const row = e.target.closest('[role=option]');
      if (row) this.choose(Number(row.dataset.index));
    });
    this.search.addEventListener('input', () => this.restart());
    this.search.addEventListener('keydown', (e) => {
      if (e.key === 'ArrowDown') {
        e.preventDefault();
        this.root.focus();
        this.choose(Math.max(0, this.active));
      }
    });
    this.order.addEventListener('change', () => this.restart());
    new ResizeObserver(() => this.sight()).observe(this.root);
  }

  restart() {
    this.rows.clear();
    this.active = -1;
    this.root.scrollTop = 0;
    return this.refresh();
  }

  /** Fetches the rows in sight anew. */
  async refresh() {
    const question = ++this.asked;
    const first = Math.max(0, Math.floor(this.root.scrollTop / ROW) - 10);
    try {
      const answer = await listSeries(this.search.value.trim(), this.order.value, first, PAGE);
      if (question !== this.asked) return;
      this.matched = answer.matched;
      this.total = answer.total;
      if (this.rows.size > 20 * PAGE) this.rows.clear();
      answer.series.forEach((row, i) => this.rows.set(answer.offset + i, row));
      this.draw();
    } catch (e) {
      this.onFault(e);
    }
  }

  sight() {
    this.draw();
    const [first, last] = this.range();
    for (let i = first; i < last; i++) {
      if (!this.rows.has(i)) {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.refresh(), 60);
        return;
      }
    }
  }

  range() {
    const first = Math.max(0, Math.floor(this.root.scrollTop / ROW) - 3);
    const last = Math.min(this.matched, Math.ceil((this.root.scrollTop + this.root.clientHeight) / ROW) + 3);
    return [first, last];
  }

  draw() {
    const [first, last] = this.range();
    this.canvas.style.height = `${this.matched * ROW}px`;
    const shown = new Map();
    for (let i = first; i < last; i++) shown.set(i, this.shown(i));
    this.drawn = shown;
    place(this.canvas, [...shown.values()].map((s) => s.node));
    const active = this.active >= first && this.active < last ? `series-${this.active}` : '';
    if (active) this.root.setAttribute('aria-activedescendant', active);
    else this.root.removeAttribute('aria-activedescendant');
    this.tell();
  }

  /** The row as it is drawn already, where nothing of it has changed: a scrolled list makes new rows alone. */
  shown(i) {
    const row = this.rows.get(i);
    const mark = `${i === this.active} ${row !== undefined && row.id === this.selected} ${this.matched}`;
    const known = this.drawn.get(i);
    return known && known.row === row && known.mark === mark ? known : { row, mark, node: this.option(i, row) };
  }

  tell() {
    const searched = this.search.value.trim() !== '';
    const text = searched ? `${number(this.matched)} of ${number(this.total)} series` : `${number(this.total)} series`;
    const count = document.getElementById('count');
    if (count.textContent !== text) count.textContent = text;
    const empty = document.getElementById('list-empty');
    this.root.hidden = this.matched === 0;
    empty.hidden = !(searched && this.matched === 0 && this.total > 0);
    if (!empty.hidden) {
      const clear = element('button', { type: 'button' }, 'Clear the search');
      clear.addEventListener('click', () => {
        this.search.value = '';
        this.search.focus();
        this.restart();
      });
      empty.replaceChildren(element('p', {}, `No series has “${this.search.value.trim()}” in its name.`), clear);
    }
  }

  option(i, row) {
    const option = element('div', {
      id: `series-${i}`, class: 'row', role: 'option', 'data-index': i, 'aria-posinset': i + 1, 'aria-setsize': this.matched,
      'aria-selected': String(row !== undefined && row.id === this.selected),
    });
    option.style.transform = `translateY(${i * ROW}px)`;
    if (i === this.active) option.classList.add('active');
    if (!row) return option;
    const surprising = row.surprise > 0.99;
    const below = row.warmingUp ? 'warming up' : surprising ? 'surprise' : `90 % held ${percent(row.coverage90)}`;
    option.append(
      element('span', { class: 'row-name', title: row.id }, row.id),
      element('span', { class: `row-note${surprising && !row.warmingUp ? ' hot' : ''}` }, below),
      sparkline(row.recent),
      element('span', { class: 'row-value' }, number(row.lastTruth)),
    );
    return option;
  }

  key(e) {
    const page = Math.max(1, Math.floor(this.root.clientHeight / ROW) - 1);
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity }[e.key];
    if (step === undefined || this.matched === 0) return;
    e.preventDefault();
    this.choose(Math.min(this.matched - 1, Math.max(0, this.active + step)));
  }

  async choose(i) {
    this.active = i;
    const top = i * ROW;
    if (top < this.root.scrollTop) this.root.scrollTop = top;
    if (top + ROW > this.root.scrollTop + this.root.clientHeight) this.root.scrollTop = top + ROW - this.root.clientHeight;
    if (!this.rows.has(i)) await this.refresh();
    const row = this.rows.get(i);
    if (row && this.active === i) {
      this.select(row.id);
      this.onSelect(row.id);
    }
  }

  select(id) {
    this.selected = id;
    for (const [i, row] of this.rows) if (row.id === id) this.active = i;
    this.draw();
  }

  first() {
    return this.rows.get(0)?.id ?? null;
  }
}

/** Makes nodes the children of a box, in order; those that are there stay. */
const place = (box, nodes) => {
  const wanted = new Set(nodes);
  for (const child of [...box.children]) if (!wanted.has(child)) child.remove();
  let at = box.firstChild;
  for (const node of nodes) {
    if (node === at) at = at.nextSibling;
    else box.insertBefore(node, at);
  }
};

const sparkline = (values) => {
  const box = svg('svg', { class: 'spark', viewBox: `0 0 ${SPARK_WIDTH} ${SPARK_HEIGHT}`, 'aria-hidden': 'true', preserveAspectRatio: 'none' });
  if (values.length > 1) {
    const low = Math.min(...values);
    const span = Math.max(...values) - low || 1;
    const points = values.map((v, i) => {
      const x = (i * SPARK_WIDTH) / (values.length - 1);
      return `${x.toFixed(1)},${(SPARK_HEIGHT - 3 - ((v - low) / span) * (SPARK_HEIGHT - 6)).toFixed(1)}`;
    });
    box.append(svg('polyline', { points: points.join(' '), fill: 'none', 'vector-effect': 'non-scaling-stroke' }));
  }
  return box;
};
