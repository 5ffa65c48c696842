import type { ProcessingFailure } from '../../domain/media/track-processor.js';
import { triangleAlert, videoOff } from '../base/icons/icons.js';
import type { Words } from '../words/words.js';
import { processingWords } from './processing-words.js';
import type { Notice } from './notice-rows.js';

/** A processor that was given up, and what became of its source. */
export interface DroppedProcessing {
  readonly source: 'camera' | 'microphone';
  readonly failure: ProcessingFailure;
  /** The camera was turned off, because it must not be seen without its background. */
  readonly hidden: boolean;
  /** Another number is another notice. */
  readonly at: number;
}

/** Shows that local video or audio is no longer processed, and why. */
export function processingNotice({ source, failure, hidden, at }: DroppedProcessing, words: Words): Notice {
  const text = processingWords(words);
  return {
    id: `processing ${source} ${at}`,
    tone: 'warning',
    icon: hidden ? videoOff : triangleAlert,
    title: hidden ? text.hidden() : text[source](),
    text: hidden ? text.hiddenHint() : text[failure](),
    actions: [],
    dismissable: true,
    role: 'alert',
  };
}
