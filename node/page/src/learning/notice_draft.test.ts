import { create } from '@bufbuild/protobuf';
import { expect, test } from 'vitest';

import { GetNoticeReplySchema } from '../gen/hansa/v1/node_notices_pb';
import { CallForDataSchema, OpportunityKind, OpportunitySchema, Presence, RecognitionSchema } from '../gen/hansa/v1/notices_pb';
import { noticeDraftOf } from './notice_draft';
import { noticeFile } from './notice_file';

const slugOf = (number: number) => `member-${number}`;

test('a notice that is revised says again what the form does not show', () => {
  const value = create(OpportunitySchema, {
    title: 'Course',
    language: 'en',
    text: 'Come.',
    kind: OpportunityKind.COURSE,
    presence: Presence.ONLINE,
    begins: { date: '2027-05-01', time: '09:00', zone: 'Europe/Berlin' },
    ends: { date: '2027-05-02' },
    places: 20,
    workingLanguages: ['en', 'ko'],
    audience: { words: 'librarians', countries: ['DEU'], members: [3] },
    subjects: { tags: ['reading'] },
  });
  const draft = noticeDraftOf(create(GetNoticeReplySchema, { content: { case: 'opportunity', value } }), slugOf);
  expect(noticeFile(draft)).toEqual({
    title: 'Course',
    language: 'en',
    text: 'Come.',
    tags: ['reading'],
    kind: 'course',
    presence: 'online',
    begins: '2027-05-01 09:00 Europe/Berlin',
    ends: '2027-05-02',
    places: 20,
    working_languages: ['en', 'ko'],
    audience: { words: 'librarians', countries: ['DEU'], members: ['member-3'] },
  });
  expect(noticeFile({ ...draft, startsOn: '2027-05-03' })['begins']).toBe('2027-05-03');
});
test('calls and recognitions keep their questions and members', () => {
  const call = create(CallForDataSchema, {
    title: 'Figures',
    language: 'en',
    text: 'Please.',
    years: [2025, 2026],
    due: { date: '2027-01-31' },
    questions: [{ id: 'a', question: 'Why?' }],
  });
  const asked = noticeDraftOf(create(GetNoticeReplySchema, { content: { case: 'call', value: call } }), slugOf);
  expect(noticeFile(asked)).toEqual({
    title: 'Figures',
    language: 'en',
    text: 'Please.',
    due: '2027-01-31',
    years: [2025, 2026],
    questions: [{ id: 'a', question: 'Why?' }],
  });
  const award = create(RecognitionSchema, { title: 'Award', language: 'en', text: 'Well done.', members: [2], decidedBy: 'Jury' });
  const given = noticeDraftOf(create(GetNoticeReplySchema, { content: { case: 'recognition', value: award } }), slugOf);
  expect(noticeFile(given)['members']).toEqual(['member-2']);
});
