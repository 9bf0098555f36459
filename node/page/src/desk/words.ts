// What the desk calls things, in the reader's language.
import type { IndicatorRow } from '../gen/hansa/v1/node_pb';
import { t } from '../lib/words.svelte';

/** What an answer says, in a word or a sentence. */
export function answerOf(row: IndicatorRow | undefined): string {
  if (!row) return t('not reported');
  if (row.value !== undefined && row.value !== '') return row.value;
  return row.noDataReason ? t('no data: {0}', row.noDataReason) : t('not reported');
}

export function columnName(column: string): string {
  switch (column) {
    case 'value':
      return t('Value');
    case 'no_data_reason':
      return t('Why there is no value');
    case 'source_kind':
      return t('Kind of source');
    case 'source':
      return t('Source');
    case 'supplier':
      return t('Supplied by');
    case 'licence':
      return t('Licence');
    case 'period':
      return t('Period');
    case 'area':
      return t('Area');
    case 'level':
      return t('What area it is');
    case 'match':
      return t('How near to the definition');
    case 'derivation_note':
      return t('How it was derived, and what differs');
    case 'language':
      return t('Language of the definition');
    case 'note':
      return t('Note');
    case 'approved_by':
      return t('Approved by');
    case 'unit':
      return t('Unit');
    default:
      return column;
  }
}

/** A choice of an attribute of the catalogue. */
export function choiceName(code: string): string {
  switch (code) {
    case 'turnover':
      return t('by turnover');
    case 'employees':
      return t('by number of employees');
    case 'ppp':
      return t('by purchasing power');
    case 'market_exchange_rate':
      return t('by the exchange rate of the market');
    case '1.25_ppp_2005':
      return t('US$ 1.25 a day (PPP of 2005)');
    case 'filed':
      return t('patents filed');
    case 'granted':
      return t('patents granted');
    case 'mean':
      return t('the mean');
    case 'median':
      return t('the median');
    case 'mode':
      return t('the most frequent answer');
    case 'in_the_year':
      return t('made in the year');
    case 'in_all':
      return t('in all, of any year');
    case 'other':
      return t('another');
    default:
      return code;
  }
}

export function sourceKindName(code: string): string {
  switch (code) {
    case 'official_data':
      return t('official data');
    case 'survey':
      return t('a survey');
    case 'expert_review':
      return t('a review by experts');
    default:
      return code;
  }
}
export function levelName(code: string): string {
  return code === 'region' ? t('a wider area in which the city lies') : t('the city');
}
export function matchName(code: string): string {
  switch (code) {
    case 'exact':
      return t('the same');
    case 'close':
      return t('the same with a small difference');
    case 'proxy':
      return t('another measure that stands near it');
    case 'approximate':
      return t('its area or population may not be quite the city’s');
    default:
      return t('not compared');
  }
}
const written = [
  'source',
  'supplier',
  'licence',
  'period',
  'area',
  'derivation_note',
  'language',
  'note',
  'approved_by',
];
/** What stands in a column, for people. */
export function columnText(column: string, text: string): string {
  if (text === '' || written.includes(column)) return text;
  if (column === 'source_kind') return sourceKindName(text);
  if (column === 'level') return levelName(text);
  if (column === 'match') return matchName(text);
  return choiceName(text);
}
