import { appSettingsFault } from '../settings/app-settings-fault.js';
import { isCallAppSettings, type CallAppSettingsLike } from '../settings/call-app-settings.js';
import type { CallSettings } from '../settings/call-settings.js';
import {
  callApiWithMeta,
  requestCallToken,
  serverBase,
  type ApiAnswer,
  type GeneratedToken,
} from './calls-api.js';
import { callsException, type CometChatCallsException } from './calls-exception.js';
import type { CallsApp, CallsState } from './calls-state.js';
import { CurrentSession } from './current-session.js';
import { startOptions } from './start-options.js';

/** What of the SDK is loaded only by pages that use it. */
export interface CallsRuntime {
  readonly session: CurrentSession;
  /** Throws INVALID_CALL_APP_SETTINGS. */
  init(settings: CallAppSettingsLike): void;
  /** Rejects with what is wrong with the arguments, or with the server's failure. */
  generateToken(
    app: CallsApp | undefined,
    request: { readonly sessionId: string; readonly authToken: string },
  ): Promise<GeneratedToken>;
  /** Asks the call history. Rejects with INVALID_CALL_APP_SETTINGS before `init`, or with the server's failure. */
  fetchCalls(request: CallsRequest): Promise<ApiAnswer<readonly Record<string, unknown>[]>>;
  /** Throws INVALID_CALL_SETTINGS. Does nothing if something else was started or ended since `generation`. */
  startSession(request: {
    readonly callToken: string | GeneratedToken;
    readonly callSettings: CallSettings;
    readonly container: HTMLElement;
    readonly generation: number;
  }): void;
}

interface CallsRequest {
  readonly app: CallsApp | undefined;
  /** What follows `/calls`. */
  readonly path: string;
  readonly authToken: string;
  readonly filters: Readonly<Record<string, string | number | boolean>>;
}

/** Makes it for the state that all names share. */
export function createCalls(calls: CallsState): CallsRuntime {
  const session = new CurrentSession(calls);
  calls.session = session;
  return {
    session,
    init(settings) {
      const fault = isCallAppSettings(settings)
        ? appSettingsFault(settings)
        : 'Pass the result of a CallAppSettingsBuilder’s build().';
      if (fault) throw callsException('INVALID_CALL_APP_SETTINGS', fault);
      calls.app = settings;
    },
    generateToken,
    fetchCalls,
    startSession({ generation, ...request }) {
      const options = startOptions({ ...request, app: calls.app });
      if (options && generation === calls.generation) session.start(options);
    },
  };
}

async function generateToken(
  ...[app, request]: Parameters<CallsRuntime['generateToken']>
): Promise<GeneratedToken> {
  if (!app) throw notInitialized();
  if (!isText(request.sessionId))
    throw callsException('INVALID_ARGUMENT_EXCEPTION', 'The session id must be a non-empty string.');
  if (!isText(request.authToken))
    throw callsException('INVALID_ARGUMENT_EXCEPTION', 'The auth token must be a non-empty string.');
  return requestCallToken(app, request);
}

async function fetchCalls({
  app,
  path,
  authToken,
  filters,
}: CallsRequest): ReturnType<CallsRuntime['fetchCalls']> {
  if (!app) throw notInitialized();
  const query = new URLSearchParams(Object.entries(filters).map(([name, value]) => [name, String(value)]));
  const url = `${serverBase(app.getHost())}/v3.0/calls${path}${query.size > 0 ? `?${query}` : ''}`;
  return callApiWithMeta(url, { headers: { authToken } });
}

function notInitialized(): CometChatCallsException {
  return callsException(
    'INVALID_CALL_APP_SETTINGS',
    'Call CometChatCalls.init() first, with settings from a CallAppSettingsBuilder.',
  );
}

/** A text with something in it. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
