// An offer or a request as a form holds it, and as the node takes it.
import { OfferDirection, OfferKind, OfferStanding as OfferStandingKind, PartnerCount, type Offer } from '../gen/hansa/v1/offers_pb';
import {
  contactOf,
  emptyContact,
  filled,
  hex,
  linksOf,
  listOf,
  organizationsOf,
  plainWords,
  trimmedContact,
  trimmedLinks,
  type ContactDraft,
  type LinkDraft,
} from './practice_file';
import { momentWords } from './shared_facts';

export interface OfferDraft {
  direction: 'offer' | 'request';
  kind: string;
  kindWords: string;
  title: string;
  language: string;
  summary: string;
  text: string;
  features: string[];
  actions: string[];
  tags: string;
  aim: string;
  forWhom: string;
  howToApply: string;
  workingLanguages: string[];
  partners: '' | 'one' | 'several';
  places: string;
  validUntil: string;
  startsOn: string;
  endsOn: string;
  place: string;
  terms: string;
  contact: ContactDraft;
  links: LinkDraft[];
  /** What the form does not show, and a revision keeps. */
  kept: Record<string, unknown>;
  /** Why it is revised. */
  reason: string;
}

export const offerKinds = [
  'exchange',
  'study visit',
  'project',
  'expertise',
  'funding',
  'course',
  'event',
  'network',
  'research',
  'materials',
  'staff exchange',
  'other',
];

export function emptyOffer(language: string): OfferDraft {
  return {
    direction: 'offer',
    kind: '',
    kindWords: '',
    title: '',
    language,
    summary: '',
    text: '',
    features: [],
    actions: [],
    tags: '',
    aim: '',
    forWhom: '',
    howToApply: '',
    workingLanguages: [language],
    partners: '',
    places: '',
    validUntil: '',
    startsOn: '',
    endsOn: '',
    place: '',
    terms: '',
    contact: emptyContact(),
    links: [],
    kept: {},
    reason: '',
  };
}

/** What stands in a published offer, to be revised. */
export function offerDraftOf(content: Offer): OfferDraft {
  const partners = content.partners === PartnerCount.ONE ? 'one' : content.partners === PartnerCount.SEVERAL ? 'several' : '';
  return {
    direction: content.direction === OfferDirection.REQUEST ? 'request' : 'offer',
    kind: content.kind ? plainWords(OfferKind[content.kind]) : '',
    kindWords: content.kindWords,
    title: content.title,
    language: content.language,
    summary: content.summary,
    text: content.text,
    features: [...(content.subjects?.features ?? [])],
    actions: [...(content.subjects?.actionPoints ?? [])],
    tags: (content.subjects?.tags ?? []).join(', '),
    aim: content.aim,
    forWhom: content.forWhom,
    howToApply: content.howToApply,
    workingLanguages: [...content.workingLanguages],
    partners,
    places: content.places ? String(content.places) : '',
    validUntil: content.validUntil,
    startsOn: content.startsOn,
    endsOn: content.endsOn,
    place: content.place,
    terms: content.terms,
    contact: contactOf(content.contact),
    links: linksOf(content.links),
    kept: filled({
      standing: content.standing ? plainWords(OfferStandingKind[content.standing]) : '',
      deadline: momentWords(content.deadline),
      year: content.year,
      source: content.source,
      licence: content.licence,
      clusters: content.clusters.map((cluster) => hex(cluster.recordId)),
      organizations: organizationsOf(content.organizations),
    }),
    reason: '',
  };
}

export type OfferLack = 'title' | 'text' | 'days' | 'places';

export function offerLacks(draft: OfferDraft): OfferLack[] {
  const lacks: OfferLack[] = [];
  if (!draft.title.trim()) lacks.push('title');
  if (!draft.summary.trim() && !draft.text.trim()) lacks.push('text');
  if (draft.startsOn && draft.endsOn && draft.endsOn < draft.startsOn) lacks.push('days');
  if (draft.places && !/^[1-9]\d{0,5}$/.test(draft.places.trim())) lacks.push('places');
  return lacks;
}

/** The whole offer as the node takes it. */
export function offerFile(draft: OfferDraft): Record<string, unknown> {
  return filled({
    ...draft.kept,
    title: draft.title.trim(),
    language: draft.language,
    summary: draft.summary.trim(),
    direction: draft.direction,
    kind: draft.kind,
    kind_words: draft.kind === 'other' ? draft.kindWords.trim() : '',
    text: draft.text.trim(),
    features: draft.features,
    action_points: draft.actions,
    tags: listOf(draft.tags),
    aim: draft.aim.trim(),
    for_whom: draft.forWhom.trim(),
    how_to_apply: draft.howToApply.trim(),
    working_languages: draft.workingLanguages,
    partners: draft.partners,
    places: Number(draft.places.trim()) || 0,
    valid_until: draft.validUntil,
    starts_on: draft.startsOn,
    ends_on: draft.endsOn,
    place: draft.place.trim(),
    terms: draft.terms.trim(),
    contact: trimmedContact(draft.contact),
    links: trimmedLinks(draft.links),
  });
}

/** What a member may do with an offer, by who it is and how it stands. */
export interface OfferStanding {
  state: string;
  /** real, historical, example. */
  standing: string;
  own: boolean;
  /** We have signed a text that came of it, and have not left. */
  party: boolean;
  /** One partner is looked for. */
  forOne: boolean;
  /** Nobody can take it up any more, also where it is agreed. */
  closed?: boolean;
}
export type OfferAct = 'reply' | 'accept' | 'decline' | 'revise' | 'conclude' | 'withdraw';

export function actsFor(offer: OfferStanding): OfferAct[] {
  if (offer.state === 'withdrawn') return [];
  const isOpen =
    !offer.closed && offer.standing !== 'historical' && (offer.state === 'open' || offer.state === 'agreed');
  const acts: OfferAct[] = [];
  if (isOpen) acts.push('reply');
  if (isOpen && !offer.own && !offer.party) acts.push('accept', 'decline');
  const hasFound = offer.forOne && offer.state === 'agreed';
  if (offer.own && offer.state !== 'concluded' && !hasFound) acts.push('revise');
  if (offer.own && offer.state !== 'concluded' && offer.state !== 'past') acts.push('conclude');
  if (offer.own) acts.push('withdraw');
  return acts;
}

/** What partners sign is drawn from the offer: its terms, else its text, else what it says in short. */
export function termsToSign(offer: { terms: string; text: string; summary: string }): string {
  return offer.terms || offer.text || offer.summary;
}
