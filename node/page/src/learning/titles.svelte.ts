// What the framework calls its features and action points, in the reader's language; loaded when first needed.
import { catalogue, commitments, type ActionPoint, type Catalogue, type Feature } from '../framework/catalogue';
import { inLanguage } from '../lib/words.svelte';

interface Loaded {
  catalogue: Catalogue | null;
  features: ReadonlyMap<string, Feature>;
  actions: ReadonlyMap<string, ActionPoint>;
}
let shown = $state.raw<Loaded>({ catalogue: null, features: new Map(), actions: new Map() });
let asking: Promise<void> | null = null;

/** To be called while a component is set up. Returns when they are here; a view that waits for it does not move later. */
export function withTitles(): Promise<void> {
  asking ??= Promise.all([catalogue(), commitments()]).then(
    ([framework, declaration]) => {
      const points = declaration.commitments.flatMap((commitment) => commitment.action_points);
      shown = {
        catalogue: framework,
        features: new Map(framework.features.map((feature) => [feature.id, feature])),
        actions: new Map(points.map((point) => [point.id, point])),
      };
    },
    () => {
      asking = null;
    },
  );
  return asking;
}

export function theCatalogue(): Catalogue | null {
  return shown.catalogue;
}
export function allFeatures(): readonly Feature[] {
  return [...shown.features.values()];
}
export function allActions(): readonly ActionPoint[] {
  return [...shown.actions.values()];
}
/** The statement of a feature; empty while it is not known. */
export function featureTitle(id: string): string {
  return inLanguage(shown.features.get(id)?.statement);
}
export function actionTitle(id: string): string {
  const point = shown.actions.get(id);
  return point ? inLanguage({ en: point.en, ko: point.ko }) : '';
}
/** The feature that an action point belongs to; empty: none. */
export function featureOfAction(id: string): string {
  return shown.actions.get(id)?.feature ?? '';
}
/** What a cell measures, with its breakdown, such as 'Adult literacy rate, female'. */
export function cellTitle(cell: string): string {
  const [row = '', member] = cell.split('#');
  const measurement = shown.catalogue?.measurements.find((each) => each.id === row);
  if (!measurement) return cell;
  const title = inLanguage(measurement.title);
  if (!member) return title;
  const dimension = shown.catalogue?.dimensions.find((each) => each.id === measurement.breakdown);
  const label = dimension?.members.find((each) => each.code === member)?.label;
  return `${title}, ${inLanguage(label) || member}`;
}
/** What a row asks for beside its value, such as 'Election year'. */
export function attributeTitle(cell: string, key: string): string {
  const row = cell.split('#')[0];
  const attributes = shown.catalogue?.measurements.find((each) => each.id === row)?.attributes ?? [];
  return inLanguage(attributes.find((each) => each.code === key)?.label) || key;
}
/** Every cell, in the order of the framework. */
export function allCells(): readonly string[] {
  return shown.catalogue?.measurements.flatMap((each) => [...each.cells]) ?? [];
}
export function unitSign(unit: string): string {
  const found = shown.catalogue?.units.find((each) => each.id === unit);
  return inLanguage(found?.display) || unit;
}
