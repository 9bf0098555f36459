import { describe, expect, it } from 'vitest';

import { catalogue } from '../framework/catalogue';
import { cellOfProblem, completenessOf, isOfExperts, layoutOf, problemsFor } from './layout';

const layout = layoutOf(await catalogue());

describe('the framework as a form', () => {
  it('has every cell once, in the order of the framework', () => {
    expect(layout.cells.size).toBe(76);
    expect([...layout.cells.values()].map((cell) => cell.place)).toEqual([...Array(76).keys()]);
    expect(layout.areas.map((laid) => laid.area.id)).toContain('2.6');
    expect(layout.areas.reduce((sum, laid) => sum + laid.cells.length, 0)).toBe(76);
  });
  it('names the members of a breakdown', () => {
    expect(layout.cells.get('1.1.1/adult-literacy-rate#female')?.member?.['ko']).toBe('여성');
    expect(layout.cells.get('1.2.1/gdp-per-capita')?.member).toBeNull();
  });
  it('tells what only experts say', () => {
    const cell = (id: string) => isOfExperts(layout.cells.get(id)!.measurement);
    expect(cell('3.1.1/leadership')).toBe(true);
    expect(cell('1.3.2/public-transportation')).toBe(false);
  });
  it('shows what is said of a row at its last cell', () => {
    const total = layout.cells.get('1.1.1/adult-literacy-rate#total')!;
    const said = new Map([
      ['1.1.1/adult-literacy-rate', ['total']],
      [total.id, ['own']],
      ['1.2.1/gdp-per-capita', ['gdp']],
    ]);
    expect(problemsFor(total, said)).toEqual(['own', 'total']);
    expect(problemsFor(layout.cells.get('1.1.1/adult-literacy-rate#male')!, said)).toEqual([]);
    expect(problemsFor(layout.cells.get('1.2.1/gdp-per-capita')!, said)).toEqual(['gdp']);
    expect(cellOfProblem(layout, '1.1.1/adult-literacy-rate')).toBe(total);
    expect(cellOfProblem(layout, '9.9.9/none')).toBeUndefined();
  });
  it('counts what is answered', () => {
    const first = layout.areas[0]!;
    const counted = completenessOf(first.cells, (cell) => cell.includes('literacy'));
    expect(counted).toEqual({ reported: 3, of: first.cells.length });
  });
});
