const adjectives =
  'amber bold brisk calm clear cosy eager early fair gentle golden kind lively lucky mellow merry misty quiet silver sunny swift tidy warm wise';
const animals =
  'badger beaver crane curlew dolphin falcon finch fox gecko hare heron koala lark lynx magpie marten otter owl panda puffin raven robin seal wren';

/** A session id that is easy to read out over the telephone. */
export function suggestSession() {
  return `${oneOf(adjectives.split(' '))}-${oneOf(animals.split(' '))}-${100 + below(900)}`;
}

/** The session in the field: typed, or from a pasted invitation link. */
export function sessionIn(text) {
  const typed = text.trim();
  return URL.canParse(typed) ? (new URL(typed).searchParams.get('session') ?? typed) : typed;
}

/** What is wrong with a name, in words; empty when nothing is. */
export function nameError(name) {
  return name === '' ? 'Please enter your name, so that the others know who you are.' : '';
}

/** What is wrong with a session id, in words; empty when nothing is. */
export function sessionError(session) {
  if (session === '') return 'Please enter a session, or take another suggestion.';
  if (session.length > 100) return 'A session has at most 100 characters.';
  if (!/^[\p{L}\p{N}._~-]+$/u.test(session))
    return 'Letters, digits, hyphens, dots and underscores only, please.';
  return '';
}

function oneOf(words) {
  return words[below(words.length)];
}

function below(limit) {
  return crypto.getRandomValues(new Uint32Array(1))[0] % limit;
}
