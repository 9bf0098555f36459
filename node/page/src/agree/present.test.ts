import { expect, test, vi } from 'vitest';

import { fieldName } from './field_names';
import { presentOf, revisionRead } from './present';
import { readRequest } from './request_fields';

vi.mock('../lib/node', () => ({
  node: { getPractice: ({ id }: { id: string }) => Promise.resolve({ practice: { id, revision: 2 } }) },
}));

const translation = (ofRevision: number) => ({
  id: '0123ab',
  file: 'translation',
  content: btoa(JSON.stringify({ title: 'Boote', translated_by: 'Office', method: 'people' })),
  ofRevision,
});

test('a translation that waits says which revision of the original was translated', () => {
  const { fields } = readRequest(translation(1), 60);
  expect(fields).toContainEqual({ name: 'of revision', text: '1' });
  const names = fields.map((field) => fieldName(field.name, 'TranslatePractice'));
  expect(names).toContain('Revision of the original that was translated');
  expect(names).toContain('How it was translated');
  expect(names).toContain('Office that translated it');
  expect(fieldName('of revision', 'RevisePractice')).toBe('Written over revision');
});

test('a translation stands as long as its original does', async () => {
  expect(revisionRead(translation(1))).toBe(1);
  expect(await presentOf('TranslatePractice', translation(2))).toEqual({ place: '/practices/0123ab', since: 0 });
  expect(await presentOf('TranslatePractice', translation(1))).toEqual({ place: '/practices/0123ab', since: 2 });
});
