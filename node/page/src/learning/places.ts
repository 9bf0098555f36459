// Where on this page a record is read.

/** As much of a record as its address needs. */
export interface Placed {
  id: string;
  /** What it is, such as practice; empty: it is not held here. */
  kind: string;
  /** Slug of its author. */
  member?: string;
}

const rooms: Readonly<Record<string, string>> = {
  practice: '/practices',
  translation: '/practices',
  offer: '/offers',
  request: '/offers',
  guidance: '/notices',
  opportunity: '/notices',
  call: '/notices',
  'call for data': '/notices',
  recognition: '/notices',
  cluster: '/notices',
  topic: '/topics',
  question: '/questions',
  answer: '/questions',
  comment: '/questions',
  strategy: '/strategies',
};
const ofPartnerships = new Set(['acceptance', 'leaving', 'conclusion']);
const ofCities = new Set(['indicator set', 'target', 'place', 'report', 'rating', 'survey result', 'taken part']);

/** The address of a record; null: it has none here. */
export function placeOf(record: Placed): string | null {
  const room = rooms[record.kind];
  if (room && record.id) return `${room}/${record.id}`;
  if (ofPartnerships.has(record.kind)) return '/partnerships';
  if (ofCities.has(record.kind) && record.member) return `/cities/${record.member}`;
  return null;
}

/** Two letters of the country that a member's name begins with, in capitals; null: it belongs to none. */
export function countryCode(slug: string): string | null {
  const [code = ''] = slug.split('-');
  return /^[a-z]{2}$/.test(code) ? code.toUpperCase() : null;
}
