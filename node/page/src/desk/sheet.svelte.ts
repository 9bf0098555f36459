// A city's year while it is being filled in: what is published, what the draft says, what was typed and is on its way.
// Promise: what was typed is shown and kept until the node has it or a person takes it back.
import { untrack } from 'svelte';

import type { IndicatorProblem } from '../gen/hansa/v1/node_pb';
import { live } from '../lib/live.svelte';
import { node, saying } from '../lib/node';
import { session } from '../lib/session.svelte';
import { shown } from '../lib/shown.svelte';
import { t } from '../lib/words.svelte';
import { byCell, isRefusal, nothing, sentence, waits, type CellRows, type Outcome, type Standing } from './cell_rows';
import { actOf, columnsOf, isAnswer, laidOver, origins, type Act, type Columns } from './columns';
import { fresh } from './fresh.svelte';
import { keep, keptOf, type Typed } from './kept';
import type { Cell } from './layout';
import { readWritten } from './written';

const tryAgainMs = 5_000;

export class Sheet {
  readonly year: number;
  readonly rows;
  readonly before;
  readonly check;
  readonly departments;

  typed = $state<Typed>({});
  /** Typed here at another time and never sent. */
  left = $state<Typed>({});
  outcomes = $state<Record<string, Outcome>>({});
  /** The cell that is on its way. */
  sending = $state('');
  /** Why sending stopped, in a sentence; empty: it goes on. */
  fault = $state('');
  /** What stood in the cells that were filled by the last paste. */
  undoing = $state<Map<string, Columns | null> | null>(null);

