// An offer or a request as a form holds it, and as the node takes it.
import { emptyContact, filled, listOf, trimmedContact, trimmedLinks, type ContactDraft, type LinkDraft } from './practice_file';

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
}
export type OfferAct = 'reply' | 'accept' | 'decline' | 'conclude' | 'withdraw';

export function actsFor(offer: OfferStanding): OfferAct[] {
  if (offer.state === 'withdrawn') return [];
  const isOpen = offer.standing !== 'historical' && (offer.state === 'open' || offer.state === 'agreed');
  const acts: OfferAct[] = [];
  if (isOpen) acts.push('reply');
  if (isOpen && !offer.own && !offer.party) acts.push('accept', 'decline');
  if (offer.own && offer.state !== 'concluded' && offer.state !== 'past') acts.push('conclude');
  if (offer.own) acts.push('withdraw');
  return acts;
}

/** What partners sign is drawn from the offer: its terms, else its text, else what it says in short. */
export function termsToSign(offer: { terms: string; text: string; summary: string }): string {
  return offer.terms || offer.text || offer.summary;
}
