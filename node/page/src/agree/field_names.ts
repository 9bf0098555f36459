// Names that fields have in requests and in the schemas of records, in words. Those that nobody gave a name here are shown
// as the schema has them.
import { t } from '../lib/words.svelte';

function wordOf(name: string, method: string): string {
  switch (name) {
    case 'id':
      return t('Number of the record');
    case 'of revision':
      return method === 'TranslatePractice' ? t('Revision of the original that was translated') : t('Written over revision');
    case 'revision':
      return t('Revision that was read');
    case 'approved by':
      return t('Approved by (a role)');
    case 'with':
      return t('With');
    case 'about':
      return t('About');
    case 'question':
      return t('Question');
    case 'mark':
      return t('Mark');
    case 'direction':
      return t('Offer or request');
    case 'starts on':
      return t('First day');
    case 'ends on':
      return t('Last day');
    case 'title':
      return t('Title');
    case 'summary':
      return t('In short');
    case 'problem':
      return t('The problem');
    case 'done':
      return t('What was done');
    case 'outcome':
      return t('What came of it');
    case 'text':
      return t('Text');
    case 'terms':
      return t('Terms');
    case 'language':
      return t('Language');
    case 'reason':
      return t('Reason');
    case 'year':
      return t('Year');
    case 'cell':
      return t('Cell');
    case 'value':
      return t('Value');
    case 'kind':
      return t('Kind');
    case 'features':
    case 'feature ids':
      return t('Key features');
    case 'action points':
      return t('Action points');
    case 'tags':
      return t('Free words');
    case 'cost':
      return t('Cost');
    case 'population':
      return t('How many people live here');
    case 'population year':
      return t('Year of the number');
    case 'people':
      return t('People reached');
    case 'method':
      return method === 'TranslatePractice' ? t('How it was translated') : name;
    case 'translated by':
      return t('Office that translated it');
    case 'licence':
      return t('Licence');
    case 'source':
      return t('Source');
    case 'area':
      return t('Area');
    case 'file':
      return t('Name of the file');
    case 'name':
      return t('Name');
    case 'description':
      return t('What it shows');
    case 'contact':
      return t('Contact');
    case 'role':
      return t('Role');
    case 'office':
      return t('Office');
    case 'note':
      return t('Note');
    default:
      return name;
  }
}

/** 'contact · role' part by part, of what a method of the node takes. */
export function fieldName(name: string, method: string): string {
  return name
    .split(' · ')
    .map((part) => wordOf(part, method))
    .join(' · ');
}
