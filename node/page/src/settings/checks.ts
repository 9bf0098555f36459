// What the node looks at when it looks itself over, in words for people.
import { named, t } from '../lib/words.svelte';

/** `name` as the node calls the check; one that this page does not know is said as the node says it. */
export function checkName(name: string): string {
  switch (name) {
    case 'node':
      return t('the node itself');
    case 'disk':
      return t('whether the disk keeps what it says it wrote');
    case 'space':
      return t('free space');
    case 'files':
      return t('the files of the folder');
    case 'clock':
      return t('the clock');
    case 'format':
      return t('the format of the store');
    case 'chain':
      return t('signatures and order of all records');
    case 'index':
      return t('lists and search');
    case 'attachments':
      return t('attached files');
    case 'peers':
      return t('neighbours');
    case 'hub':
      return t('the hub');
    case 'set-aside':
      return t('publications set aside');
    case 'fence':
      return t('whether this node may sign');
    default:
      return named(name);
  }
}
