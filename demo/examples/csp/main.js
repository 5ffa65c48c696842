import 'cometchat-call';
import { callToken } from '../shared/call-token.js';

const call = document.querySelector('cometchat-call');
const parent = call.parentNode;
const output = (id) => document.querySelector(`#${id}`);

document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
  output('violations').append(`${violatedDirective} ${blockedURI} ${sample}\n`);
});
call.addEventListener('cometchat-user-joined', ({ detail }) => output('joined').append(detail.name));
output('mute').addEventListener('click', () => call.muteAudio(true));
output('theme').addEventListener('click', () => call.setAttribute('theme', 'dark'));
output('toggle').addEventListener('click', () => (call.isConnected ? call.remove() : parent.prepend(call)));
// `?effects`: with a blurred background and without noise.
if (new URLSearchParams(location.search).has('effects'))
  Object.assign(call, { backgroundBlur: 50, noiseSuppression: true });
call.token = await callToken();
