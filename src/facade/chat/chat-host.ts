import { chatException } from './comet-chat-exception.js';

/** The call server's base URL from whatever people write: with or without scheme, final slash or `/v3.0`. */
export function chatHost(host: string, pageUrl: string | undefined): string {
  const withScheme = /^[a-z][\w.-]*\.[a-z]{2,}(:\d+)?(\/|$)/i.test(host) ? `https://${host}` : host;
  const local = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/|$)/.test(host) ? `http://${host}` : withScheme;
  const page = pageUrl && new URL('/', pageUrl).href;
  if (!URL.canParse(local || page || '', page))
    throw chatException('INVALID_ARGUMENT_EXCEPTION', {
      message: 'The host is not a URL.',
      details: { host },
    });
  const { href } = new URL(local || page || '', page);
  return href
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '')
    .replace(/\/v3(\.0)?$/, '');
}
