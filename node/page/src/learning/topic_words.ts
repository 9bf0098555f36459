// A search that is kept, in words.
import type { FollowedTopic } from '../gen/hansa/v1/node_pb';
import { word } from './node_words';
import { countryName, languageName } from './people.svelte';

export function topicWords(topic: FollowedTopic): string {
  return [
    topic.feature,
    topic.action,
    topic.text && `“${topic.text}”`,
    topic.kinds.map((kind) => word(kind)).join(', '),
    topic.country && countryName(topic.country),
    topic.language && languageName(topic.language),
  ]
    .filter(Boolean)
    .join(' · ');
}
