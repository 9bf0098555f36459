// How a node stands, in a sentence that says no more than it knows.
import type { GetStatusReply } from '../gen/hansa/v1/node_pb';
import { counted, t, timeOfDay } from '../lib/words.svelte';

export interface Said {
  kind: '' | 'warm' | 'bad' | 'good';
  words: string;
}

/** `nameOf` gives a member's name by its slug. */
export function standingOf(status: GetStatusReply, nameOf: (slug: string) => string): Said {
  const connected = status.peers.filter((peer) => peer.connected);
  const names = [...new Set(connected.map((peer) => (peer.member ? nameOf(peer.member) : peer.address)))];
  const whom = names.slice(0, 3).join(', ') + (names.length > 3 ? ' …' : '');
  if (status.disk?.refusesWrites) {
    return {
      kind: 'bad',
      words: t('The disk refuses what is written: nothing is saved until there is room on it again.'),
    };
  }
  if (status.inSync && status.inSyncAgeS !== undefined) {
    return {
      kind: '',
      words: t('Up to date as of {0}, with {1}', timeOfDay(Number(status.nowMs) - status.inSyncAgeS * 1000), whom),
    };
  }
  const behind = connected.reduce((most, peer) => (peer.behindEntries > most ? peer.behindEntries : most), 0n);
  if (behind > 0n)
    return {
      kind: 'warm',
      words: counted(behind, 'Catching up: {0} entry is still to come', 'Catching up: {0} entries are still to come'),
    };
  if (names.length > 0) return { kind: 'warm', words: t('Comparing with {0}', whom) };
  return {
    kind: 'warm',
    words: t(
      'Alone: nobody of the network is in reach. You can go on working; what you publish goes out by itself later.',
    ),
  };
}

/** What keeps the city from publishing, or what waits; null: nothing. */
export function publishingOf(status: GetStatusReply): Said | null {
  const waiting = status.outbox?.waiting ?? 0n;
  if (waiting > 0n) {
    return {
      kind: 'warm',
      words: counted(
        waiting,
        '{0} publication waits for the hub; it goes out by itself',
        '{0} publications wait for the hub; they go out by themselves',
      ),
    };
  }
  if (status.keyWaits) {
    return {
      kind: 'bad',
      words: t('Nothing can be published yet: the new key of the city is taken into use when the node starts again.'),
    };
  }
  switch (status.fence) {
    case 'recover':
      if (status.toldClone) {
        return {
          kind: 'bad',
          words: t(
            "Nothing can be published: another machine was met under this node's key, as from a copied folder. Whoever cares for the node stops the other one and types hansa recover.",
          ),
        };
      }
      return {
        kind: 'bad',
        words: t(
          'Nothing can be published: the store is older than what this node signed before. Whoever cares for the node types hansa recover.',
        ),
      };
    case 'readonly':
      return { kind: 'bad', words: t('Nothing can be published: the disk refused a write.') };
    case 'superseded':
      return {
        kind: 'bad',
        words: t('Nothing can be published here: the city goes on under a newer key on another machine. Stop this one.'),
      };
    default:
      return null;
  }
}
