// Which views stand beside each other.
import { may, session } from '../lib/session.svelte';
import { t } from '../lib/words.svelte';

export function libraryTabs() {
  return [
    { at: '/practices', title: t('Library') },
    { at: '/questions', title: t('Questions and topics') },
  ];
}
export function offerTabs() {
  return [
    { at: '/offers', title: t('Offers and requests') },
    { at: '/offers/matches', title: t('What fits ours'), shown: session.account !== null },
    { at: '/partnerships', title: t('Partnerships') },
  ];
}
export function newsTabs() {
  return [
    { at: '/news', title: t('What is new') },
    { at: '/following', title: t('Whom we follow'), shown: may('reader') },
  ];
}
export function cityTabs() {
  return [
    { at: '/cities', title: t('Members') },
    { at: '/cities/map', title: t('Map') },
    { at: '/beside', title: t('Side by side') },
  ];
}
