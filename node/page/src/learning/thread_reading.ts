// A thread as the page shows it: what was said, with the files of its answers, so that nothing moves when they come.
import type { ListFilesReply } from '../gen/hansa/v1/node_files_pb';
import type { SpokenWord } from '../gen/hansa/v1/node_dialogue_pb';
import { node } from '../lib/node';
import { answersIn } from './talk';

export interface ThreadShown {
  root: SpokenWord | undefined;
  /** Words left out because we mute their authors. */
  muted: number;
  /** Of answers, by id; of those far down a long thread none. */
  files: ReadonlyMap<string, ListFilesReply>;
}

/** Answers whose files come with the thread. */
const answersMost = 20;

/** Reads a thread again and again: files of an answer are asked for once, since a revision of it never changes its own. */
export class ThreadReading {
  #askedFor = new Map<string, ListFilesReply>();

  async read(id: string, withMuted: boolean): Promise<ThreadShown> {
    const reply = await node.getThread({ id, withMuted });
    return { root: reply.root, muted: reply.muted, files: await this.#filesOf(answersIn(reply.root?.words ?? [])) };
  }

  async #filesOf(answers: { id: string; revision: number }[]): Promise<Map<string, ListFilesReply>> {
    const found = new Map<string, ListFilesReply>();
    const ask = async (answer: { id: string; revision: number }) => {
      const key = `${answer.id} ${answer.revision}`;
      const files = this.#askedFor.get(key) ?? (await node.listFiles({ id: answer.id }).catch(() => undefined));
      if (!files) return;
      this.#askedFor.set(key, files);
      found.set(answer.id, files);
    };
    await Promise.all(answers.slice(0, answersMost).map(ask));
    return found;
  }
}
