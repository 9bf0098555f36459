// A practice as a form holds it, and as the node takes it: a JSON object with the names of its schema.
import { AreaKind, type Practice } from '../gen/hansa/v1/practices_pb';
import { OrganizationKind, type Contact, type Link, type Organization } from '../gen/hansa/v1/reference_pb';

export interface LinkDraft {
  url: string;
  title: string;
}
export interface ContactDraft {
  role: string;
  office: string;
  web: string;
  mailbox: string;
  telephone: string;
}
export interface BuiltOnDraft {
  /** Record id. */
  practice: string;
  changed: string;
  outcome: string;
}
export interface PracticeDraft {
  title: string;
  language: string;
  summary: string;
  problem: string;
  done: string;
  outcome: string;
  year: string;
  yearBasis: string;
  features: string[];
  actions: string[];
  /** Free words, with commas between. */
  tags: string;
  cost: string;
  people: string;
  areaKind: string;
  area: string;
  source: string;
  licence: string;
  contact: ContactDraft;
  links: LinkDraft[];
  builtOn: BuiltOnDraft[];
  /** What the form does not show, and a revision keeps. */
  kept: Record<string, unknown>;
  reason: string;
}

export function emptyPractice(language: string): PracticeDraft {
  return {
    title: '',
    language,
    summary: '',
    problem: '',
    done: '',
    outcome: '',
    year: '',
    yearBasis: '',
    features: [],
    actions: [],
    tags: '',
    cost: '',
    people: '',
    areaKind: '',
    area: '',
    source: '',
    licence: '',
    contact: emptyContact(),
    links: [],
    builtOn: [],
    kept: {},
    reason: '',
  };
}
export function emptyContact(): ContactDraft {
  return { role: '', office: '', web: '', mailbox: '', telephone: '' };
}

/** A choice of the schema as files write it: 'METROPOLITAN_AREA' is 'metropolitan area'. */
export function plainWords(name: string | undefined): string {
  return (name ?? '').toLowerCase().replaceAll('_', ' ');
}
export function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
export function listOf(commas: string): string[] {
  return [...new Set(commas.split(/[,\n;、，]/).map((word) => word.trim()))].filter(Boolean);
}

/** Leaves out what is empty. */
export function filled(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object).filter(([, value]) => {
      if (value === '' || value === 0 || value === undefined || value === null) return false;
      if (Array.isArray(value)) return value.length > 0;
      return typeof value !== 'object' || Object.keys(value).length > 0;
    }),
  );
}
export function contactOf(contact: Contact | undefined): ContactDraft {
  if (!contact) return emptyContact();
  const { role, office, web, mailbox, telephone } = contact;
  return { role, office, web, mailbox, telephone };
}
export function linksOf(links: readonly Link[]): LinkDraft[] {
  return links.map(({ url, title }) => ({ url, title }));
}
/** As files have them. */
export function organizationsOf(organizations: readonly Organization[]): Record<string, unknown>[] {
  return organizations.map((one) =>
    filled({
      name: one.name,
      kind: one.kind ? plainWords(OrganizationKind[one.kind]) : '',
      country: one.country,
      web: one.web,
      member: one.member,
    }),
  );
}
export function trimmedContact(contact: ContactDraft): Record<string, unknown> {
  return filled(Object.fromEntries(Object.entries(contact).map(([name, value]) => [name, value.trim()])));
}
export function trimmedLinks(links: readonly LinkDraft[]): Record<string, unknown>[] {
  return links
    .map((link) => filled({ url: link.url.trim(), title: link.title.trim() }))
    .filter((link) => 'url' in link);
}

/** What stands in a published practice, to be revised. */
export function draftOf(content: Practice): PracticeDraft {
  return {
    title: content.title,
    language: content.language,
    summary: content.summary,
    problem: content.problem,
    done: content.done,
    outcome: content.outcome,
    year: content.year ? String(content.year) : '',
    yearBasis: content.yearBasis,
    features: [...(content.subjects?.features ?? [])],
    actions: [...(content.subjects?.actionPoints ?? [])],
    tags: (content.subjects?.tags ?? []).join(', '),
    cost: content.cost,
    people: content.people,
    areaKind: content.areaKind ? plainWords(AreaKind[content.areaKind]) : '',
    area: content.area,
    source: content.source,
    licence: content.licence,
    contact: contactOf(content.contact),
    links: linksOf(content.links),
    builtOn: content.builtOn.map((each) => ({
      practice: each.practice ? hex(each.practice.recordId) : '',
      changed: each.changed,
      outcome: each.outcome,
    })),
    kept: filled({
      clusters: content.clusters.map((cluster) => hex(cluster.recordId)),
      organizations: organizationsOf(content.organizations),
    }),
    reason: '',
  };
}

/** The whole practice as the node takes it. */
export function practiceFile(draft: PracticeDraft): Record<string, unknown> {
  return filled({
    ...draft.kept,
    title: draft.title.trim(),
    language: draft.language,
    summary: draft.summary.trim(),
    problem: draft.problem.trim(),
    done: draft.done.trim(),
    outcome: draft.outcome.trim(),
    features: draft.features,
    action_points: draft.actions,
    tags: listOf(draft.tags),
    year: Number(draft.year) || 0,
    year_basis: draft.year ? draft.yearBasis.trim() : '',
    cost: draft.cost.trim(),
    people: draft.people.trim(),
    contact: trimmedContact(draft.contact),
    links: trimmedLinks(draft.links),
    built_on: draft.builtOn
      .filter((each) => each.practice.trim())
      .map((each) =>
        filled({ practice: each.practice.trim(), changed: each.changed.trim(), outcome: each.outcome.trim() }),
      ),
    source: draft.source.trim(),
    licence: draft.licence.trim(),
    area_kind: draft.areaKind,
    area: draft.area.trim(),
  });
}

export interface TranslationDraft {
  language: string;
  title: string;
  summary: string;
  problem: string;
  done: string;
  outcome: string;
  cost: string;
  people: string;
  method: string;
  translatedBy: string;
}
export function emptyTranslation(into: string): TranslationDraft {
  return {
    language: into,
    title: '',
    summary: '',
    problem: '',
    done: '',
    outcome: '',
    cost: '',
    people: '',
    method: '',
    translatedBy: '',
  };
}
/** The language to translate into: the one that was chosen, but never that of the original. */
export function translatedInto(chosen: string, original: string): string {
  if (chosen !== original) return chosen;
  return original === 'en' ? 'ko' : 'en';
}
export function translationFile(draft: TranslationDraft): Record<string, unknown> {
  const { translatedBy, ...rest } = draft;
  return filled({ ...rest, translated_by: translatedBy.trim() });
}

/** A record as the bytes of a file. */
export function asFile(object: Record<string, unknown>): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(object)) as Uint8Array<ArrayBuffer>;
}
