/** Shows each error of the call in `place`, with a button that closes it. Stops when `signal` is aborted. */
export function showErrors(element, place, { signal, event = 'cometchat-error' }) {
  let last = null;
  element.addEventListener(
    event,
    ({ detail: { code, message } }) => {
      last = message;
      place.replaceChildren(message, ' ', codeOf(code), closeButton(place));
      place.hidden = false;
    },
    { signal },
  );
  return { last: () => last };
}

function codeOf(code) {
  const element = document.createElement('code');
  element.textContent = code;
  return element;
}

function closeButton(place) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'quiet';
  button.textContent = 'Close';
  button.addEventListener('click', () => (place.hidden = true));
  return button;
}
