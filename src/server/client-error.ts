import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { apiFailures, type ApiErrorCode } from './http/api-error.js';

/** Bytes of all headers of a request. Node's 16 KiB are too few for a token with a small picture in it. */
export const maxHeaderSize = 256 * 1024;

/** ms a client has to take the answer. */
const closeTimeout = 2000;

const codes: Readonly<Record<string, ApiErrorCode>> = {
  HPE_HEADER_OVERFLOW: 'ERR_HEADERS_TOO_LARGE',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'ERR_PAYLOAD_TOO_LARGE',
  ERR_HTTP_REQUEST_TIMEOUT: 'ERR_REQUEST_TIMEOUT',
};

/** Answers what Node could not read as a request. Node's own answer has no body, and no page may read it. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) {
    socket.destroy();
    return;
  }
  // It is called again for all that the client still sends.
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
  // Not at once: a client that is still sending would lose the answer.
  setTimeout(() => socket.destroy(), closeTimeout).unref();
}
