// Names of a new member. Pure.

export interface Country {
  alpha3: string;
  alpha2: string;
  name: string;
}

/** The rows of countries.csv, with names in the reader's language, sorted by them. */
export function countriesOf(csv: string, language: string): Country[] {
  const names = new Intl.DisplayNames([language], { type: 'region' });
  const rows = csv.trim().split(/\r?\n/);
  const columns = (rows.shift() ?? '').split(',');
  const at = (row: string[], column: string) => row[columns.indexOf(column)] ?? '';
  return rows
    .map((row) => row.split(','))
    .map((row) => ({ alpha3: at(row, 'iso3'), alpha2: at(row, 'iso2'), name: names.of(at(row, 'iso2')) ?? at(row, 'iso3') }))
    .sort((a, b) => a.name.localeCompare(b.name, language));
}

/** A short name to begin with: 'fi-espoo' for Espoo of Finland; 'kr-' where the name has no Latin letters. */
export function slugFor(alpha2: string, name: string): string {
  const plain = name
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `${alpha2.toLowerCase()}-${plain}`.slice(0, 63);
}

export function isSlug(text: string): boolean {
  return /^[a-z]{2,3}-[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= 63;
}

/** The name of the network that a charter is of; null: it is no charter. */
export function networkIn(charter: string): string | null {
  try {
    const json = JSON.parse(charter) as { hansa?: unknown; name?: unknown };
    return json.hansa === 'charter' && typeof json.name === 'string' ? json.name : null;
  } catch {
    return null;
  }
}
