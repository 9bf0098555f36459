import { expect, test } from 'vitest';

import { emptyNotice, noticeFile, noticeLacks } from './notice_file';

const typed = { ...emptyNotice('en'), title: 'Summer course', text: 'A *course*.', zone: 'Asia/Seoul' };

test('only what belongs to the kind goes to the node', () => {
  const all = { ...typed, sort: 'course', deadline: '2027-03-31', deadlineTime: '17:00', award: 'none', meetings: 'none' };
  expect(noticeFile(all)).toEqual({
    title: 'Summer course',
    language: 'en',
    text: 'A *course*.',
    kind: 'course',
    deadline: '2027-03-31 17:00 Asia/Seoul',
  });
  expect(noticeFile({ ...all, kind: 'cluster', startsOn: '2027-01-01' })).toEqual({
    title: 'Summer course',
    language: 'en',
    text: 'A *course*.',
    starts_on: '2027-01-01',
    meetings: 'none',
  });
});
test('a day without a time has no zone', () => {
  expect(noticeFile({ ...typed, kind: 'call', deadline: '2027-06-30', years: '2025, 2026' })).toMatchObject({
    due: '2027-06-30',
    years: [2025, 2026],
  });
});
test('a recognition says who decided, and whom it thanks', () => {
  expect(noticeLacks({ ...typed, kind: 'recognition' })).toEqual(['decided-by', 'members']);
  const whole = { ...typed, kind: 'recognition' as const, decidedBy: 'Jury', members: ['gb-derby'], year: '2027' };
  expect(noticeLacks(whole)).toEqual([]);
  expect(noticeFile(whole)).toMatchObject({ decided_by: 'Jury', members: ['gb-derby'], year: 2027 });
});
test('what is missing or cannot be is said before it is sent', () => {
  expect(noticeLacks(emptyNotice('en'))).toEqual(['title', 'text']);
  expect(noticeLacks({ ...typed, startsOn: '2027-02-01', endsOn: '2027-01-01' })).toEqual(['days']);
  expect(noticeLacks({ ...typed, kind: 'call', years: '2025, next' })).toEqual(['years']);
});
