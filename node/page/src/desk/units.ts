// Units of the catalogue by their ids, as the reader's language writes them.
import type { Catalogue } from '../framework/catalogue';
import { inLanguage } from '../lib/words.svelte';

export class Units {
  readonly #names: ReadonlyMap<string, Catalogue['units'][number]>;
  constructor(catalogue: Catalogue) {
    this.#names = new Map(catalogue.units.map((unit) => [unit.id, unit]));
  }
  name(id: string): string {
    const unit = this.#names.get(id);
    return unit ? inLanguage(unit.display) : id;
  }
}
