// Only the list of participants needs a script: everything else on this page is HTML and CSS.
import { stylingPage } from '../call/styling-page.js';

const call = stylingPage({ source: './own-interface.css' });
const people = document.getElementById('people');

function list() {
  people.replaceChildren(
    ...(call.participants ?? []).map(({ name, isAudioMuted }) => {
      const item = document.createElement('li');
      item.textContent = name;
      item.classList.toggle('is-muted', Boolean(isAudioMuted));
      return item;
    }),
  );
}

for (const event of ['session-joined', 'session-left', 'user-list-updated', 'user-muted', 'user-unmuted'])
  call.addEventListener(`cometchat-${event}`, list);
