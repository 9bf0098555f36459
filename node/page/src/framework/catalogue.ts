// The framework as data (node/catalogue), typed as far as the page reads it, and loaded when a view first needs it.
export type Texts = Readonly<Record<string, string>>;

/** Something that an editor of the data found: where the languages differ, how a gap was read, what was repaired. */
export interface Note {
  kind: 'language_difference' | 'interpretation' | 'ocr_repair';
  text: string;
}
export interface Part {
  id: string;
  structure: 'pediment' | 'columns' | 'foundational_steps';
  name: Texts;
  notes: readonly Note[];
}
export interface Area {
  id: string;
  part: string;
  name: Texts;
  component_name: Texts;
  commitment: string;
  notes: readonly Note[];
}
export interface Feature {
  id: string;
  area: string;
  statement: Texts;
  action_point: string;
  notes: readonly Note[];
}
export interface Attribute {
  code: string;
  label: Texts;
  value_type: string;
  choices?: readonly string[];
  required: boolean;
}
export interface Measurement {
  id: string;
  feature: string;
  title: Texts;
  definition: Texts;
  sources: readonly string[];
  unit: string;
  value_type: string;
  scale: string | null;
  range: { min: number; max: number | null };
  breakdown: string | null;
  members: readonly string[] | null;
  cells: readonly string[];
  counted: Texts | null;
  attributes: readonly Attribute[];
  population: { text: Texts } | null;
  denominator: { text: Texts } | null;
  reference_period: { text: Texts };
  checks: readonly { rule: string; text: string }[];
  notes: readonly Note[];
}
export interface Scale {
  id: string;
  points: readonly { value: number; label: Texts }[];
  notes: readonly Note[];
}
export interface Dimension {
  id: string;
  label: Texts;
  members: readonly { code: string; label: Texts }[];
}
export interface Catalogue {
  framework: { id: string; version: string; name: Texts; adopted: string; source: string; rights: string };
  source_kinds: readonly { code: string; label: Texts }[];
  units: readonly { id: string; display: Texts }[];
  scales: readonly Scale[];
  dimensions: readonly Dimension[];
  parts: readonly Part[];
  areas: readonly Area[];
  features: readonly Feature[];
  measurements: readonly Measurement[];
}

export interface ActionPoint {
  id: string;
  en: string;
  ko: string;
  feature: string | null;
  related_measurements: readonly string[];
  notes: readonly Note[];
}
export interface Commitment {
  id: string;
  number: number;
  area: string;
  title: Texts;
  rationale: Texts;
  action_points: readonly ActionPoint[];
  notes: readonly Note[];
}
export interface Commitments {
  declaration: { name: Texts; subtitle: Texts; text: string };
  commitments: readonly Commitment[];
}

export async function catalogue(): Promise<Catalogue> {
  return (await import('../../../catalogue/key_features.json')).default as unknown as Catalogue;
}
export async function commitments(): Promise<Commitments> {
  return (await import('../../../catalogue/commitments.json')).default as unknown as Commitments;
}

/** The address of a feature, or of a measurement in it: '1.1.1' or '1.1.1/adult-literacy-rate'. */
export function addressOf(id: string): string {
  const [feature, measurement] = id.split('/');
  return measurement ? `/framework/${feature}#${measurement}` : `/framework/${feature}`;
}
/** What an anchor calls a measurement: 'adult-literacy-rate' of '1.1.1/adult-literacy-rate'. */
export function anchorOf(measurement: string): string {
  return measurement.split('/')[1] ?? measurement;
}
