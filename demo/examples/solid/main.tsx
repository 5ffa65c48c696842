/** @jsxImportSource solid-js */
import 'cometchat-call';
import type {} from 'cometchat-call/solid';
import type { CometChatCall } from 'cometchat-call';
import { createResource, createSignal, Show } from 'solid-js';
import { render } from 'solid-js/web';
import { callToken } from '../shared/call-token.js';

function App() {
  let call: CometChatCall | undefined;
  const [token] = createResource<string>(callToken);
  const [shown, setShown] = createSignal(true);
  const [theme, setTheme] = createSignal<'light' | 'dark'>('light');
  const [joined, setJoined] = createSignal<readonly string[]>([]);

  return (
    <>
      <Show when={shown() && token()}>
        <cometchat-call
          ref={call}
          token={token()}
          theme={theme()}
          show-recording-button
          show-screen-share-button={false}
          on:cometchat-user-joined={({ detail }) => setJoined([...joined(), detail.name])}
        >
          <span slot="toolbar-end">{joined().length} joined</span>
        </cometchat-call>
      </Show>
      <button id="mute" onClick={() => call?.muteAudio(true)}>
        Mute
      </button>
      <button id="theme" onClick={() => setTheme('dark')}>
        Dark
      </button>
      <button id="toggle" onClick={() => setShown(!shown())}>
        {shown() ? 'Remove' : 'Show'}
      </button>
      <output id="joined">{joined().join(', ')}</output>
    </>
  );
}

render(() => <App />, document.querySelector('#root')!);
