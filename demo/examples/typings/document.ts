// Events above the element, and imports of typings alone at run time.
import 'cometchat-call';
import 'cometchat-call/jsx';
import 'cometchat-call/preact';
import 'cometchat-call/solid';
import 'cometchat-call/svelte';
import 'cometchat-call/vue';

document.addEventListener('cometchat-user-joined', ({ detail }) => console.log(detail.name));
window.addEventListener('cometchat-error', ({ detail }) => console.log(detail.code));
// @ts-expect-error No such payload.
document.addEventListener('cometchat-user-joined', ({ detail }) => console.log(detail.nickname));
