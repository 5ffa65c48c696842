/** @jsxImportSource solid-js */
// Solid: what compiles, and what must not.
import type {} from 'cometchat-call/solid';
import type { CometChatCall } from 'cometchat-call';

export function Right() {
  let call!: CometChatCall;
  return (
    <cometchat-call
      ref={call}
      id="call"
      class="call"
      style={{ height: '400px' }}
      lang="de"
      title="Standup"
      onClick={() => void call.endSession()}
      token="…"
      mode="SPOTLIGHT"
      show-end-call-button={false}
      prop:showMuteAudioButton={false}
      attr:show-recording-button="true"
      on:cometchat-user-joined={({ detail }) => console.log(detail.name)}
    />
  );
}

export const wrong = [
  // @ts-expect-error A misspelt property. (TypeScript lets any attribute with a hyphen pass.)
  <cometchat-call showEndCalButton={false} />,
  // @ts-expect-error No such layout.
  <cometchat-call mode="SIDEWAYS" />,
  // @ts-expect-error No such payload.
  <cometchat-call on:cometchat-user-joined={({ detail }) => detail.nickname} />,
];
