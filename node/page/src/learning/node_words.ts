// Words that come from the node, in the reader's language. Most stand among its names; these it does not keep there.
import { named, t } from '../lib/words.svelte';

export function word(from: string): string {
  switch (from) {
    case 'official_data':
      return t('official data');
    case 'expert_review':
    case 'experts_review':
      return t('expert review');
    case 'against-rules':
      return t('against the rules');
    case 'metropolitan-area':
      return t('metropolitan area');
    case 'survey-agency':
      return t('survey agency');
    case 'answered':
      return t('answered');
    case 'in force':
      return t('in force');
    case 'indicator set':
      return t('indicator set');
    case 'place':
      return t('number of residents');
    case 'region':
      return t('region');
    case 'topic':
      return t('topic');
    case 'Asia and the Pacific':
      return t('Asia and the Pacific');
    case 'Europe and North America':
      return t('Europe and North America');
    case 'Latin America and the Caribbean':
      return t('Latin America and the Caribbean');
    default:
      return named(from);
  }
}
