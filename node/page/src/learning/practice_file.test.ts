import { create } from '@bufbuild/protobuf';
import { expect, test } from 'vitest';

import { AreaKind, PracticeSchema } from '../gen/hansa/v1/practices_pb';
import { OrganizationKind } from '../gen/hansa/v1/reference_pb';
import {
  asFile,
  draftOf,
  emptyPractice,
  emptyTranslation,
  listOf,
  practiceFile,
  translatedInto,
  translationFile,
} from './practice_file';
import { lacksOf } from './practice_checks';

test('only what was filled in goes to the node', () => {
  const draft = { ...emptyPractice('ko'), title: ' 문해 교실 ', done: '가르쳤다', tags: '문해, 가족,, 문해' };
  expect(practiceFile(draft)).toEqual({ title: '문해 교실', language: 'ko', done: '가르쳤다', tags: ['문해', '가족'] });
});

test('a revision keeps all that was published, also what the form does not show', () => {
  const id = Uint8Array.from({ length: 16 }, (_, at) => at);
  const published = create(PracticeSchema, {
    title: 'Reading',
    language: 'en',
    problem: 'Few *read*.',
    year: 2019,
    yearBasis: 'year of the award',
    subjects: { features: ['1.1.1'], actionPoints: ['BD1.1'], tags: ['family'] },
    areaKind: AreaKind.METROPOLITAN_AREA,
    contact: { office: 'Library', mailbox: 'library@city.example' },
    links: [{ url: 'https://a.example', title: 'More' }],
    builtOn: [{ practice: { member: 2, collection: 3, recordId: id }, changed: 'shorter' }],
    organizations: [{ name: 'Museum', kind: OrganizationKind.PLACE_OF_LEARNING, country: 'FIN' }],
    clusters: [{ recordId: id }],
  });
  expect(practiceFile(draftOf(published))).toEqual({
    title: 'Reading',
    language: 'en',
    problem: 'Few *read*.',
    year: 2019,
    year_basis: 'year of the award',
    features: ['1.1.1'],
    action_points: ['BD1.1'],
    tags: ['family'],
    area_kind: 'metropolitan area',
    contact: { office: 'Library', mailbox: 'library@city.example' },
    links: [{ url: 'https://a.example', title: 'More' }],
    built_on: [{ practice: '000102030405060708090a0b0c0d0e0f', changed: 'shorter' }],
    organizations: [{ name: 'Museum', kind: 'place of learning', country: 'FIN' }],
    clusters: ['000102030405060708090a0b0c0d0e0f'],
  });
});

test('a link without an address and a practice without an id are left out', () => {
  const draft = {
    ...emptyPractice('en'),
    title: 'Reading',
    links: [{ url: ' ', title: 'nothing' }],
    builtOn: [{ practice: '', changed: 'x', outcome: '' }],
  };
  expect(practiceFile(draft)).toEqual({ title: 'Reading', language: 'en' });
});

test('nothing is translated into the language that it is in', () => {
  expect(translatedInto('fr', 'en')).toBe('fr');
  expect(translatedInto('en', 'en')).toBe('ko');
  expect(translatedInto('ko', 'ko')).toBe('en');
  expect(translatedInto('fr', 'fr')).toBe('en');
  expect(translationFile(emptyTranslation('ko'))).toEqual({ language: 'ko' });
});

test('free words are parted at commas of any script', () => {
  expect(listOf('문해、가족，독서; sport')).toEqual(['문해', '가족', '독서', 'sport']);
});

test('a translation says what was translated and by whom', () => {
  const typed = {
    language: 'ko',
    title: '읽기',
    summary: '',
    problem: '',
    done: '',
    outcome: '',
    cost: '',
    people: '',
    method: 'machine checked',
    translatedBy: ' 국제협력과 ',
  };
  expect(translationFile(typed)).toEqual({
    language: 'ko',
    title: '읽기',
    method: 'machine checked',
    translated_by: '국제협력과',
  });
  expect(JSON.parse(new TextDecoder().decode(asFile(translationFile(typed))))).toMatchObject({ title: '읽기' });
});

test('what a practice lacks is said field by field', () => {
  expect(lacksOf(emptyPractice('en'), 2026)).toEqual(['title', 'text']);
  const whole = { ...emptyPractice('en'), title: 'Reading', outcome: 'They read.' };
  expect(lacksOf(whole, 2026)).toEqual([]);
  expect(lacksOf({ ...whole, year: '20' }, 2026)).toEqual(['year']);
  expect(lacksOf({ ...whole, title: '가'.repeat(201) }, 2026)).toEqual(['title-long']);
});
