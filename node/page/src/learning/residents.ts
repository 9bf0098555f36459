// How many people live in a city, as it says itself: as a form holds it, as the node takes it, and as others read it.
import type { GetPlaceReply } from '../gen/hansa/v1/node_places_pb';
import { grouped, t } from '../lib/words.svelte';

export interface ResidentsTyped {
  people: string;
  /** Empty: not dated. */
  year: string;
  source: string;
  note: string;
}
export interface Residents {
  population: bigint;
  /** 0: not dated. */
  year: number;
  source: string;
  note: string;
}
export type ResidentsLack = keyof ResidentsTyped;

export const sourceMost = 300;
export const noteMost = 500;
const peopleMost = 1_000_000_000n;

export function emptyResidents(): ResidentsTyped {
  return { people: '', year: '', source: '', note: '' };
}

/** A number of people as somebody writes it, in digits or groups of three: '472,465', '472 465'. null: it is none. */
export function readPeople(text: string): bigint | null {
  const typed = text.trim();
  const isInGroups = /^\d{1,3}(?:([ ,.'’\u00a0\u202f])\d{3})(?:\1\d{3})*$/.test(typed);
  if (!isInGroups && !/^\d{1,12}$/.test(typed)) return null;
  const people = BigInt(typed.replace(/\D/g, ''));
  return people >= 1n && people <= peopleMost ? people : null;
}

function readYear(text: string): number | null {
  const typed = text.trim();
  if (!typed) return 0;
  const year = /^\d{4}$/.test(typed) ? Number(typed) : 0;
  return year >= 1900 && year <= 2200 ? year : null;
}

const isLongerThan = (text: string, most: number) => [...text.trim()].length > most;

/** What is missing, or cannot be. */
export function residentsLacks(typed: ResidentsTyped): ResidentsLack[] {
  const lacks: ResidentsLack[] = [];
  if (readPeople(typed.people) === null) lacks.push('people');
  if (readYear(typed.year) === null) lacks.push('year');
  if (!typed.source.trim() || isLongerThan(typed.source, sourceMost)) lacks.push('source');
  if (isLongerThan(typed.note, noteMost)) lacks.push('note');
  return lacks;
}

/** What was typed, of something that lacks nothing. */
export function residentsOf(typed: ResidentsTyped): Residents {
  return {
    population: readPeople(typed.people) ?? 0n,
    year: readYear(typed.year) ?? 0,
    source: typed.source.trim(),
    note: typed.note.trim(),
  };
}

/** As the node takes it. */
export function placeSetting({ population, year, source, note }: Residents) {
  return { population, populationYear: year, source, note };
}

export function typedOf(said: Residents): ResidentsTyped {
  return {
    people: said.population > 0n ? said.population.toString() : '',
    year: said.year > 0 ? String(said.year) : '',
    source: said.source,
    note: said.note,
  };
}

/** '472,465 people live here (2021, from Census)'. */
export function residentsWords(said: Residents): string {
  const people = grouped(said.population);
  return said.year > 0
    ? t('{0} people live here ({1}, from {2})', people, said.year, said.source)
    : t('{0} people live here (not dated, from {1})', people, said.source);
}

/** What a city says of it, with what is counted on a line of its own; empty: it has said nothing. */
export function residentsFact(said: GetPlaceReply | null): string {
  if (!said) return '';
  if (said.fault) return t('What was said of it cannot be shown: {0}', said.fault);
  return [residentsWords(said), said.note].filter(Boolean).join('\n');
}
