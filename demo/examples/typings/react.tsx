// React 18 and 19: what compiles, and what must not. Each `@ts-expect-error` fails once the line below it compiles.
import type {} from 'cometchat-call/jsx';
import type { CometChatCall } from 'cometchat-call';
import { useRef } from 'react';

export function Right() {
  const call = useRef<CometChatCall>(null);
  return (
    <cometchat-call
      ref={call}
      key="call"
      id="call"
      className="call"
      style={{ height: 400 }}
      lang="de"
      dir="rtl"
      title="Standup"
      role="region"
      hidden={false}
      aria-label="Call"
      data-kind="call"
      onClick={({ currentTarget }) => void currentTarget.endSession()}
      token="…"
      mode="SPOTLIGHT"
      showEndCallButton={false}
      show-recording-button
      show-mute-audio-button="false"
      idleTimeoutPeriod={60}
      idle-timeout-period="60"
      localizedStrings={{ END_CALL_TEXT: 'Bye' }}
      oncometchat-user-joined={({ detail }) => console.log(detail.name)}
    >
      <button slot="toolbar-end">Hi</button>
    </cometchat-call>
  );
}

export const wrong = [
  // @ts-expect-error A misspelt property. (TypeScript lets any attribute with a hyphen pass.)
  <cometchat-call showEndCalButton={false} />,
  // @ts-expect-error React leaves the attribute out: the button would stay.
  <cometchat-call show-end-call-button={false} />,
  // @ts-expect-error No such layout.
  <cometchat-call mode="SIDEWAYS" />,
  // @ts-expect-error A property is a boolean.
  <cometchat-call showEndCallButton="no" />,
  // @ts-expect-error No such payload.
  <cometchat-call oncometchat-user-joined={({ detail }) => detail.nickname} />,
];
