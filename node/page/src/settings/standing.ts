// How the node stands, in the words of `hansa status`. Pure: from one answer to lines; what concerns somebody says what
// to do about it.
import type { GetStatusReply, PeerStatus } from '../gen/hansa/v1/node_pb';
import { counted, grouped, named, t, when } from '../lib/words.svelte';
import { entries, inBytes } from './amounts';

export interface Concern {
  kind: 'warm' | 'bad';
  words: string;
}

/** Gives a member's name by its slug. */
type Naming = (slug: string) => string;
const called = (peer: PeerStatus, nameOf: Naming) => (peer.member ? nameOf(peer.member) : peer.address);

/** Who is met at this moment, each once. */
export function connectedTo(status: GetStatusReply, nameOf: Naming): string[] {
  return [...new Set(status.peers.filter((peer) => peer.connected).map((peer) => called(peer, nameOf)))];
}

/** Of those, whose lists are compared with what is held here: who is no member, or none any more, is not. */
function comparedWith(status: GetStatusReply, nameOf: Naming): string[] {
  return [...new Set(status.peers.filter((peer) => peer.connected && peer.member).map((peer) => nameOf(peer.member)))];
}

function waitingLine(status: GetStatusReply, nameOf: Naming): string {
  const met = connectedTo(status, nameOf);
  if (met.length === 0 && status.listSignedTo !== undefined) return t('waiting for the list of members');
  if (met.length === 0) {
    if (status.peers.length === 0) return t('waiting for a connection: no other node is known; add one under Neighbours');
    return counted(
      status.peers.length,
      'waiting for a connection: the one node that is known does not answer',
      'waiting for a connection: none of {0} known nodes answers',
    );
  }
  if (status.rosterLength === 0n) return t('waiting for the list of members');
  const behind = status.peers.reduce<PeerStatus | null>(
    (most, peer) => (peer.behindEntries > (most?.behindEntries ?? 0n) ? peer : most),
    null,
  );
  if (behind) return t('receiving: {0} still to come from {1}', entries(behind.behindEntries), called(behind, nameOf));
  if (status.missing > 0n) return t('waiting for the content of {0}, which nobody has sent yet', entries(status.missing));
  const members = comparedWith(status, nameOf);
  if (members.length === 0) return t('waiting for a member: whoever is connected is none, or none any more');
  return t('comparing with {0}', members.join(', '));
}

/** Whether this node has what the others have, and since when that is known. */
export function syncLine(status: GetStatusReply, nameOf: Naming): string {
  if (!status.inSync || status.inSyncAgeS === undefined) return waitingLine(status, nameOf);
  const at = when(Number(status.nowMs) - status.inSyncAgeS * 1000);
  return t('up to date as of {0} with {1}', at, comparedWith(status, nameOf).join(', '));
}

/** Whether it may publish; if not, why. */
export function publishingLine(status: GetStatusReply): string {
  if (status.keyWaits) {
    return t(
      "publishes nothing yet: the new key of {0} lies in this node's folder, and is taken into use when the node starts again; restart hansad",
      status.member,
    );
  }
  if (status.hasOtherKeys) {
    return t(
      'publishes nothing: {0} is in the list of members under other keys than those of this folder; if they were changed here, put them back from a backup, else run `hansa recover`',
      status.member,
    );
  }
  if (status.listSignedTo !== undefined && status.fence !== 'recover') {
    return t(
      'publishes nothing: the disk lost the end of the list of members, which this node writes; {0} of {1} entries are here, and the rest comes back from members as they connect: leave the node running; if nothing comes, add the address of a member with `hansa peer add`',
      grouped(status.rosterLength),
      grouped(status.listSignedTo),
    );
  }
  switch (status.state) {
    case 'applicant':
      return t('not a member yet: waiting for the secretariat to admit this node');
    case 'suspended':
      return t('suspended: others do not show what this member publishes; ask the secretariat');
    case 'retired':
      return t('no longer a member: it left the network');
    case 'compromised':
      return t('no longer a member: its key is not trusted any more; ask the secretariat');
  }
  if (['open', 'unconfirmed', 'locked'].includes(status.fence)) {
    if (status.disk?.refusesWrites) return t('publishes nothing: the disk refused a write; make room on it');
    if (status.disk?.room === 'none') {
      return t('publishes nothing: the disk is nearly full; free some space or enlarge the disk');
    }
  }
  switch (status.fence) {
    case 'open':
      return t('may publish');
    case 'unconfirmed':
      return status.role === 'secretariat' ? t('may publish') : t('may publish; no node of the secretariat is in reach');
    case 'locked':
      return t('waiting for the hub before publishing');
    case 'recover':
      if (status.toldClone) {
        return t(
          "publishes nothing: a hub has met another machine under this node's key, as from a copied folder; stop the other one for good, then run `hansa recover` here",
        );
      }
      return t('publishes nothing: the store is older than what this node signed before');
    case 'readonly':
      return t('publishes nothing: the disk refused a write; make room on it');
    case 'superseded':
      return t(
        'publishes nothing: {0} goes on under a newer key on another machine, and this one must not be used any more; stop it for good',
        status.member,
      );
    default:
      return t('publishing: {0}', named(status.fence));
  }
}

