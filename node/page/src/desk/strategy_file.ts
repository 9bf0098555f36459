// A strategy or an action as a form holds it, and as the node takes it: a JSON object with the names of its schema.
import { OrganizationKind } from '../gen/hansa/v1/reference_pb';
import { StrategyKind, StrategyState, type Strategy } from '../gen/hansa/v1/strategies_pb';
import {
  contactOf,
  emptyContact,
  filled,
  hex,
  linksOf,
  plainWords,
  trimmedLinks,
  type ContactDraft,
  type LinkDraft,
} from '../learning/practice_file';

export interface StrategyDraft {
  title: string;
  kind: string;
  state: string;
  language: string;
  summary: string;
  text: string;
  features: string[];
  actions: string[];
  startsOn: string;
  endsOn: string;
  responsible: string;
  /** Names of organizations, one a line. */
  participants: string;
  participation: string;
  monitoring: string;
  findings: string;
  outcome: string;
  adoptedBy: string;
  adoptedOn: string;
  funding: string;
  contact: ContactDraft;
  links: LinkDraft[];
  /** What the form does not show, and a revision keeps. */
  kept: Record<string, unknown>;
  /** What is said of organizations beside their names, by name. */
  organizations: Record<string, Record<string, unknown>>;
  reason: string;
}

export function emptyStrategy(language: string): StrategyDraft {
  return {
    title: '',
    kind: 'action',
    state: '',
    language,
    summary: '',
    text: '',
    features: [],
    actions: [],
    startsOn: '',
    endsOn: '',
    responsible: '',
    participants: '',
    participation: '',
    monitoring: '',
    findings: '',
    outcome: '',
    adoptedBy: '',
    adoptedOn: '',
    funding: '',
    contact: emptyContact(),
    links: [],
    kept: {},
    organizations: {},
    reason: '',
  };
}

export const kinds = ['action', 'strategy'];
export const states = ['planned', 'under way', 'finished', 'stopped'];

/** What a strategy lacks before it can be published. The node checks again. */
export type StrategyLack = 'title' | 'days';

export function strategyLacks(draft: StrategyDraft): StrategyLack[] {
  const lacks: StrategyLack[] = [];
  if (!draft.title.trim()) lacks.push('title');
  if (draft.startsOn && draft.endsOn && draft.endsOn < draft.startsOn) lacks.push('days');
  return lacks;
}

/** What stands in a published strategy, to be revised. */
export function strategyDraftOf(content: Strategy): StrategyDraft {
  const organizations = content.participants.map((one) =>
    filled({
      name: one.name,
      kind: one.kind ? plainWords(OrganizationKind[one.kind]) : '',
      country: one.country,
      web: one.web,
      member: one.member,
    }),
  );
  return {
    title: content.title,
    kind: content.kind ? plainWords(StrategyKind[content.kind]) : 'action',
    state: content.state ? plainWords(StrategyState[content.state]) : '',
    language: content.language,
    summary: content.summary,
    text: content.text,
    features: [...(content.subjects?.features ?? [])],
    actions: [...(content.subjects?.actionPoints ?? [])],
    startsOn: content.startsOn,
    endsOn: content.endsOn,
    responsible: content.responsible,
    participants: content.participants.map((one) => one.name).join('\n'),
    participation: content.participation,
    monitoring: content.monitoring,
    findings: content.findings,
    outcome: content.outcome,
    adoptedBy: content.adoptedBy,
    adoptedOn: content.adoptedOn,
    funding: content.funding,
    contact: contactOf(content.contact),
    links: linksOf(content.links),
    kept: filled({
      tags: [...(content.subjects?.tags ?? [])],
      cells: [...content.cells],
      part_of: content.partOf ? hex(content.partOf.recordId) : '',
      practices: content.practices.map((each) => hex(each.recordId)),
      source: content.source,
      licence: content.licence,
    }),
    organizations: Object.fromEntries(organizations.map((one) => [String(one['name']), one])),
    reason: '',
  };
}

/** The whole strategy as the node takes it. */
export function strategyFile(draft: StrategyDraft): Record<string, unknown> {
  const names = [...new Set(draft.participants.split('\n').map((name) => name.trim()))].filter(Boolean);
  return filled({
    ...draft.kept,
    title: draft.title.trim(),
    kind: draft.kind,
    state: draft.state,
    language: draft.language,
    summary: draft.summary.trim(),
    text: draft.text.trim(),
    features: draft.features,
    action_points: draft.actions,
    starts_on: draft.startsOn,
    ends_on: draft.endsOn,
    responsible: draft.responsible.trim(),
    participants: names.map((name) => ({ ...draft.organizations[name], name })),
    participation: draft.participation.trim(),
    monitoring: draft.monitoring.trim(),
    findings: draft.findings.trim(),
    outcome: draft.outcome.trim(),
    adopted_by: draft.adoptedBy.trim(),
    adopted_on: draft.adoptedOn,
    funding: draft.funding.trim(),
    contact: filled(Object.fromEntries(Object.entries(draft.contact).map(([name, value]) => [name, value.trim()]))),
    links: trimmedLinks(draft.links),
  });
}
