// What the node asks of a password (node/accounts/password.h), said before it is sent.
import { t } from './words.svelte';

export const passwordCharactersMin = 12;

/** Why `chosen`, typed twice, cannot be a password; empty if it can. */
export function passwordFault(chosen: string, again: string): string {
  if (chosen.length < passwordCharactersMin) return t('a password has {0} characters or more', passwordCharactersMin);
  return chosen === again ? '' : t('the two passwords differ; type the same twice');
}
