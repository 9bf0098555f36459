// Members by what they are called and where they are; never by a value.
export interface Findable {
  slug: string;
  name: string;
  kind: string;
}

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();
}

/** Those whose name, slug or country has every word, by name. */
export function foundCities<T extends Findable>(
  all: readonly T[],
  words: string,
  countryOf: (slug: string) => string,
): T[] {
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  return all
    .filter((one) => {
      const said = plain(`${one.name} ${one.slug} ${countryOf(one.slug)}`);
      return wanted.every((word) => said.includes(word));
    })
    .sort((a, b) => a.name.localeCompare(b.name) || a.slug.localeCompare(b.slug));
}

/** By country, by its name; those of no country last. */
export function byCountry<T extends Findable>(
  all: readonly T[],
  countryOf: (slug: string) => string,
): { country: string; cities: T[] }[] {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const country = countryOf(one.slug);
    groups.set(country, [...(groups.get(country) ?? []), one]);
  }
  return [...groups]
    .map(([country, cities]) => ({ country, cities }))
    .sort((a, b) => (a.country === '' ? 1 : b.country === '' ? -1 : a.country.localeCompare(b.country)));
}
