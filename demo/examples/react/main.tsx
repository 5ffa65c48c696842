import 'cometchat-call';
import type {} from 'cometchat-call/jsx';
import type { CometChatCall } from 'cometchat-call';
import { StrictMode, useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { callToken } from '../shared/call-token.js';

function App() {
  const call = useRef<CometChatCall>(null);
  const [token, setToken] = useState('');
  const [shown, setShown] = useState(true);
  const [theme, setTheme] = useState<'light' | 'dark'>('light');
  const [joined, setJoined] = useState<readonly string[]>([]);

  useEffect(() => {
    void callToken().then(setToken);
  }, []);

  return (
    <>
      {shown && token && (
        <cometchat-call
          ref={call}
          token={token}
          theme={theme}
          show-recording-button
          showScreenShareButton={false}
          oncometchat-user-joined={({ detail }) => setJoined((names) => [...names, detail.name])}
        >
          <span slot="toolbar-end">{joined.length} joined</span>
        </cometchat-call>
      )}
      <button id="mute" onClick={() => call.current?.muteAudio(true)}>
        Mute
      </button>
      <button id="theme" onClick={() => setTheme('dark')}>
        Dark
      </button>
      <button id="toggle" onClick={() => setShown(!shown)}>
        {shown ? 'Remove' : 'Show'}
      </button>
      <output id="joined">{joined.join(', ')}</output>
    </>
  );
}

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
