// The way to the service: JSON by fetch, events by a fetch that stays open (an EventSource cannot send the token).

const TOKEN = 'tidecast-token';

export class Unauthorised extends Error {}

/** Nobody answers. */
export class Lost extends Error {}

export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export const setToken = (token) => sessionStorage.setItem(TOKEN, token);

const request = async (path, options = {}) => {
  const token = sessionStorage.getItem(TOKEN);
  const headers = { ...options.headers, ...(token ? { Authorization: `Bearer ${token}` } : {}) };
  const response = await fetch(path, { ...options, headers, cache: 'no-store' }).catch((e) => { throw new Lost(e.message); });
  if (response.status === 401) throw new Unauthorised();
  if (!response.ok) {
    const body = await response.json().catch(() => ({}));
    throw new Refused(response.status, body.error ?? `the service answers ${response.status}`);
  }
  return response;
};

export const listSeries = async (search, order, offset, limit) => {
  const query = new URLSearchParams({ search, order, offset, limit });
  return (await request(`/api/series?${query}`)).json();
};

export const forecast = async (id) => (await request(`/api/series/${encodeURIComponent(id)}/forecast`)).json();

export const models = async () => (await request('/api/models')).json();

/** Calls `on` for each event until the connection ends or `signal` is aborted. */
export const listen = async (series, signal, on) => {
  const query = series === null ? '' : `?${new URLSearchParams({ series })}`;
  const response = await request(`/api/events${query}`, { signal, headers: { Accept: 'text/event-stream' } });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += value;
    const events = text.split('\n\n');
    text = events.pop();
    for (const event of events) {
      const data = event.split('\n').filter((l) => l.startsWith('data:')).map((l) => l.slice(5)).join('\n');
      if (data) on(JSON.parse(data));
    }
  }
};
