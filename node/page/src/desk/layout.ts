// The framework as the form of a year: areas in their three parts, the features in them, their measurements and cells.
import type { Area, Catalogue, Feature, Measurement, Part, Texts } from '../framework/catalogue';
import type { Unit } from './written';

/** One figure that a city may give for a year. */
export interface Cell {
  /** Such as '1.1.1/adult-literacy-rate#female'. */
  id: string;
  measurement: Measurement;
  /** Its member of the breakdown, such as 'Female'; null: the row has no breakdown. */
  member: Texts | null;
  area: string;
  /** From 0, in the order of the framework. */
  place: number;
}
export interface MeasurementLayout {
  measurement: Measurement;
  cells: Cell[];
}
export interface FeatureLayout {
  feature: Feature;
  measurements: MeasurementLayout[];
}
export interface AreaLayout {
  area: Area;
  part: Part | undefined;
  features: FeatureLayout[];
  cells: Cell[];
}
export interface Layout {
  areas: AreaLayout[];
  cells: ReadonlyMap<string, Cell>;
}

export function layoutOf(catalogue: Catalogue): Layout {
  const labels = new Map<string, Texts>();
  for (const dimension of catalogue.dimensions) {
    for (const member of dimension.members) labels.set(`${dimension.id}/${member.code}`, member.label);
  }
  const cells = new Map<string, Cell>();
  const areas = catalogue.areas.map((area) => {
    const laid: AreaLayout = {
      area,
      part: catalogue.parts.find((part) => part.id === area.part),
      features: [],
      cells: [],
    };
    for (const feature of catalogue.features) {
      if (feature.area !== area.id) continue;
      const measurements = catalogue.measurements
        .filter((measurement) => measurement.feature === feature.id)
        .map((measurement) => ({
          measurement,
          cells: measurement.cells.map((id) => {
            const code = id.split('#')[1];
            const member = code ? (labels.get(`${measurement.breakdown}/${code}`) ?? { en: code }) : null;
            const cell: Cell = { id, measurement, member, area: area.id, place: cells.size };
            cells.set(id, cell);
            laid.cells.push(cell);
            return cell;
          }),
        }));
      laid.features.push({ feature, measurements });
    }
    return laid;
  });
  return { areas, cells };
}

/** What a number of the row may be written with; 'other' where there is none. */
export function unitOf(measurement: Measurement | undefined): Unit {
  return measurement?.unit === 'percent' ? 'percent' : 'other';
}

/** Only experts say it: a city never gives such a value itself. */
export function isOfExperts(measurement: Measurement): boolean {
  return measurement.sources.every((source) => source === 'expert_review');
}

export interface Completeness {
  reported: number;
  of: number;
}
/** Cells with a value or a reason for none, of all; how many, and never how good. */
export function completenessOf(cells: Iterable<Cell>, isAnswered: (cell: string) => boolean): Completeness {
  const counted = { reported: 0, of: 0 };
  for (const cell of cells) {
    counted.of += 1;
    if (isAnswered(cell.id)) counted.reported += 1;
  }
  return counted;
}

/** The cell that a problem is about: of a whole row its last one, where the total stands. */
export function cellOfProblem(layout: Layout, id: string): Cell | undefined {
  const own = layout.cells.get(id);
  if (own) return own;
  return [...layout.cells.values()].findLast((cell) => cell.measurement.id === id);
}
/** What is said of the cell, and with the last cell of a row what is said of the row. */
export function problemsFor<T>(cell: Cell, problems: ReadonlyMap<string, T[]>): T[] {
  const isLast = cell.measurement.cells.at(-1) === cell.id && cell.id !== cell.measurement.id;
  return [...(problems.get(cell.id) ?? []), ...(isLast ? (problems.get(cell.measurement.id) ?? []) : [])];
}
