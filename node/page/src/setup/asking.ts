// Setting a node up is asked for beside its API, which there is only once it runs.
import { lookWhoIsSignedIn, session } from '../lib/session.svelte';
import { language, t } from '../lib/words.svelte';

export interface Particulars {
  charter: string;
  kind: string;
  slug: string;
  name: string;
  country: string;
  endpoint: string;
}

async function post(path: string, body: unknown): Promise<string> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Hansa-Language': language(), 'X-Hansa-CSRF': session.csrf },
      body: JSON.stringify(body),
    });
  } catch {
    throw new Error(t('the node does not answer; see whether it runs, and try again'));
  }
  const text = await response.text();
  if (response.ok) return text;
  let said = response.statusText;
  try {
    said = (JSON.parse(text) as { message?: string }).message ?? said;
  } catch {
    // No JSON: the line of the status has to do.
  }
  throw new Error(said);
}

/** Sets the node up; returns once it runs. */
export async function setUp(particulars: Particulars): Promise<void> {
  await post('/setup', particulars);
  while (session.node.slug === '') {
    await new Promise((soon) => setTimeout(soon, 200));
    await lookWhoIsSignedIn().catch(() => undefined);
  }
}

/** The application, as the text of the file that whoever admits is given. */
export function application(mayor: string): Promise<string> {
  return post('/setup/apply', { mayor });
}
