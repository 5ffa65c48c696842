import { loadChunk } from '../../base/load-chunk.js';
import type { CallError } from '../../domain/call-error.js';
import { blockedByPage, onBlockedByPage, type BlockedReason } from '../blocked-by-page.js';

export interface ServerDiagnosisOptions {
  /** The URL of the socket. */
  readonly url: string;
  /** ms before an unreachable server is diagnosed: it may be starting. */
  readonly unopenedMs: number;
  /** Whether the answer is still of use. */
  readonly isNeeded: () => boolean;
  /** SERVER_BLOCKED_BY_PAGE at once; SERVER_NOT_FOUND or SERVER_UNREACHABLE after `unopenedMs`. */
  readonly onFailure: (error: CallError) => void;
  readonly signal: AbortSignal;
}

/** Finds out early why a socket does not open, instead of waiting for a timeout. */
export class ServerDiagnosis {
  readonly #options: ServerDiagnosisOptions;
  /** When the first attempt failed, until a socket opens; `performance.now()`. */
  #unopenedSince: number | undefined;
  #isRunning = false;

  constructor(options: ServerDiagnosisOptions) {
    this.#options = options;
    const { url, signal } = options;
    onBlockedByPage(url, () => this.#blocked('connect-src'), { signal });
  }

  /** The constructor of the socket threw: for mixed content and, in Firefox, for a Content-Security-Policy. */
  forbidden(): void {
    const isMixed = /^ws:/.test(this.#options.url) && globalThis.location?.protocol === 'https:';
    this.#blocked(isMixed ? 'mixed-content' : 'connect-src');
  }

  opened(): void {
    this.#unopenedSince = undefined;
  }

  unopened(): void {
    const { unopenedMs, signal } = this.#options;
    if (this.#unopenedSince !== undefined) return this.resume();
    this.#unopenedSince = performance.now();
    const timer = setTimeout(() => void this.#diagnose(), unopenedMs);
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  }

  /** Diagnoses a server that was unreachable before the answer was needed. */
  resume(): void {
    if (this.#unopenedSince === undefined) return;
    if (performance.now() - this.#unopenedSince >= this.#options.unopenedMs) void this.#diagnose();
  }

  /** The security rules of the page block this server, so retries are useless. */
  #blocked(reason: BlockedReason): void {
    this.#options.onFailure(blockedByPage(this.#options.url, reason));
  }

  async #diagnose(): Promise<void> {
    const { url, isNeeded, onFailure, signal } = this.#options;
    if (!isNeeded() || this.#unopenedSince === undefined || this.#isRunning) return;
    this.#isRunning = true;
    const reason = await loadChunk('unopened-socket', () => import('./unopened-socket.js')).then(
      ({ whyUnopened }) => whyUnopened(url, { signal }),
      () => undefined,
    );
    this.#isRunning = false;
    if (reason && isNeeded() && this.#unopenedSince !== undefined && !signal.aborted) onFailure(reason);
  }
}
