import { expect, test } from 'vitest';

import { create } from '@bufbuild/protobuf';

import { OfferKind, OfferSchema, OfferStanding, PartnerCount } from '../gen/hansa/v1/offers_pb';
import { actsFor, emptyOffer, offerDraftOf, offerFile, offerLacks, termsToSign } from './offer_file';

test('only what was filled in goes to the node', () => {
  const draft = {
    ...emptyOffer('en'),
    title: 'Study visit',
    summary: 'Come.',
    kind: 'study visit',
    kindWords: 'not asked for',
    places: '12',
  };
  expect(offerFile(draft)).toEqual({
    title: 'Study visit',
    language: 'en',
    summary: 'Come.',
    direction: 'offer',
    kind: 'study visit',
    working_languages: ['en'],
    places: 12,
  });
});
test('what is missing or cannot be is said before it is sent', () => {
  expect(offerLacks(emptyOffer('en'))).toEqual(['title', 'text']);
  const typed = {
    ...emptyOffer('en'),
    title: 'x',
    text: 'y',
    startsOn: '2027-02-01',
    endsOn: '2027-01-01',
    places: 'many',
  };
  expect(offerLacks(typed)).toEqual(['days', 'places']);
});
test('who may do what', () => {
  const open = { state: 'open', standing: 'real', own: false, party: false, forOne: false };
  expect(actsFor(open)).toEqual(['reply', 'accept', 'decline']);
  expect(actsFor({ ...open, party: true })).toEqual(['reply']);
  expect(actsFor({ ...open, own: true })).toEqual(['reply', 'revise', 'conclude', 'withdraw']);
  expect(actsFor({ ...open, own: true, state: 'agreed', forOne: true })).toEqual(['reply', 'conclude', 'withdraw']);
  expect(actsFor({ ...open, state: 'closed' })).toEqual([]);
  expect(actsFor({ ...open, state: 'agreed', closed: true })).toEqual([]);
  expect(actsFor({ ...open, state: 'past', standing: 'historical' })).toEqual([]);
  expect(actsFor({ ...open, own: true, state: 'withdrawn' })).toEqual([]);
});
test('partners sign the terms, else the text, else the summary', () => {
  expect(termsToSign({ terms: 'a', text: 'b', summary: 'c' })).toBe('a');
  expect(termsToSign({ terms: '', text: 'b', summary: 'c' })).toBe('b');
  expect(termsToSign({ terms: '', text: '', summary: 'c' })).toBe('c');
});
test('a revision keeps what the form does not show, and forgets what was cleared in it', () => {
  const content = create(OfferSchema, {
    title: 'Study visit',
    language: 'en',
    summary: 'Come.',
    kind: OfferKind.STUDY_VISIT,
    partners: PartnerCount.SEVERAL,
    standing: OfferStanding.EXAMPLE,
    deadline: { date: '2027-03-31', time: '17:00', zone: 'Asia/Seoul' },
    clusters: [{ recordId: new Uint8Array([1, 2, 255]) }],
    place: 'Bonn',
    year: 2026,
  });
  const draft = { ...offerDraftOf(content), place: '' };
  expect(offerFile(draft)).toEqual({
    standing: 'example',
    deadline: '2027-03-31 17:00 Asia/Seoul',
    year: 2026,
    clusters: ['0102ff'],
    title: 'Study visit',
    language: 'en',
    summary: 'Come.',
    direction: 'offer',
    kind: 'study visit',
    partners: 'several',
  });
});
