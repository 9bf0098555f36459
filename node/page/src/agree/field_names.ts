// Names that fields have in requests and in the schemas of records, in words. Those that nobody gave a name here are shown
// as the schema has them.
import { t } from '../lib/words.svelte';

function wordOf(name: string): string {
  switch (name) {
    case 'id':
      return t('Number of the record');
    case 'of revision':
      return t('Written over revision');
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
    case 'people':
      return t('People reached');
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

/** 'contact · role' part by part. */
export function fieldName(name: string): string {
  return name.split(' · ').map(wordOf).join(' · ');
}
