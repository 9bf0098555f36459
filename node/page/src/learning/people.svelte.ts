// The members of the network by name. Asked for once, and again when somebody is named who is not among them.
import { untrack } from 'svelte';

import type { MemberSummary } from '../gen/hansa/v1/node_pb';
import { node } from '../lib/node';
import { language, t } from '../lib/words.svelte';
import { likenessWords } from './likeness';
import { word } from './node_words';
import { countryCode } from './places';

const state = $state<{ members: MemberSummary[]; loaded: boolean }>({ members: [], loaded: false });
const bySlug = $derived(new Map(state.members.map((member) => [member.slug, member])));
const missed = new Set<string>();
let asking: Promise<void> | null = null;

/** Asks for the members; what is known stays if that fails. */
export function loadMembers(): Promise<void> {
  asking ??= node
    .listMembers({})
    .then(
      (reply) => {
        state.members = reply.members;
        state.loaded = true;
      },
      () => undefined,
    )
    .finally(() => {
      asking = null;
    });
  return asking;
}
/** Asks for them, unless they are here; returns when they are. */
export function withMembers(): Promise<void> {
  return untrack(() => (state.loaded ? Promise.resolve() : loadMembers()));
}
/** Whoever shows a member that came after the list did. */
export function miss(slug: string): void {
  if (!slug || missed.has(slug) || !state.loaded || bySlug.has(slug)) return;
  missed.add(slug);
  void loadMembers();
}

export function members(): readonly MemberSummary[] {
  return state.members;
}
export function memberOf(slug: string): MemberSummary | undefined {
  return bySlug.get(slug);
}
/** What a member calls itself; its slug while that is not known. */
export function nameOf(slug: string): string {
  void withMembers();
  return bySlug.get(slug)?.name || slug;
}

function regionName(code: string): string {
  return new Intl.DisplayNames([language()], { type: 'region', fallback: 'code' }).of(code) ?? code;
}
/** The country of a member in the reader's language; empty: it belongs to none. */
export function countryOf(slug: string): string {
  const code = countryCode(slug);
  return code ? regionName(code) : '';
}
/** A country by its three letters, in the reader's language. */
export function countryName(letters: string): string {
  if (letters === 'INT') return t('No country');
  const inhabitant = state.members.find((member) => member.country === letters && countryCode(member.slug) !== null);
  return inhabitant ? countryOf(inhabitant.slug) : letters;
}
/** In what a city is like another, in a line. */
export function likenessOf(slug: string, reasons: readonly string[]): string {
  return likenessWords(reasons, bySlug.get(slug), { country: countryName, region: word });
}
/** A language by its tag, in the reader's language: 'ko' is Korean. */
export function languageName(tag: string): string {
  if (!tag) return '';
  try {
    return new Intl.DisplayNames([language()], { type: 'language', fallback: 'code' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
