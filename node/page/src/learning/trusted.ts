// The one way by which HTML comes into the page: from the node, which made it safe (node/markdown). Browsers that know
// of trusted types let in no other.
interface Policy {
  createHTML(html: string): unknown;
}
interface Factory {
  createPolicy(name: string, rules: { createHTML: (html: string) => string }): Policy;
}

const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
const policy = factory?.createPolicy('hansa-prose', { createHTML: (html) => html });

/** For {@html} alone. */
export function fromNode(html: string): string {
  return (policy?.createHTML(html) ?? html) as string;
}