function diskConcerns(status: GetStatusReply): Concern[] {
  const disk = status.disk;
  if (!disk) return [];
  const found: Concern[] = [];
  const free = inBytes(disk.freeBytes);
  if (disk.refusesWrites) {
    found.push({
      kind: 'bad',
      words: t('the disk refused a write, {0} free: nothing is stored until it takes writes again; this is tried by itself', free),
    });
  } else if (disk.room === 'none') {
    found.push({
      kind: 'bad',
      words: t('the disk is nearly full, {0} free: nothing is published or fetched until there is room; free some space or enlarge the disk', free),
    });
  } else if (disk.room === 'own-only') {
    found.push({
      kind: 'warm',
      words: t('the disk is filling up, {0} free: what others publish is not fetched until there is room; this node may still publish', free),
    });
  } else if (disk.room === 'no-imports') {
    found.push({ kind: 'warm', words: t('the disk is filling up, {0} free: no file is imported until there is room', free) });
  }
  if (disk.mended > 0n) {
    found.push({
      kind: 'warm',
      words: t('damage was found on the disk and mended; what was lost is fetched from others; look under Health, and have the disk looked at'),
    });
  }
  if (disk.salvaged > 0n) {
    found.push({
      kind: 'bad',
      words: t('what was written last before this node started was lost with a damaged file: drafts, and publications that waited, may be gone; look for yours, and have the disk looked at'),
    });
  }
  return found;
}

function forkConcerns(status: GetStatusReply): Concern[] {
  return status.forks.map((fork) => {
    if (fork.collection === 'roster') {
      return {
        kind: 'bad',
        words: t('there are two histories of the list of members: nothing more of it is taken; tell the secretariat'),
      };
    }
    if (fork.member === status.member) {
      return {
        kind: 'bad',
        words: t(
          'two histories were signed by this member for {0}, as from a copied or restored folder: nothing more of it is taken; run `hansa recover` and send the secretariat what it writes',
          named(fork.collection),
        ),
      };
    }
    return {
      kind: 'warm',
      words: t(
        'two histories were signed by {0} for {1}: nothing more of it is taken until {0} has a new key; tell {0} and the secretariat',
        fork.member,
        named(fork.collection),
      ),
    };
  });
}

function outboxConcerns(status: GetStatusReply): Concern[] {
  const box = status.outbox;
  const found: Concern[] = [];
  if (box && box.waiting > 0n) {
    const since = when(Number(status.nowMs) - (box.oldestS ?? 0) * 1000);
    found.push({
      kind: 'warm',
      words: counted(
        box.waiting,
        '{0} publication waits since {1}; it goes out by itself once this node may publish',
        '{0} publications wait, the oldest since {1}; they go out by themselves once this node may publish',
        since,
      ),
    });
  }
  if (box && box.setAside > 0n) {
    found.push({
      kind: 'warm',
      words: counted(
        box.setAside,
        '{0} publication was refused by a rule when its turn came, and is kept aside; the log says why',
        '{0} publications were refused by a rule when their turn came, and are kept aside; the log says why',
      ),
    });
  }
  return found;
}

function listConcerns(status: GetStatusReply): Concern[] {
  const days = grouped(Math.floor((status.listAgeS ?? 0) / 86400));
  if (status.listStanding === 'old') {
    return [
      {
        kind: 'warm',
        words: t('no node of the secretariat has confirmed the list of members for {0} days: it may have changed meanwhile; connect with the hub when you can', days),
      },
    ];
  }
  if (status.listStanding !== 'very-old') return [];
  return [
    {
      kind: 'bad',
      words: t('no node of the secretariat has confirmed the list of members for {0} days: it may have changed long ago; connect with the hub or ask the secretariat before relying on it', days),
    },
  ];
}

/** What waits and what has gone wrong, with what to do about it; empty where nothing has. */
export function concerns(status: GetStatusReply): Concern[] {
  const clones: Concern[] = status.clones.map((member) => ({
    kind: 'bad',
    words: t('{0} was met running twice under one key, as from a copied folder: ask {0} to stop one of the two for good; if it cannot publish then, it needs `hansa recover`', member),
  }));
  const erasing = status.erasures?.open ?? 0n;
  const erasures: Concern[] =
    erasing > 0n
      ? [{ kind: 'warm', words: t('erasing: {0} hidden and still to be destroyed here; this goes on by itself', entries(erasing)) }]
      : [];
  return [
    ...outboxConcerns(status),
    ...forkConcerns(status),
    ...clones,
    ...listConcerns(status),
    ...erasures,
    ...diskConcerns(status),
  ];
}
