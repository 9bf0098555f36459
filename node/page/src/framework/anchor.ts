// What an address names behind '#' is loaded later than the page: it is gone to once it is there.
import { unescaped } from '../lib/route.svelte';

export function atAnchor(): void {
  const name = unescaped(location.hash.slice(1));
  if (!name) return;
  requestAnimationFrame(() => {
    const target = document.getElementById(name);
    if (!target) return;
    // Going to it by the browser's own way marks it as :target.
    location.replace(`#${name}`);
    target.scrollIntoView();
  });
}
