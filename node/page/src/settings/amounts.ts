// Amounts and ages in words, as the command line says them.
import { counted, t } from '../lib/words.svelte';

const names = ['bytes', 'KB', 'MB', 'GB', 'TB'];

/** 1536 → '1.5 KB'; of a thousand bytes each, as disks are sold. */
export function inBytes(bytes: bigint | number): string {
  let amount = Number(bytes);
  let unit = 0;
  while (amount >= 1000 && unit < names.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  return `${unit > 0 && amount < 10 ? amount.toFixed(1) : Math.round(amount)} ${names[unit]}`;
}

/** '3 min ago'; seconds. */
export function ago(seconds: number): string {
  if (seconds < 90) return t('{0} s ago', Math.round(seconds));
  if (seconds < 90 * 60) return t('{0} min ago', Math.round(seconds / 60));
  if (seconds < 36 * 3600) return t('{0} h ago', Math.round(seconds / 3600));
  return t('{0} days ago', Math.round(seconds / 86400));
}

export function entries(count: bigint): string {
  return counted(count, '{0} entry', '{0} entries');
}
