// Kinds of notices, in the order in which the node lists them, and what a reader needs to see at once.
import { t } from '../lib/words.svelte';

export const noticeKinds = ['call', 'opportunity', 'cluster', 'guidance', 'recognition'] as const;
export type NoticeKind = (typeof noticeKinds)[number];

export function kindTitle(kind: string): string {
  switch (kind) {
    case 'opportunity':
      return t('Opportunities');
    case 'call':
      return t('Calls for data');
    case 'guidance':
      return t('Guidance');
    case 'recognition':
      return t('Recognition');
    case 'cluster':
      return t('Clusters');
    default:
      return kind;
  }
}

/** Notices by kind, in the order of `noticeKinds`; within a kind as the node lists them, by day. */
export function byKind<T extends { kind: string }>(notices: readonly T[]): { kind: string; notices: T[] }[] {
  const kinds = [...new Set([...noticeKinds, ...notices.map((notice) => notice.kind)])];
  return kinds
    .map((kind) => ({ kind, notices: notices.filter((notice) => notice.kind === kind) }))
    .filter((group) => group.notices.length > 0);
}
