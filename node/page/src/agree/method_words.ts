// What somebody wants to publish, in words, and where what it is about can be read as it is published now.
import { session } from '../lib/session.svelte';
import { t } from '../lib/words.svelte';

export function deedOf(method: string, request: Record<string, unknown> = {}): string {
  const year = String(request['year'] ?? '');
  switch (method) {
    case 'PublishIndicators':
      return year ? t('Publish the indicators of {0}', year) : t('Publish the indicators');
    case 'WithdrawIndicators':
      return year ? t('Take back the indicators of {0}', year) : t('Take back indicators');
    case 'PublishSummary':
      return t('Publish the summary of a year');
    case 'SetTarget':
      return t('Set a target');
    case 'WithdrawTarget':
      return t('Take back a target');
    case 'SetPlace':
      return t('Say how many people live here');
    case 'WithdrawPlace':
      return t('Take back how many people live here');
    case 'AddStrategy':
      return t('Publish a strategy');
    case 'ReviseStrategy':
      return t('Revise a strategy');
    case 'WithdrawStrategy':
      return t('Take back a strategy');
    case 'SubmitReport':
      return t('Publish a report for experts');
    case 'PublishRating':
      return t('Publish the rating of an expert');
    case 'EnterSurvey':
      return t('Publish what a survey found');
    case 'WithdrawReview':
      return t('Take back a report, rating or survey');
    case 'AddPractice':
      return t('Publish a practice');
    case 'RevisePractice':
      return t('Revise a practice');
    case 'WithdrawPractice':
      return t('Take back a practice');
    case 'TranslatePractice':
      return t('Publish a translation of a practice');
    case 'AttachFile':
      return t('Attach a file');
    case 'DetachFile':
      return t('Take a file off');
    case 'Ask':
      return t('Publish a question');
    case 'AnswerQuestion':
      return t('Publish an answer');
    case 'AddComment':
      return t('Publish a comment');
    case 'OpenTopic':
      return t('Open a topic');
    case 'WithdrawWord':
      return t('Take back a topic, question, answer or comment');
    case 'AddNotice':
      return t('Publish a notice');
    case 'ReviseNotice':
      return t('Revise a notice');
    case 'WithdrawNotice':
      return t('Take back a notice');
    case 'TakePart':
      return t('Publish that we took part');
    case 'WithdrawTakenPart':
      return t('Take back that we took part');
    case 'JoinCluster':
      return t('Join a cluster');
    case 'LeaveCluster':
      return t('Leave a cluster');
    case 'PublishOffer':
      return t('Publish an offer or a request');
    case 'ReviseOffer':
      return t('Revise an offer or a request');
    case 'ReplyToOffer':
      return t('Reply to an offer');
    case 'AcceptOffer':
      return t('Sign a partnership');
    case 'DeclineOffer':
      return t('Decline an offer or a reply');
    case 'LeavePartnership':
      return t('Leave a partnership');
    case 'ConcludeOffer':
      return t('Say that an offer or a partnership is over');
    case 'WithdrawOffer':
      return t('Take back an offer, reply or signature');
    default:
      return method;
  }
}

/** Where what it is about is read; empty: nowhere by itself. */
export function placeOf(method: string, request: Record<string, unknown>): string {
  if (/Place$/.test(method)) return `/cities/${session.node.slug}`;
  const id = typeof request['id'] === 'string' ? request['id'] : '';
  if (!id) return '';
  // A partnership has no address of its own.
  if (id.length === 64) return '/partnerships';
  if (/Practice$/.test(method)) return `/practices/${id}`;
  if (/Strategy$/.test(method)) return `/strategies/${id}`;
  if (/Notice$/.test(method)) return `/notices/${id}`;
  if (/Offer$/.test(method)) return `/offers/${id}`;
  return '';
}
