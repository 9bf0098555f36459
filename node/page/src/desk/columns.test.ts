import { describe, expect, it } from 'vitest';

import { actOf, differing, laidOver } from './columns';

const published = { value: '76.70', source: 'Register' };
const draft = { value: '80', source: 'Register' };

describe('what was typed over a cell', () => {
  it('takes the place of what stands there', () => {
    expect(laidOver(published, { value: '77', note: '' })).toEqual({ value: '77', source: 'Register' });
    expect(laidOver(published, { no_data_reason: 'not counted' })).toEqual({
      no_data_reason: 'not counted',
      source: 'Register',
    });
    expect(differing(published, draft)).toEqual(['value']);
  });
  it('is sent where it makes an answer', () => {
    expect(actOf({ value: '1' }, null, null)).toBe('edit');
    expect(actOf({ source: 'Survey' }, published, null)).toBe('edit');
    expect(actOf({ value: '', no_data_reason: 'not counted' }, published, null)).toBe('edit');
  });
  it('changes nothing where it says the same', () => {
    expect(actOf({ value: '76.70' }, published, null)).toBe('nothing');
    expect(actOf({ value: '' }, null, null)).toBe('nothing');
  });
  it('takes an emptied answer out of the draft, and never out of what is published', () => {
    expect(actOf({ value: '' }, published, draft)).toBe('discard');
    expect(actOf({ value: '' }, published, null)).toBe('refuse');
  });
  it('waits until there is an answer that it is said of', () => {
    expect(actOf({ source: 'Survey' }, null, null)).toBe('wait');
  });
});
