// Who is signed in. A session that ends in the middle of work loses nothing: whatever was asked waits until the person
// has signed in again, and is then asked once more.
import { language, t } from './words.svelte';

export type Role = 'reader' | 'editor' | 'publisher' | 'administrator';

export interface Account {
  name: string;
  role: Role;
  departments: string[];
  /** A code of an authenticator app is asked for beside the password. */
  has_code: boolean;
}

/** The node as whoever asks may know it. */
export interface NodeName {
  slug: string;
  name: string;
  role: string;
  network: string;
}

interface Answer {
  account: Account | null;
  csrf?: string;
  node?: NodeName;
  open?: boolean;
  has_accounts?: boolean;
  four_eyes?: boolean;
}

export const session = $state({
  /** Nothing is known before the first answer. */
  known: false,
  account: null as Account | null,
  node: { slug: '', name: '', role: '', network: '' } as NodeName,
  /** What is published is shown without an account. */
  open: false,
  hasAccounts: true,
  /** What is published here waits until a second person agrees. */
  fourEyes: false,
  /** Somebody was signed in, the session ended, and what they did waits. */
  ended: false,
  csrf: '',
});

let waiting: ((signedIn: boolean) => void)[] = [];

function take(answer: Answer): void {
  session.known = true;
  session.account = answer.account;
  session.csrf = answer.csrf ?? '';
  if (answer.node) session.node = answer.node;
  if (answer.open !== undefined) session.open = answer.open;
  if (answer.has_accounts !== undefined) session.hasAccounts = answer.has_accounts;
  if (answer.four_eyes !== undefined) session.fourEyes = answer.four_eyes;
  if (!answer.account) return;
  session.ended = false;
  const waited = waiting;
  waiting = [];
  for (const go of waited) go(true);
}

/** What the node answered instead of doing it: a sentence for people, and Connect's name of the code. */
export class Refusal extends Error {
  readonly code: string;
  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

/** What stands at an address of the node besides its API. */
export async function askDoor<T = Answer>(method: string, path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { 'X-Hansa-Language': language() };
  if (method !== 'GET') headers['Content-Type'] = 'application/json';
  if (session.csrf) headers['X-Hansa-CSRF'] = session.csrf;
  let response: Response;
  try {
    response = await fetch(path, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
  } catch {
    throw new Error(t('the node does not answer; see whether it runs, and try again'));
  }
  const answer = (await response.json().catch(() => null)) as { code?: string; message?: string } | null;
  if (response.ok) {
    if (answer !== null && typeof answer === 'object') return answer as T;
    // Of a proxy before the node, perhaps, that asks to sign in elsewhere.
    throw new Error(
      t('what came back is no answer of the node; load the page anew, and if it stays so, tell whoever cares for this node'),
    );
  }
  if (answer?.code === 'unauthenticated' && path !== '/session' && session.account !== null && (await untilSignedIn())) {
    return askDoor<T>(method, path, body);
  }
  throw new Refusal(
    answer?.message ??
      t('the node could not answer (HTTP {0}); try again, and if it stays so, tell whoever cares for this node', response.status),
    answer?.code ?? '',
  );
}

export async function lookWhoIsSignedIn(): Promise<void> {
  take(await askDoor('GET', '/session'));
}
/** The same for who is signed in; that nobody is any more shows with what they do next, and not before. */
export async function lookAgain(): Promise<void> {
  const answer = await askDoor('GET', '/session');
  if (answer.account) take(answer);
}
/** `code`: the six digits of an authenticator, for accounts that have one; the node refuses with failed_precondition without. */
export async function signIn(name: string, password: string, code = ''): Promise<void> {
  take(await askDoor('POST', '/session', { name, password, ...(code ? { code } : {}) }));
}
/** By a link that was issued for the account: chooses its password, and signs in. */
export async function signInByLink(token: string, password: string): Promise<void> {
  take(await askDoor('POST', '/session/link', { token, password }));
}
export async function changePassword(old: string, chosen: string): Promise<void> {
  // Every session of the account ended; the answer is a new one.
  take(await askDoor('POST', '/session/password', { old, new: chosen }));
}
/** A new secret for an authenticator app, which counts once a code of it was confirmed. */
export function offerCodes(password: string): Promise<{ secret: string; address: string }> {
  return askDoor('POST', '/session/code', { password });
}
export async function confirmCodes(code: string): Promise<void> {
  // As after another password.
  take(await askDoor('POST', '/session/code', { code }));
}
/** With a code once more: whoever has the password alone does not turn them off. */
export async function endCodes(password: string, code: string): Promise<void> {
  const { account } = await askDoor('DELETE', '/session/code', { password, code });
  session.account = account;
}
export async function signOut(): Promise<void> {
  await askDoor('DELETE', '/session', {});
  session.account = null;
  session.csrf = '';
}

/** The node says that nobody is signed in: true once somebody is again. */
export function untilSignedIn(): Promise<boolean> {
  session.ended = true;
  session.csrf = '';
  return new Promise((go) => waiting.push(go));
}
/** Nobody will sign in again: what waits fails. */
export function giveUpSession(): void {
  session.ended = false;
  session.account = null;
  const waited = waiting;
  waiting = [];
  for (const go of waited) go(false);
}

const order: Role[] = ['reader', 'editor', 'publisher', 'administrator'];
/** Whether who is signed in may do what needs that role. */
export function may(role: Role): boolean {
  return session.account !== null && order.indexOf(session.account.role) >= order.indexOf(role);
}
