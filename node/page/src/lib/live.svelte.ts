// What the node tells while the page is open, so that nobody has to reload. An event says that something changed, never
// what: whoever shows it asks again.

export type What = 'views' | 'status' | 'drafts' | 'news' | 'proposals';

const kinds: What[] = ['views', 'status', 'drafts', 'news', 'proposals'];

export const live = $state({
  views: 0,
  status: 0,
  drafts: 0,
  news: 0,
  proposals: 0,
  /** The stream is open; without it the page shows what it showed last, and says so. Undefined: not known yet. */
  connected: undefined as boolean | undefined,
});

/** After an answer that is no stream the browser gives up; the page does not. */
const pauseMs = 5_000;

let source: EventSource | null = null;
let pause: ReturnType<typeof setTimeout> | undefined;

/** Listens from now on; once. The browser comes back by itself and goes on where it was. */
export function listen(): void {
  if (source) return;
  clearTimeout(pause);
  source = new EventSource('/events');
  source.onopen = () => {
    live.connected = true;
  };
  source.onerror = () => {
    live.connected = false;
    if (source?.readyState !== EventSource.CLOSED) return;
    source = null;
    pause = setTimeout(listen, pauseMs);
  };
  for (const kind of kinds) source.addEventListener(kind, () => (live[kind] += 1));
  // More was missed than the node remembers.
  source.addEventListener('all', () => kinds.forEach((kind) => (live[kind] += 1)));
}
export function stopListening(): void {
  clearTimeout(pause);
  source?.close();
  source = null;
  live.connected = undefined;
}
