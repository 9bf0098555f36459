// What was put forward, seen against what is published now.
import { placeOf as roomOf } from '../learning/places';
import { node } from '../lib/node';
import { placeOf } from './method_words';

type Json = Record<string, unknown>;

/** The revision that a request was made over, as it says itself; 0: it says none. */
export function revisionRead(request: Json): number {
  return Number(request['ofRevision'] ?? request['of_revision'] ?? request['revision'] ?? 0) || 0;
}

/** Of the record with that id, which revision is published; 0: it is not known, or not asked for. */
async function presentRevision(method: string, id: string): Promise<number> {
  // A partnership's text never changes.
  if (id.length > 32) return 0;
  if (/Practice$/.test(method)) return (await node.getPractice({ id })).practice?.revision ?? 0;
  if (/Offer$/.test(method)) return (await node.getOffer({ id })).offer?.revision ?? 0;
  if (/Notice$/.test(method)) return (await node.getNotice({ id })).notice?.revision ?? 0;
  if (/Strategy$/.test(method)) return (await node.getStrategy({ id })).strategy?.revision ?? 0;
  return 0;
}

export interface Present {
  /** Where what it is about is read; empty: nowhere by itself. */
  place: string;
  /** The revision that is published now, where it is another than was read; 0: it still stands. */
  since: number;
}

export async function presentOf(method: string, request: Json): Promise<Present> {
  const id = typeof request['id'] === 'string' ? request['id'] : '';
  const read = revisionRead(request);
  try {
    const present = id && read > 0 ? await presentRevision(method, id) : 0;
    const since = present > read ? present : 0;
    // A file may belong to a record of any kind.
    if (id && /File$/.test(method)) {
      const link = (await node.getThread({ id })).root?.link;
      return { place: (link && roomOf(link)) ?? '', since };
    }
    return { place: placeOf(method, request), since };
  } catch {
    // It is not here any more: the node says so when somebody agrees.
    return { place: '', since: 0 };
  }
}
