// What is searched for in the library, as it stands in the address.

export interface Asked {
  text: string;
  feature: string;
  action: string;
  country: string;
  language: string;
  member: string;
  year: string;
  /** Records left out before the first that is shown. */
  offset: number;
}

export const perPage = 24;
const facets = ['feature', 'action', 'country', 'language', 'member', 'year'] as const;
export type Facet = (typeof facets)[number];

export function askedOf(query: URLSearchParams): Asked {
  const year = query.get('year') ?? '';
  const page = Number(query.get('page') ?? '1');
  return {
    text: query.get('text') ?? '',
    feature: query.get('feature') ?? '',
    action: query.get('action') ?? '',
    country: query.get('country') ?? '',
    language: query.get('language') ?? '',
    member: query.get('member') ?? '',
    year: /^\d{4}$/.test(year) ? year : '',
    offset: Number.isInteger(page) && page > 1 ? (page - 1) * perPage : 0,
  };
}

/** What stands in the address after `changes`; a change begins at the first page again. */
export function queryOf(asked: Asked, changes: Partial<Asked> = {}): Record<string, string> {
  const next: Asked = { ...asked, offset: 0, ...changes };
  const query: Record<string, string> = {};
  if (next.text.trim()) query['text'] = next.text.trim();
  for (const name of facets) if (next[name]) query[name] = next[name];
  if (next.offset > 0) query['page'] = String(Math.floor(next.offset / perPage) + 1);
  return query;
}

/** Whether anything narrows the library down. */
export function isNarrow(asked: Asked): boolean {
  return asked.text.trim() !== '' || facets.some((name) => asked[name] !== '');
}
