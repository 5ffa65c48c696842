import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { apiFailures, type ApiErrorCode } from './api-error.js';

/**
 * Maximum bytes of all headers of a request. Node's default of 16 KiB is too small for a token that contains a small
 * picture.
 */
export const maxHeaderSize = 256 * 1024;

/** How long (ms) the client has to read the response. */
const closeTimeout = 2000;

const codes: Readonly<Record<string, ApiErrorCode>> = {
  HPE_HEADER_OVERFLOW: 'ERR_HEADERS_TOO_LARGE',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'ERR_PAYLOAD_TOO_LARGE',
  ERR_HTTP_REQUEST_TIMEOUT: 'ERR_REQUEST_TIMEOUT',
};

/** Answers a request that Node could not parse. Node's default response has no body, and no CORS header. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) {
    socket.destroy();
    return;
  }
  // Node calls this again for further data from the client.
  if (!socket.writable) return;
  const code = codes[error.code ?? ''] ?? 'ERR_BAD_REQUEST';
  const { status, message } = apiFailures[code];
  const body = JSON.stringify({ error: { code, message, details: null } });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Connection: close',
    'Access-Control-Allow-Origin: *',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  // Not at once: a client that is still sending would lose the response.
  setTimeout(() => socket.destroy(), closeTimeout).unref();
}
