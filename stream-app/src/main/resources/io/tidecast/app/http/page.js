// The page: which series is shown, what the service says, and what to do when something is missing.

import { Lost, Refused, Unauthorised, listen, models, setToken } from './api.js';
import { Detail } from './detail.js';
import { count, element, number, percent } from './format.js';
import { Labelled } from './labelled.js';
import { SeriesList } from './series-list.js';

const LIST_EVERY = 2000;
const RETRY_MOST = 15000;
const NARROW = matchMedia('(max-width: 760px)');

const at = (id) => document.getElementById(id);
const wanted = () => (location.hash.startsWith('#/series/') ? decodeURIComponent(location.hash.slice(9)) : null);

let state = null;
let listedAt = 0;
let connection = null;

const fault = (e) => {
  if (e instanceof Unauthorised) {
    askForToken();
  } else if (e instanceof Refused && e.status === 404) {
    detail.empty(element('h2', {}, 'Nothing to show yet'), element('p', {}, sentence(e.message)),
      element('p', {}, 'A series is forecast from its third observation on. Until then, choose another from the list.'));
  } else if (e instanceof Refused) {
    notice('error', [e.message]);
  } else if (!(e instanceof Lost)) {
    throw e;
  } // A lost connection is reported by the event stream.
};

const list = new SeriesList((id) => { location.hash = `#/series/${encodeURIComponent(id)}`; }, fault);
const detail = new Detail(fault);
const labelled = new Labelled(fault);

const notice = (kind, sentences) => {
  const box = at('notice');
  box.hidden = sentences.length === 0;
  box.dataset.kind = kind;
  const text = sentences.join('\n');
  if (box.dataset.text !== text) {
    box.dataset.text = text;
    box.replaceChildren(...sentences.map((s) => element('p', {}, s)));
  }
};

const NAMES = { STARTING: 'Starting', RESTORING: 'Restoring', RUNNING: 'Running', DEGRADED: 'Degraded', FAILED: 'Failed' };

const tell = (s) => {
  state = s;
  const pill = at('health');
  pill.dataset.state = s.state;
  const restoring = s.state === 'RESTORING' && s.restore.of > 0 ? ` ${percent(s.restore.records / s.restore.of)}` : '';
  const text = (NAMES[s.state] ?? s.state) + restoring;
  if (pill.textContent !== text) pill.textContent = text;
  at('figure-observations').textContent = count(s.observations);
  at('figure-rate').textContent = count(Math.round(s.observationsPerSecond * 10) / 10);
  at('figure-steps').textContent = count(Math.round(s.stepsPerSecond * 10) / 10);
  at('figure-steps').title = `${number(s.steps)} learning steps so far`;
  at('figure-memory').textContent = s.memoryInForce === null ? '–' : `${count(Math.round(s.memoryInForce))} rows`;
  at('figure-coverage').textContent = percent(s.coverage.band90);
  at('figure-lag').textContent = count(s.lag);
  at('figure-refused').textContent = count(Object.values(s.refused).reduce((a, b) => a + b, 0));
  at('figure-refused').title = Object.entries(s.refused).map((r) => r.join(': ')).join('\n');
  at('figure-device').textContent = s.device.split(',')[0].replace(/^device /, '').toUpperCase() || '–';
  at('figure-device').title = s.device;
  notice(s.state === 'FAILED' ? 'error' : s.state === 'DEGRADED' ? 'warning' : 'info', s.reasons.map(sentence));
  if (wanted() === null) nothingChosen();
};

const sentence = (s) => s.charAt(0).toUpperCase() + s.slice(1) + (s.endsWith('.') ? '' : '.');

const nothingChosen = () => {
  if (state === null || state.series > 0) {
    detail.empty(element('h2', {}, state === null ? 'Connecting…' : 'Choose a series'),
      element('p', {}, 'Its forecast, its bands and how far to trust them appear here.'));
  } else if (state.predictions > 0) {
    detail.empty(element('p', {}, 'No series yet. Below are the models of labelled samples.'));
  } else if (state.state === 'RUNNING' || state.state === 'DEGRADED') {
    detail.empty(element('h2', {}, 'No series yet'),
      element('p', {}, 'The service is ready and waits for observations. Send some to the topic ', element('code', {}, 'observations'), ', for instance:'),
      element('pre', {}, 'tidecast produce --csv data.csv --columns A,B'));
  } else if (state.state === 'FAILED') {
    detail.empty(element('h2', {}, 'The service has stopped'),
      element('p', {}, 'The reason stands above. Put it right and start the service again; what it has learned is kept in Kafka.'));
  } else {
    detail.empty(element('h2', {}, 'Not ready yet'), element('p', {}, 'Series appear here as soon as the service has its models.'));
  }
};

