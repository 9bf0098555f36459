// What is searched for in the library, as it stands in the address.
import { readPeople } from './residents';

export interface Asked {
  text: string;
  feature: string;
  action: string;
  country: string;
  language: string;
  member: string;
  year: string;
  /** Fewest people who live in the city of the author, in digits; empty: no bound. */
  peopleFrom: string;
  /** The most of them. */
  peopleTo: string;
  /** Records left out before the first that is shown. */
  offset: number;
}

export const perPage = 24;
const facets = ['feature', 'action', 'country', 'language', 'member', 'year'] as const;
export type Facet = (typeof facets)[number];
const bounds = [
  ['peopleFrom', 'people-from'],
  ['peopleTo', 'people-to'],
] as const;

const boundOf = (text: string | null) => readPeople(text ?? '')?.toString() ?? '';

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
    peopleFrom: boundOf(query.get('people-from')),
    peopleTo: boundOf(query.get('people-to')),
    offset: Number.isInteger(page) && page > 1 ? (page - 1) * perPage : 0,
  };
}

/** What stands in the address after `changes`; a change begins at the first page again. */
export function queryOf(asked: Asked, changes: Partial<Asked> = {}): Record<string, string> {
  const next: Asked = { ...asked, offset: 0, ...changes };
  const query: Record<string, string> = {};
  if (next.text.trim()) query['text'] = next.text.trim();
  for (const name of facets) if (next[name]) query[name] = next[name];
  for (const [name, key] of bounds) if (next[name]) query[key] = next[name];
  if (next.offset > 0) query['page'] = String(Math.floor(next.offset / perPage) + 1);
  return query;
}

/** As the node is asked. */
export function searchOf(asked: Asked) {
  const { text, feature, action, country, language, member, offset } = asked;
  return {
    ...{ text, feature, action, country, language, member, offset },
    kinds: ['practice'],
    year: Number(asked.year),
    populationMin: BigInt(asked.peopleFrom),
    populationMax: BigInt(asked.peopleTo),
    limit: perPage,
  };
}

/** Whether only cities that said how many people live there can be found. */
export function isBounded(asked: Asked): boolean {
  return bounds.some(([name]) => asked[name] !== '');
}

/** Whether no number of people is within what is asked. */
export function isSwapped(asked: Asked): boolean {
  return asked.peopleFrom !== '' && asked.peopleTo !== '' && BigInt(asked.peopleFrom) > BigInt(asked.peopleTo);
}

/** Whether anything narrows the library down. */
export function isNarrow(asked: Asked): boolean {
  return asked.text.trim() !== '' || facets.some((name) => asked[name] !== '') || isBounded(asked);
}
