/** Makes `button` copy what `text()` returns, and say that it did. */
export function copyOnClick(button, text) {
  const label = button.textContent;
  let timer;
  button.setAttribute('aria-live', 'polite');
  button.addEventListener('click', async () => {
    const copied = await copy(text());
    button.textContent = copied ? 'Copied' : 'Not allowed';
    clearTimeout(timer);
    timer = setTimeout(() => (button.textContent = label), 2000);
  });
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Refused by the user, or the page is not secure: then there is no clipboard at all.
    return false;
  }
}
