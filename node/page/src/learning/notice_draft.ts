// What stands in a published notice, to be revised.
import type { GetNoticeReply } from '../gen/hansa/v1/node_notices_pb';
import { OpportunityKind, Presence, type Audience } from '../gen/hansa/v1/notices_pb';
import type { Moment, Reference } from '../gen/hansa/v1/reference_pb';
import { emptyNotice, type NoticeDraft } from './notice_file';
import { contactOf, filled, hex, linksOf, organizationsOf, plainWords } from './practice_file';
import { momentWords } from './shared_facts';

const idOf = (reference: Reference | undefined): string => (reference ? hex(reference.recordId) : '');
const idsOf = (references: readonly Reference[]): string[] => references.map(idOf);

function audienceIn(audience: Audience | undefined, slugOf: (member: number) => string): Partial<NoticeDraft> {
  return {
    audience: audience?.words ?? '',
    keptAudience: filled({
      countries: audience?.countries ?? [],
      regions: audience?.regions ?? [],
      members: (audience?.members ?? []).map(slugOf),
    }),
  };
}
/** A moment that the form shows as a day; its time, where it has one, is kept beside it. */
function dayOf(moment: Moment | undefined): string {
  return moment?.date ?? '';
}
function deadlineIn(moment: Moment | undefined): Partial<NoticeDraft> {
  if (!moment) return {};
  return { deadline: moment.date, deadlineTime: moment.time, ...(moment.zone ? { zone: moment.zone } : {}) };
}

function ofKind(content: GetNoticeReply['content'], slugOf: (member: number) => string): Partial<NoticeDraft> {
  switch (content.case) {
    case 'opportunity': {
      const it = content.value;
      const presences = { [Presence.ON_SITE]: 'on site', [Presence.ONLINE]: 'online', [Presence.BOTH]: 'both' } as const;
      return {
        ...audienceIn(it.audience, slugOf),
        ...deadlineIn(it.deadline),
        kind: 'opportunity',
        summary: it.summary,
        sort: it.kind ? plainWords(OpportunityKind[it.kind]) : '',
        startsOn: dayOf(it.begins),
        endsOn: dayOf(it.ends),
        place: it.place,
        presence: it.presence === Presence.UNSPECIFIED ? '' : (presences[it.presence] ?? ''),
        howToApply: it.howToApply,
        cost: it.cost,
        contact: contactOf(it.contact),
        kept: filled({
          working_languages: it.workingLanguages,
          places: it.places,
          organizers: organizationsOf(it.organizers),
          clusters: idsOf(it.clusters),
          translation_of: idOf(it.translationOf),
          source: it.source,
          licence: it.licence,
        }),
        times: filled({
          begins: it.begins?.time ? momentWords(it.begins) : '',
          ends: it.ends?.time ? momentWords(it.ends) : '',
        }),
      };
    }
    case 'call': {
      const it = content.value;
      return {
        ...audienceIn(it.audience, slugOf),
        ...deadlineIn(it.due),
        kind: 'call',
        years: it.years.join(', '),
        startsOn: it.periodStartsOn,
        endsOn: it.periodEndsOn,
        contact: contactOf(it.contact),
        kept: filled({
          cells: it.cells,
          questions: it.questions.map(({ id, question }) => filled({ id, question })),
          translation_of: idOf(it.translationOf),
        }),
      };
    }
    case 'guidance': {
      const it = content.value;
      return {
        ...audienceIn(it.audience, slugOf),
        kind: 'guidance',
        summary: it.summary,
        edition: it.edition,
        kept: filled({ replaces: idOf(it.replaces), translation_of: idOf(it.translationOf), licence: it.licence }),
      };
    }
    case 'recognition': {
      const it = content.value;
      return {
        kind: 'recognition',
        award: it.award,
        year: it.year ? String(it.year) : '',
        startsOn: it.announcedOn,
        decidedBy: it.decidedBy,
        members: it.members.map(slugOf),
        kept: filled({
          practices: idsOf(it.practices),
          translation_of: idOf(it.translationOf),
          source: it.source,
          licence: it.licence,
        }),
      };
    }
    case 'cluster': {
      const it = content.value;
      return {
        kind: 'cluster',
        startsOn: it.startsOn,
        endsOn: it.endsOn,
        meetings: it.meetings,
        contact: contactOf(it.contact),
        kept: filled({ coordinators: it.coordinators.map(slugOf), translation_of: idOf(it.translationOf) }),
      };
    }
    default:
      return {};
  }
}

/** `slugOf` names a member by its number. */
export function noticeDraftOf(reply: GetNoticeReply, slugOf: (member: number) => string): NoticeDraft {
  const content = reply.content;
  if (!content.case) return emptyNotice(reply.notice?.language ?? 'en');
  const it = content.value;
  const kept = ofKind(content, slugOf);
  return {
    ...emptyNotice(it.language),
    title: it.title,
    text: it.text,
    features: [...(it.subjects?.features ?? [])],
    actions: [...(it.subjects?.actionPoints ?? [])],
    links: linksOf(it.links),
    ...kept,
    kept: { ...kept.kept, ...filled({ tags: it.subjects?.tags ?? [] }) },
  };
}
