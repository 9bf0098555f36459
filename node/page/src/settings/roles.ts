// What an account may do, in words.
import { t } from '../lib/words.svelte';
import type { Role } from '../lib/session.svelte';

export const roles: Role[] = ['reader', 'editor', 'publisher', 'administrator'];

export function roleName(role: string): string {
  switch (role) {
    case 'reader':
      return t('Reader');
    case 'editor':
      return t('Editor');
    case 'publisher':
      return t('Publisher');
    case 'administrator':
      return t('Administrator');
    default:
      return role;
  }
}

export function roleMeans(role: Role): string {
  switch (role) {
    case 'reader':
      return t('sees everything that this node has');
    case 'editor':
      return t('prepares figures');
    case 'publisher':
      return t('signs and publishes for the city as well');
    case 'administrator':
      return t('cares for the node and its accounts as well');
  }
}
