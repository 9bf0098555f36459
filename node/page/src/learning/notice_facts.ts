// What is said in short of a notice, by its kind.
import type { GetNoticeReply } from '../gen/hansa/v1/node_notices_pb';
import { OpportunityKind, Presence } from '../gen/hansa/v1/notices_pb';
import { t } from '../lib/words.svelte';
import { word } from './node_words';
import { languageName } from './people.svelte';
import { plainWords } from './practice_file';
import {
  behalfFact,
  contactFacts,
  daysWords,
  linkFacts,
  momentWords,
  organizationsFact,
  type SharedFact,
} from './shared_facts';

/** Its text in Markdown; empty: there is none. */
export function noticeText(reply: GetNoticeReply): string {
  return reply.content.case ? reply.content.value.text : '';
}
export function noticeTags(reply: GetNoticeReply): readonly string[] {
  return reply.content.case ? (reply.content.value.subjects?.tags ?? []) : [];
}

function audienceFact(reply: GetNoticeReply): SharedFact {
  return { term: t('For whom'), words: reply.notice?.audience || (reply.content.case ? t('everyone') : '') };
}
function presenceWords(presence: Presence): string {
  if (presence === Presence.ON_SITE) return t('at a place');
  if (presence === Presence.ONLINE) return t('online');
  return presence === Presence.BOTH ? t('at a place and online') : '';
}

export function noticeFacts(reply: GetNoticeReply): SharedFact[] {
  const content = reply.content;
  switch (content.case) {
    case 'opportunity': {
      const it = content.value;
      return [
        behalfFact(it.onBehalfOf),
        { term: t('Kind'), words: it.kind ? word(plainWords(OpportunityKind[it.kind])) : '' },
        { term: t('Apply until'), words: momentWords(it.deadline) },
        { term: t('Begins'), words: momentWords(it.begins) },
        { term: t('Ends'), words: momentWords(it.ends) },
        { term: t('Where'), words: [it.place, presenceWords(it.presence)].filter(Boolean).join(', ') },
        audienceFact(reply),
        { term: t('How to apply'), words: it.howToApply },
        { term: t('Working languages'), words: it.workingLanguages.map(languageName).join(', ') },
        { term: t('Places'), words: it.places ? String(it.places) : '' },
        { term: t('Cost'), words: it.cost },
        { ...organizationsFact(it.organizers), term: t('Organizers') },
        ...contactFacts(it.contact),
        ...linkFacts(it.links),
        { term: t('Source'), words: it.source },
        { term: t('Licence'), words: it.licence },
      ];
    }
    case 'call': {
      const it = content.value;
      return [
        behalfFact(it.onBehalfOf),
        { term: t('Due'), words: momentWords(it.due) },
        { term: t('Years'), words: it.years.join(', ') },
        { term: t('Period'), words: daysWords(it.periodStartsOn, it.periodEndsOn) },
        audienceFact(reply),
        { term: t('Questions for a report'), words: it.questions.map((question) => question.question).join('\n') },
        ...contactFacts(it.contact),
        ...linkFacts(it.links),
      ];
    }
    case 'guidance': {
      const it = content.value;
      return [
        behalfFact(it.onBehalfOf),
        { term: t('Edition'), words: it.edition },
        audienceFact(reply),
        ...linkFacts(it.links),
        { term: t('Licence'), words: it.licence },
      ];
    }
    case 'recognition': {
      const it = content.value;
      return [
        behalfFact(it.onBehalfOf),
        { term: t('Award'), words: it.award },
        { term: t('Year'), words: it.year ? String(it.year) : '' },
        { term: t('Made known on'), words: it.announcedOn },
        { term: t('Decided by'), words: it.decidedBy },
        ...linkFacts(it.links),
        { term: t('Source'), words: it.source },
        { term: t('Licence'), words: it.licence },
      ];
    }
    case 'cluster': {
      const it = content.value;
      return [
        behalfFact(it.onBehalfOf),
        { term: t('When'), words: daysWords(it.startsOn, it.endsOn) },
        { term: t('How it meets and works'), words: it.meetings },
        ...contactFacts(it.contact),
        ...linkFacts(it.links),
      ];
    }
    default:
      return [];
  }
}
