/** @jsxImportSource preact */
// Preact: what compiles, and what must not.
import type {} from 'cometchat-call/preact';
import type { CometChatCall } from 'cometchat-call';
import { createRef } from 'preact';

const call = createRef<CometChatCall>();

export const right = (
  <cometchat-call
    ref={call}
    id="call"
    class="call"
    style={{ height: 400 }}
    lang="de"
    title="Standup"
    onClick={() => void call.current?.endSession()}
    token="…"
    mode="SPOTLIGHT"
    showEndCallButton={false}
    show-mute-audio-button="false"
    oncometchat-user-joined={({ detail }) => console.log(detail.name)}
  />
);

export const wrong = [
  // @ts-expect-error A misspelt property. (TypeScript lets any attribute with a hyphen pass.)
  <cometchat-call showEndCalButton={false} />,
  // @ts-expect-error No such layout.
  <cometchat-call mode="SIDEWAYS" />,
  // @ts-expect-error No such payload.
  <cometchat-call oncometchat-user-joined={({ detail }) => detail.nickname} />,
];
