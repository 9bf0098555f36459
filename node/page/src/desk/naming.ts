// Cells of the framework by their names for people.
import { catalogue } from '../framework/catalogue';
import { inLanguage } from '../lib/words.svelte';
import { layoutOf, type Layout } from './layout';
import { Units } from './units';
import { columnName } from './words';

export class Naming {
  readonly layout: Layout;
  readonly units: Units;
  constructor(layout: Layout, units: Units) {
    this.layout = layout;
    this.units = units;
  }
  /** 'Adult literacy rate, Female'; the id itself for a cell that the framework lacks. */
  cell(id: string): string {
    const cell = this.layout.cells.get(id);
    if (!cell) return id;
    const title = inLanguage(cell.measurement.title);
    return cell.member ? `${title}, ${inLanguage(cell.member)}` : title;
  }
  /** A column of an answer, or what a row asks for beside its value. */
  column(name: string): string {
    for (const { measurement } of this.layout.cells.values()) {
      const attribute = measurement.attributes.find((each) => each.code === name);
      if (attribute) return inLanguage(attribute.label);
    }
    return columnName(name);
  }
  unit(id: string): string {
    return this.units.name(id);
  }
}

export async function loadNaming(): Promise<Naming> {
  const data = await catalogue();
  return new Naming(layoutOf(data), new Units(data));
}
