// The node's own API, as proto/hansa/v1/node.proto describes it: `node.listPractices({ lang: 'ko' })`. Every failure is a
// ConnectError whose rawMessage is one line for people, in their language.
import { Code, ConnectError, createClient, type Interceptor } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-web';

import { Node } from '../gen/hansa/v1/node_pb';
import { putForward } from './proposals.svelte';
import { session, untilSignedIn } from './session.svelte';
import { language, t } from './words.svelte';

const withSession: Interceptor = (next) => async (request) => {
  for (;;) {
    request.header.set('X-Hansa-Language', language());
    if (session.csrf) request.header.set('X-Hansa-CSRF', session.csrf);
    try {
      return await next(request);
    } catch (error) {
      if (ConnectError.from(error).metadata.has('x-hansa-put-forward')) putForward.open = true;
      const lost = ConnectError.from(error).code === Code.Unauthenticated && session.account !== null;
      if (!lost || !(await untilSignedIn())) throw error;
    }
  }
};

const common = { baseUrl: location.origin, interceptors: [withSession], defaultTimeoutMs: 65_000 };

export const node = createClient(Node, createConnectTransport({ ...common, useBinaryFormat: false }));
/** The same with bytes as bytes: for whatever carries a file. */
export const files = createClient(Node, createConnectTransport({ ...common, useBinaryFormat: true }));

/** Whether the node says that there is nothing of that name, or that it is no name. */
export function isNothing(error: unknown): boolean {
  return error instanceof ConnectError && (error.code === Code.NotFound || error.code === Code.InvalidArgument);
}

/** What to show a person of something that failed. */
export function saying(error: unknown): string {
  if (error instanceof ConnectError) {
    const isAway = error.code === Code.Unknown && error.cause instanceof TypeError;
    if (isAway) return t('the node does not answer; see whether it runs, and try again');
    // What was not said by the node's API: by its door, or a proxy before it, or by the browser that waited.
    if (error.rawMessage === 'HTTP 413') return t('this is more than the node takes at once; make it shorter and try again');
    const status = /^HTTP (\d+)$/.exec(error.rawMessage)?.[1];
    if (status) return t('the node could not answer (HTTP {0}); try again, and if it stays so, tell whoever cares for this node', status);
    if (error.rawMessage === 'the operation timed out') return t('the node takes too long to answer; try again');
    return error.rawMessage;
  }
  return error instanceof Error ? error.message : String(error);
}

/** Has the browser keep bytes as a file. */
export function keepAsFile(bytes: Uint8Array, name: string, mediaType: string): void {
  const address = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: mediaType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
