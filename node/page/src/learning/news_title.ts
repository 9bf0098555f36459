// What a piece of news is called. A record that has no title of its own is told by a phrase of the node's, such as
// 'answered Who teaches?': the phrase is in the reader's language, and what a city wrote stays as it wrote it.
import { t } from '../lib/words.svelte';

const told = new Set([
  'answer',
  'comment',
  'reply',
  'acceptance',
  'leaving',
  'conclusion',
  'decline',
  'taken part',
  'joins cluster',
]);
const phrases: [begins: string, say: (title: string) => string][] = [
  ['answered ', (title) => t('answered {0}', title)],
  ['commented on ', (title) => t('commented on {0}', title)],
  ['marked as answered: ', (title) => t('marked as answered: {0}', title)],
  ['marked as outdated: ', (title) => t('marked as outdated: {0}', title)],
  ['marked as disputed: ', (title) => t('marked as disputed: {0}', title)],
  ['marked as off-topic: ', (title) => t('marked as off-topic: {0}', title)],
  ['marked as a duplicate: ', (title) => t('marked as a duplicate: {0}', title)],
  ['marked as against the rules: ', (title) => t('marked as against the rules: {0}', title)],
  ['no longer marked: ', (title) => t('no longer marked: {0}', title)],
  ['reply to ', (title) => t('reply to {0}', title)],
  ['accepted ', (title) => t('accepted {0}', title)],
  ['left ', (title) => t('left {0}', title)],
  ['concluded ', (title) => t('concluded {0}', title)],
  ['declined ', (title) => t('declined {0}', title)],
  ['took part in ', (title) => t('took part in {0}', title)],
  ['joined ', (title) => t('joined {0}', title)],
];

export function newsTitle(item: { kind: string; title: string }): string {
  if (item.kind === 'place') return item.title && t('how many people live in the city');
  if (!told.has(item.kind)) return item.title;
  const phrase = phrases.find(([begins]) => item.title.startsWith(begins));
  return phrase ? phrase[1](item.title.slice(phrase[0].length)) : item.title;
}