  #queue = $state<string[]>([]);
  readonly #whose = `${session.node.slug}/${session.account?.name ?? ''}`;
  #running = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  cells = $derived.by(() => byCell(this.rows.value?.rows ?? []));
  lastYear = $derived.by(() => byCell(this.before.value?.rows ?? []));
  departmentOf = $derived.by(
    () => new Map((this.departments.value?.cells ?? []).map((each) => [each.cell, each.department])),
  );
  problems = $derived.by(() => {
    const errors = new Map<string, IndicatorProblem[]>();
    const warnings = new Map<string, IndicatorProblem[]>();
    const put = (into: typeof errors, problem: IndicatorProblem) =>
      into.set(problem.cell, [...(into.get(problem.cell) ?? []), problem]);
    for (const problem of this.check.value?.errors ?? []) put(errors, problem);
    for (const problem of this.check.value?.warnings ?? []) put(warnings, problem);
    return { errors, warnings };
  });
  waiting = $derived(this.#queue.length);
  /** Cells of `left` that the node has not got meanwhile. */
  leftCells = $derived(Object.keys(this.left).filter((cell) => this.#actOn(cell, this.left[cell] ?? {}) !== 'nothing'));
  changed = $derived([...this.cells.values()].filter((each) => each.draft).length);

  /** To be made while a component is set up. */
  constructor(year: number) {
    this.year = year;
    this.rows = fresh(() => node.showIndicators({ year }), 'drafts', 'views');
    this.before = shown(() => node.showIndicators({ year: year - 1 }), 'views');
    this.check = fresh(() => node.checkIndicators({ year }), 'drafts', 'views');
    this.departments = shown(() => node.listDepartments({}));
    this.left = keptOf(this.#whose, year);
    $effect(() => {
      if (live.connected) untrack(() => void this.#run());
    });
    $effect(() => () => clearTimeout(this.#timer));
  }

  of(cell: string): CellRows {
    return this.cells.get(cell) ?? nothing;
  }
  /** What the node has of the cell: the draft, or else what is published. */
  standing(cell: string): Columns {
    const rows = this.of(cell);
    return columnsOf(rows.draft ?? rows.published);
  }
  text(cell: string, column: string): string {
    return this.typed[cell]?.[column] ?? this.standing(cell)[column] ?? '';
  }
  isAnswered(cell: string): boolean {
    return isAnswer(laidOver(this.standing(cell), this.typed[cell] ?? {})) || this.of(cell).others.length > 0;
  }
  state(cell: string): Standing {
    if (this.sending === cell || this.#queue.includes(cell)) return 'sending';
    const outcome = this.outcomes[cell];
    if (outcome) return outcome.kind;
    if (this.typed[cell]) return 'typing';
    const rows = this.of(cell);
    if (rows.draft) return 'draft';
    return rows.published ? 'published' : 'empty';
  }

  type(cell: string, column: string, text: string): void {
    this.typed[cell] = { ...this.typed[cell], [column]: text };
    delete this.outcomes[cell];
    this.#keep();
  }
  /** Takes back what was typed over the cell. */
  restore(cell: string): void {
    delete this.typed[cell];
    delete this.outcomes[cell];
    this.#keep();
  }
  /** The reader left the cell: what was typed goes to the node. */
  leave(cell: string): void {
    const typed = this.typed[cell];
    if (!typed) return;
    // Nothing but a plain number is sent, whatever else the row might offer.
    const written = readWritten(typed['value'] ?? '', 'percent');
    if (written.kind === 'wrong') {
      const words = [t('this is no number; write one such as 76.7, or give a reason why there is none')];
      this.outcomes[cell] = { kind: 'wrong', words };
      return;
    }
    if (written.kind === 'offer') {
      this.outcomes[cell] = { kind: 'wrong', words: [t('a point stands before the decimals')] };
      return;
    }
    if (written.kind === 'value') typed['value'] = written.value;
    this.#send(cell);
  }
  fill(cell: string, fields: Columns): void {
    this.typed[cell] = { ...this.typed[cell], ...fields };
    delete this.outcomes[cell];
    this.#keep();
    this.#send(cell);
  }
  /** What `columns` said of a cell stands again; null: the draft said nothing of it. */
  putBack(cell: string, columns: Columns | null): void {
    const now = this.standing(cell);
    const emptied = Object.fromEntries(Object.keys(now).map((column) => [column, '']));
    this.fill(cell, { ...emptied, ...(columns ?? {}) });
  }
  /** What last year's answer says of its origin, for a cell that says nothing of it. */
  originsOfLastYear(cell: string): Columns {
    const before = this.lastYear.get(cell);
    const then = columnsOf(before?.draft ?? before?.published);
    const fields: Columns = {};
    for (const column of origins) {
      const text = then[column];
      if (text && this.text(cell, column) === '') fields[column] = text;
    }
    return fields;
  }
  /** Sends what another visit left, or forgets it. */
  takeLeft(send: boolean): void {
    for (const [cell, fields] of Object.entries(this.left)) if (send) this.fill(cell, fields);
    this.left = {};
    this.#keep();
  }
  tryAgain(): void {
    void this.#run();
  }
  mayEdit(cell: Cell): boolean {
    const own = session.account?.departments ?? [];
    return own.length === 0 || own.includes(this.departmentOf.get(cell.id) ?? '');
  }

  #keep(): void {
    const left = $state.snapshot(this.left) as Typed;
    keep(this.#whose, this.year, { ...left, ...($state.snapshot(this.typed) as Typed) });
  }
  #send(cell: string): void {
    if (!this.#queue.includes(cell)) this.#queue.push(cell);
    void this.#run();
  }
  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    clearTimeout(this.#timer);
    while (this.#queue.length > 0) {
      // Out of the queue at once: what is typed while it is on its way is sent after it.
      const cell = this.#queue.shift() as string;
      this.sending = cell;
      try {
        await this.#take(cell);
        this.fault = '';
      } catch (error) {
        if (!isRefusal(error)) {
          this.fault = saying(error);
          if (!this.#queue.includes(cell)) this.#queue.unshift(cell);
          this.#timer = setTimeout(() => void this.#run(), tryAgainMs);
          break;
        }
        this.outcomes[cell] = { kind: 'wrong', words: [saying(error)] };
      }
    }
    this.sending = '';
    this.#running = false;
    if (this.#queue.length === 0) void this.check.again();
  }
  #actOn(cell: string, typed: Columns): Act {
    const rows = this.of(cell);
    return actOf(typed, rows.published ? columnsOf(rows.published) : null, rows.draft ? columnsOf(rows.draft) : null);
  }
  async #take(cell: string): Promise<void> {
    const typed = { ...($state.snapshot(this.typed[cell] ?? {}) as Columns) };
    const rows = this.of(cell);
    const act = this.#actOn(cell, typed);
    if (act === 'wait') {
      this.outcomes[cell] = { kind: 'waits', words: [waits()] };
      return;
    }
    if (act === 'refuse') {
      this.outcomes[cell] = {
        kind: 'wrong',
        words: [
          t(
            'what is published stays until something else is said: give a reason why there is no value, or press Escape',
          ),
        ],
      };
      return;
    }
    if (act === 'edit') {
      const fields = Object.entries(typed).map(([column, text]) => ({ column, text }));
      const reply = await node.editIndicator({ year: this.year, cell, fields });
      if (!reply.ok) {
        this.outcomes[cell] = { kind: 'wrong', words: reply.errors.map(sentence) };
        return;
      }
    } else if (act === 'discard') {
      await node.discardIndicators({ year: this.year, cell });
    }
    await this.rows.again();
    if (this.rows.fault) throw new Error(this.rows.fault);
    const said = laidOver(columnsOf(rows.draft), typed);
    delete said['source_kind']; // which the node puts there by itself
    if (act === 'discard' && !rows.published && Object.keys(said).length > 0) {
      // What was said of the answer waits for another one.
      this.typed[cell] = said;
      this.outcomes[cell] = { kind: 'waits', words: [waits()] };
      this.#keep();
      return;
    }
    const still = { ...this.typed[cell] };
    for (const [column, text] of Object.entries(typed)) if (still[column] === text) delete still[column];
    if (Object.keys(still).length > 0) this.typed[cell] = still;
    else delete this.typed[cell];
    this.#keep();
  }
}
