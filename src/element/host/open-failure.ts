import { html, type TemplateResult } from 'lit';
import type { CallFailure } from '../../domain/call-error.js';

/** Why a call could not be opened. */
export function openFailure(error: unknown): CallFailure {
  const failure = error as Partial<CallFailure>;
  if (failure.name === 'CallError') return failure as CallFailure;
  const { code = 'INTERNAL', message = '', details = String(error) } = failure;
  return { code, name: 'CallError', message, details };
}

/** What the user sees, as neither the interface nor its words are there. */
export function openFailureMessage({ code, message }: CallFailure, retry: () => void): TemplateResult {
  return html`<div id="failure" role="alert" lang="en" dir="ltr">
    <p>${code === 'CHUNK_LOAD_FAILED' ? 'The call could not be loaded.' : message}</p>
    <button @click=${retry}>Try again</button>
  </div>`;
}