const changed = (event) => {
  const before = state;
  tell(event.state);
  const now = performance.now();
  const fresh = before === null || (before.series === 0) !== (event.state.series === 0);
  if (!document.hidden && (fresh || (now - listedAt > LIST_EVERY && before.revision !== event.state.revision))) {
    listedAt = now;
    showModels();
    list.refresh().then(() => {
      if (wanted() === null && !NARROW.matches && list.first() !== null) history.replaceState(null, '', `#/series/${encodeURIComponent(list.first())}`), route();
    });
  }
  if (!document.hidden && event.changed.length > 0) detail.refresh();
  if (!document.hidden) labelled.refresh(event.state);
};

/** Listens, and again after a pause that grows while nobody answers. */
const connect = async () => {
  connection?.abort();
  const mine = new AbortController();
  connection = mine;
  let pause = 500;
  while (!mine.signal.aborted) {
    try {
      await listen(wanted(), mine.signal, (event) => {
        pause = 500;
        changed(event);
      });
    } catch (e) {
      if (mine.signal.aborted) return;
      if (e instanceof Unauthorised) {
        askForToken();
        return;
      }
      if (e instanceof Refused) notice('error', [sentence(e.message)]);
    }
    if (mine.signal.aborted) return;
    at('health').dataset.state = 'LOST';
    at('health').textContent = 'No connection';
    notice('error', ['The service does not answer. Is it still running? This page goes on by itself when it is back.']);
    await new Promise((r) => { setTimeout(r, pause); });
    pause = Math.min(RETRY_MOST, 2 * pause);
  }
};

const route = () => {
  const id = wanted();
  document.body.dataset.view = id === null ? 'list' : 'series';
  document.title = id === null ? 'Tidecast' : `${id} · Tidecast`;
  list.select(id);
  scrollTo(0, 0);
  if (id === null) {
    detail.id = null;
    nothingChosen();
  } else {
    detail.open(id);
  }
  connect();
};

const askForToken = () => {
  const dialog = at('token-dialog');
  at('token-wrong').hidden = sessionStorage.getItem('tidecast-token') === null;
  if (!dialog.open) dialog.showModal();
};

at('token-form').addEventListener('submit', () => {
  setToken(at('token').value);
  at('token').value = '';
  list.restart();
  route();
});

const cells = (m) => {
  const p = m.learner?.posterior;
  return [
    m.partition, number(m.step), p ? number(p.parameters) : 'elsewhere', p ? `${count(p.memoryInForce)} of ${count(p.nEff)} rows` : '–',
    p ? number(p.sd50) : '–', m.learner ? `${count(m.learner.journalBytes / 1024)} KiB` : '–', m.experts.join(', '),
  ];
};

const showModels = async () => {
  if (!at('models').open) return;
  try {
    const known = await models();
    const head = ['partition', 'steps', 'weights', 'remembers', 'typical deviation of a weight', 'to learn again', 'experts'];
    at('models-body').replaceChildren(
      element('p', { class: 'small' }, known.device || 'The engine is not open yet.'),
      element('table', {},
        element('thead', {}, element('tr', {}, ...head.map((h) => element('th', { scope: 'col' }, h)))),
        element('tbody', {}, ...known.models.map((m) => element('tr', {},
          ...cells(m).map((c) => element('td', {}, String(c))))))));
  } catch (e) {
    fault(e);
  }
};
at('models').addEventListener('toggle', showModels);

document.addEventListener('keydown', (e) => {
  if (e.key === '/' && !(e.target instanceof HTMLInputElement)) {
    e.preventDefault();
    at('search').focus();
  }
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) {
    list.refresh();
    detail.refresh();
  }
});
addEventListener('hashchange', route);
route();
