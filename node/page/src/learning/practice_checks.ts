// What a practice lacks before it can be published, field by field. The node checks again.
import type { PracticeDraft } from './practice_file';

export type Lack = 'title' | 'text' | 'year' | 'title-long';

export function lacksOf(draft: PracticeDraft, thisYear: number): Lack[] {
  const lacks: Lack[] = [];
  if (!draft.title.trim()) lacks.push('title');
  if ([...draft.title].length > 200) lacks.push('title-long');
  if (![draft.summary, draft.problem, draft.done, draft.outcome].some((text) => text.trim())) lacks.push('text');
  const year = Number(draft.year);
  if (draft.year && !(Number.isInteger(year) && year >= 1900 && year <= thisYear + 1)) lacks.push('year');
  return lacks;
}
