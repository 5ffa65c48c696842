import { serverUrl } from '../../protocol/server-url.js';
import { asCallError } from '../../domain/call-error.js';
import { chatException } from './comet-chat-exception.js';

/** The call server's base URL from a host with or without scheme and path; empty: the page's origin. */
export function chatHost(host: string, pageUrl: string | undefined): string {
  try {
    return serverUrl(host.trim() || '/', { page: pageUrl, allowsBareHost: true });
  } catch (error) {
    const { message } = asCallError(error);
    throw chatException('INVALID_ARGUMENT_EXCEPTION', { message, details: { host } });
  }
}
