// Facts that records of many kinds have, in words.
import type { Contact, Link, Moment, Organization } from '../gen/hansa/v1/reference_pb';
import { t } from '../lib/words.svelte';

export interface SharedFact {
  term: string;
  words: string;
  href?: string;
  lang?: string | undefined;
}

/** An address that may be followed: http, https and mailto alone; else nothing. */
export function followable(url: string): string | undefined {
  return /^(https?:\/\/|mailto:)/i.test(url) ? url : undefined;
}
function linked(term: string, words: string, url: string): SharedFact {
  const href = followable(url);
  return href ? { term, words, href } : { term, words };
}
export function contactFacts(contact: Contact | undefined): SharedFact[] {
  if (!contact) return [];
  return [
    { term: t('Whom to turn to'), words: [contact.role, contact.office].filter(Boolean).join(', ') },
    linked(t('Web page'), contact.web, contact.web),
    linked(t('Mailbox'), contact.mailbox, contact.mailbox ? `mailto:${contact.mailbox}` : ''),
    { term: t('Telephone'), words: contact.telephone },
  ];
}
export function linkFacts(links: readonly Link[]): SharedFact[] {
  return links.map((link) => ({
    ...linked(t('More about it'), link.title || link.url, link.url),
    lang: link.language || undefined,
  }));
}
export function organizationsFact(organizations: readonly Organization[]): SharedFact {
  return { term: t('Organizations'), words: organizations.map((one) => one.name).join(', ') };
}
export function behalfFact(organization: Organization | undefined): SharedFact {
  return { term: t('On behalf of'), words: organization?.name ?? '' };
}
/** '2027-03-31 17:00 Asia/Seoul', as it was written. */
export function momentWords(moment: Moment | undefined): string {
  return moment ? [moment.date, moment.time, moment.zone].filter(Boolean).join(' ') : '';
}
/** '2027-03-01 – 2027-03-31', or what there is of it. */
export function daysWords(from: string, to: string): string {
  if (from && to && from !== to) return `${from} – ${to}`;
  return from || (to && t('until {0}', to));
}
