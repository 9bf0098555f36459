// In what a city is like another, as the node says it, with names for the country and the region that it ends with.

export interface Circumstances {
  /** Three letters; INT: none. */
  country: string;
  region: string;
}

/** `reasons` in the reader's language: 'in the same country, GBR' is 'in the same country, United Kingdom'. */
export function likenessWords(
  reasons: readonly string[],
  city: Circumstances | undefined,
  names: { country: (letters: string) => string; region: (name: string) => string },
): string {
  const ends = (reason: string, with_: string | undefined) => !!with_ && reason.endsWith(`, ${with_}`);
  const said = reasons.map((reason) => {
    // Not to be of any country is nothing in common.
    if (ends(reason, 'INT')) return '';
    if (city && ends(reason, city.country)) return reason.slice(0, -city.country.length) + names.country(city.country);
    if (city && ends(reason, city.region)) return reason.slice(0, -city.region.length) + names.region(city.region);
    return reason;
  });
  return said.filter(Boolean).join('; ');
}
