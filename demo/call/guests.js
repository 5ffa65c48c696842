// A call needs company. These guests are in the same page and the same call, unseen, with camera and microphone off.
const silent = {
  signaling: 'broadcast',
  'enable-default-layout': 'false',
  'start-with-audio-muted': '',
  'start-with-video-muted': '',
  hotkeys: 'false',
};

/** Puts the call into a session of this page alone, and guests into it as soon as it is joined. */
export function inviteGuests(call, names) {
  const session = `look-${Math.random().toString(36).slice(2)}`;
  call.setAttribute('session-id', session);
  const come = () => document.body.append(...names.map((name) => guest(session, name)));
  call.addEventListener('cometchat-session-joined', come, { once: true });
}

function guest(session, name) {
  const one = document.createElement('cometchat-call');
  for (const [attribute, value] of Object.entries(silent)) one.setAttribute(attribute, value);
  one.setAttribute('session-id', session);
  one.setAttribute('user-name', name);
  one.hidden = true;
  return one;
}
