// What stands beside a value, in words.
import type { IndicatorRow } from '../gen/hansa/v1/node_pb';
import { t } from '../lib/words.svelte';
import { word } from './node_words';
import { attributeTitle } from './titles.svelte';

/** Kind of source, source, supplier, and who vouches for it. */
export function sourceWords(row: IndicatorRow): string {
  return [row.sourceKind && word(row.sourceKind), row.source, row.supplier, row.wordOf].filter(Boolean).join('; ');
}
export function areaWords(row: IndicatorRow): string {
  const area = row.area || t('the city');
  return row.level && row.level !== 'city' ? `${area} (${word(row.level)})` : area;
}
/** How near the figure is to the definition, and how it was derived. */
export function definitionWords(row: IndicatorRow): string {
  return [
    row.match && row.match !== 'exact' ? word(row.match) : '',
    row.derivationNote,
    row.definitionLanguage && t('definition in {0}', row.definitionLanguage),
    ...row.attributes.map((each) => `${attributeTitle(row.cell, each.key)}: ${word(each.value.replaceAll('_', ' '))}`),
  ]
    .filter(Boolean)
    .join('; ');
}
