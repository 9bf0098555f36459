// When this reader last looked at the news, kept in their browser.
import { session } from '../lib/session.svelte';

const place = () => `hansa-news-seen:${session.node.slug}:${session.account?.name ?? ''}`;

/** Milliseconds since 1970; 0: never. */
export function lastLook(): number {
  try {
    return Number(localStorage.getItem(place()) ?? '0') || 0;
  } catch {
    return 0;
  }
}
/** Everything up to that time has been seen. */
export function lookedAt(milliseconds: number): void {
  try {
    if (milliseconds > lastLook()) localStorage.setItem(place(), String(milliseconds));
  } catch {
    // Then everything is new again next time.
  }
}
