// Where the reader is: every view has an address that can be kept, sent and opened.

export const route = $state({
  path: location.pathname,
  query: new URLSearchParams(location.search),
});

function arrive(): void {
  route.path = location.pathname;
  route.query = new URLSearchParams(location.search);
}

/** Shows what is at the address, such as '/practices?feature=1.1.1' or '/framework/1.1.1#adult-literacy-rate'. */
export function go(address: string, replace = false): void {
  if (address !== location.pathname + location.search + location.hash) {
    history[replace ? 'replaceState' : 'pushState'](null, '', address);
  }
  const was = route.path;
  arrive();
  if (was !== route.path) window.scrollTo(0, 0);
}

/** A part of a path as it was before it was written there; as it stands where it was not written so. */
export function unescaped(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The parts of the path that the pattern names, such as '/practices/:id'; null: it is another address. */
export function matched(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const given = path.replace(/\/$/, '').split('/');
  if (wanted.length !== given.length) return null;
  const parts: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith(':')) parts[part.slice(1)] = unescaped(value);
    else if (part !== value) return null;
  }
  return parts;
}

/** An address with a question, without what is empty. */
export function address(path: string, query: Record<string, string | undefined>): string {
  const asked = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value) asked.set(key, value);
  const text = asked.toString();
  return text ? `${path}?${text}` : path;
}

window.addEventListener('popstate', arrive);
// Links are plain links; those of this page are followed without loading it again.
document.addEventListener('click', (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const link = (event.target as Element | null)?.closest('a');
  if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
  if (link.getAttribute('href')?.startsWith('#') || /^\/(data|feeds|openapi\.json)/.test(link.pathname)) return;
  // A place on the page that is shown: the browser goes there by itself.
  if (link.hash && link.pathname + link.search === location.pathname + location.search) return;
  event.preventDefault();
  go(link.pathname + link.search + link.hash);
});
