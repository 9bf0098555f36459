// A notice as a form holds it, and as the node takes it.
import { emptyContact, filled, trimmedContact, trimmedLinks, type ContactDraft, type LinkDraft } from './practice_file';
import type { NoticeKind } from './notice_kinds';

export interface NoticeDraft {
  kind: NoticeKind;
  title: string;
  language: string;
  summary: string;
  text: string;
  features: string[];
  actions: string[];
  /** For whom, in words. */
  audience: string;
  /** Of an opportunity. */
  sort: string;
  /** Of an opportunity until when to apply; of a call until when to answer: YYYY-MM-DD, HH:MM, zone by its IANA name. */
  deadline: string;
  deadlineTime: string;
  zone: string;
  startsOn: string;
  endsOn: string;
  place: string;
  presence: '' | 'on site' | 'online' | 'both';
  howToApply: string;
  cost: string;
  /** Of a call: calendar years, with commas between. */
  years: string;
  /** Of guidance. */
  edition: string;
  /** Of a recognition. */
  award: string;
  decidedBy: string;
  year: string;
  members: string[];
  /** Of a cluster. */
  meetings: string;
  contact: ContactDraft;
  links: LinkDraft[];
  /** What the form does not show, and a revision keeps. */
  kept: Record<string, unknown>;
  /** Countries, regions and members that it is for, beside the words. */
  keptAudience: Record<string, unknown>;
  /** Of an opportunity: moments with a time, which the form shows as days; they hold while the day stays. */
  times: Record<string, unknown>;
  /** Why it is revised. */
  reason: string;
}

export const opportunitySorts = [
  'course',
  'workshop',
  'conference',
  'meeting',
  'funding',
  'materials',
  'nominations',
  'membership',
  'research',
  'other',
];

export function emptyNotice(language: string): NoticeDraft {
  return {
    kind: 'opportunity',
    title: '',
    language,
    summary: '',
    text: '',
    features: [],
    actions: [],
    audience: '',
    sort: '',
    deadline: '',
    deadlineTime: '',
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    startsOn: '',
    endsOn: '',
    place: '',
    presence: '',
    howToApply: '',
    cost: '',
    years: '',
    edition: '',
    award: '',
    decidedBy: '',
    year: '',
    members: [],
    meetings: '',
    contact: emptyContact(),
    links: [],
    kept: {},
    keptAudience: {},
    times: {},
    reason: '',
  };
}

export type NoticeLack = 'title' | 'text' | 'days' | 'years' | 'decided-by' | 'members';

function yearsOf(text: string): number[] | null {
  const years = text.split(/[\s,]+/).filter(Boolean);
  return years.every((year) => /^(19|20|21)\d\d$/.test(year)) ? years.map(Number) : null;
}

export function noticeLacks(draft: NoticeDraft): NoticeLack[] {
  const lacks: NoticeLack[] = [];
  if (!draft.title.trim()) lacks.push('title');
  if (!draft.text.trim() && !draft.summary.trim()) lacks.push('text');
  if (draft.startsOn && draft.endsOn && draft.endsOn < draft.startsOn) lacks.push('days');
  const years = draft.kind === 'recognition' ? draft.year : draft.kind === 'call' ? draft.years : '';
  if (yearsOf(years) === null) lacks.push('years');
  if (draft.kind === 'recognition' && !draft.decidedBy.trim()) lacks.push('decided-by');
  if (draft.kind === 'recognition' && draft.members.length === 0) lacks.push('members');
  return lacks;
}

/** '2027-03-31 17:00 Asia/Seoul'; a day alone lasts until it has ended everywhere. */
function deadlineOf(draft: NoticeDraft): string {
  if (!draft.deadline) return '';
  return draft.deadlineTime ? `${draft.deadline} ${draft.deadlineTime} ${draft.zone}`.trim() : draft.deadline;
}

function momentOf(draft: NoticeDraft, name: string, day: string): unknown {
  const moment = draft.times[name];
  return typeof moment === 'string' && day && moment.startsWith(day) ? moment : day;
}
/** Words alone, or with whom it is for beside them. */
function audienceOf(draft: NoticeDraft): unknown {
  const words = draft.audience.trim();
  return Object.keys(draft.keptAudience).length > 0 ? filled({ ...draft.keptAudience, words }) : words;
}

function ofKind(draft: NoticeDraft): Record<string, unknown> {
  switch (draft.kind) {
    case 'opportunity':
      return {
        summary: draft.summary.trim(),
        kind: draft.sort,
        deadline: deadlineOf(draft),
        begins: momentOf(draft, 'begins', draft.startsOn),
        ends: momentOf(draft, 'ends', draft.endsOn),
        place: draft.place.trim(),
        presence: draft.presence,
        how_to_apply: draft.howToApply.trim(),
        cost: draft.cost.trim(),
        audience: audienceOf(draft),
        contact: trimmedContact(draft.contact),
      };
    case 'call':
      return {
        due: deadlineOf(draft),
        years: yearsOf(draft.years) ?? [],
        period_starts_on: draft.startsOn,
        period_ends_on: draft.endsOn,
        audience: audienceOf(draft),
        contact: trimmedContact(draft.contact),
      };
    case 'guidance':
      return { summary: draft.summary.trim(), edition: draft.edition.trim(), audience: audienceOf(draft) };
    case 'recognition':
      return {
        award: draft.award.trim(),
        year: yearsOf(draft.year)?.[0] ?? 0,
        announced_on: draft.startsOn,
        decided_by: draft.decidedBy.trim(),
        members: draft.members,
      };
    case 'cluster':
      return {
        starts_on: draft.startsOn,
        ends_on: draft.endsOn,
        meetings: draft.meetings.trim(),
        contact: trimmedContact(draft.contact),
      };
  }
}

/** The whole notice as the node takes it: what belongs to its kind, and nothing that was typed for another. */
export function noticeFile(draft: NoticeDraft): Record<string, unknown> {
  const hasSummary = draft.kind === 'opportunity' || draft.kind === 'guidance';
  return filled({
    ...draft.kept,
    title: draft.title.trim(),
    language: draft.language,
    text: draft.text.trim() || (hasSummary ? '' : draft.summary.trim()),
    features: draft.features,
    action_points: draft.actions,
    links: trimmedLinks(draft.links),
    ...ofKind(draft),
  });
}
